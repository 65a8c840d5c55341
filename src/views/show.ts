// A version as a person wants to read it.
import type { Incident, Model, VersionRecord } from '../generated/types.js';
import type { DueItem } from '../lifecycle/due.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import { escapeLine, escapeText } from '../lifecycle/escape.js';
import { describeChange } from '../lifecycle/lineage.js';
import { datasetLabel } from '../lifecycle/results.js';
import { currentShares, isServing, servingWindows } from '../lifecycle/rollouts.js';
import { statusOf } from '../lifecycle/stages.js';
import { checksView } from './gate.js';
import { heldLines } from './held-lines.js';
import { statusMark } from './list.js';
import type { Style } from './style.js';
import { seriesLines } from './series-lines.js';
import { table, wrap } from './table.js';

/** What is shown of a version. */
export interface ShownVersion {
  record: VersionRecord;
  model: Model;
  approvalsNeeded: number;
  due: readonly DueItem[];
  /** What its reports show over time, most telling first. */
  series: readonly HealthSeries[];
  /** Open incidents, which hold it. */
  incidents: readonly Incident[];
}

type Fact = readonly [name: string, value: string | undefined];

function facts(entries: readonly Fact[], style: Style): string[] {
  return entries.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`  ${style.quiet(name.padEnd(16))} ${escapeLine(value)}`],
  );
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : ['', style.strong(title), ...lines];
}

function day(timestamp: string | null | undefined): string {
  return timestamp?.slice(0, 10) ?? '';
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

function servingSection(record: VersionRecord, style: Style): string[] {
  const lines = [...currentShares(record)]
    .filter(([, entry]) => isServing(entry))
    .map(([env, entry]) => {
      const share =
        entry.traffic_pct > 0 ? `${entry.traffic_pct} %` : `shadow, mirrors ${entry.mirror_pct} %`;
      return `  ${style.good(env.padEnd(16))} ${share}  ${style.quiet(`${entry.pattern ?? ''} since ${day(entry.deployed_at)}`)}`;
    });
  const past = servingWindows(record)
    .filter((window) => window.until !== null)
    .map(
      (window) =>
        `  ${style.quiet(window.env.padEnd(16))} ${style.quiet(`${day(window.from)} to ${day(window.until)}, up to ${window.peakTrafficPct} %`)}`,
    );
  return section('Serves', lines.length + past.length > 0 ? [...lines, ...past] : ['  nowhere'], style);
}

function gateSection(record: VersionRecord, style: Style): string[] {
  const { gate } = record;
  const dataset = record.evaluation_results.evaluation_dataset;
  const measured = typeof dataset === 'string' ? dataset : datasetLabel(dataset);
  const mark = record.approval.gate_passed ? style.good('passed') : style.bad('not passed');
  if (!gate) {
    const metrics = Object.entries(record.evaluation_results).filter(
      ([name]) => name !== 'evaluation_dataset',
    );
    return section(
      'Gate',
      [
        `  ${mark} on ${escapeLine(measured)}; the record holds no checks`,
        ...facts(
          metrics.map(([name, value]) => [name, String(value as string)] as const),
          style,
        ),
      ],
      style,
    );
  }
  const agreed = gate.agreed_in_advance;
  const words = {
    yes: style.good('agreed in advance'),
    no: style.bad('not agreed in advance'),
    unknown: style.warn('whether it was agreed in advance is not known'),
  };
  const against = gate.baseline === null ? 'without a baseline' : `against ${gate.baseline}`;
  const head = `  ${mark} ${day(gate.evaluated_at)} on ${escapeLine(measured)}, ${against}${agreed ? `; ${words[agreed.answer]}` : ''}`;
  return section(
    'Gate',
    [head, ...indent(checksView(gate.checks, { ...style, width: style.width - 2 }))],
    style,
  );
}

function approvalSection({ record, approvalsNeeded }: ShownVersion, style: Style): string[] {
  const { reviews = [], approved_by: approvedBy, approved_at: approvedAt } = record.approval;
  const lines = reviews.map((review) => {
    const mark = review.decision === 'approve' ? style.good('✓ approved') : style.bad('✗ rejected');
    return `  ${mark} ${day(review.at)} by ${escapeLine(review.by)}${review.comment ? `: ${escapeLine(review.comment)}` : ''}`;
  });
  if (reviews.length === 0 && approvedBy !== null)
    lines.push(
      `  ${style.good('✓ approved')} ${day(approvedAt)} by ${[approvedBy].flat().map(escapeLine).join(', ')}`,
    );
  if (statusOf(record) === 'registered')
    lines.push(`  ${style.warn(`${reviews.length} of ${approvalsNeeded} approvals`)}`);
  return section('Approval', lines, style);
}

function lineageSection(record: VersionRecord, style: Style): string[] {
  const { training } = record;
  const hyperparameters = Object.entries(training?.hyperparameters ?? {}).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return section(
    'Lineage',
    facts(
      [
        ['request', record.change?.request],
        ['run', record.parent_run_id],
        ['data', record.dataset_version],
        ['commit', record.training_commit],
        ['seed', training?.seed?.toString()],
        ['started', training?.started_at],
        ['architecture', training?.architecture],
        ['objective', training?.objective],
        [
          'base model',
          training?.base_model
            ? `${training.base_model.name}@${training.base_model.revision ?? '?'}`
            : undefined,
        ],
        ['hyperparameters', hyperparameters.join(', ')],
        [
          'environment',
          [
            training?.environment?.python && `python ${training.environment.python}`,
            training?.environment?.cuda && `cuda ${training.environment.cuda}`,
            training?.environment?.hardware,
          ]
            .filter(Boolean)
            .join(', '),
        ],
        ...(training?.datasets ?? []).map((set): Fact => [
          `${set.role ?? 'data'} set`,
          `${set.name}@${set.version}${set.sha256 ? `  sha256:${set.sha256.slice(0, 12)}` : ''}`,
        ]),
      ],
      style,
    ),
    style,
  );
}

function artifactSection(record: VersionRecord, style: Style): string[] {
  const rows = record.artifacts ?? [];
  if (rows.length === 0) return [];
  const listed = table(
    rows,
    [
      { title: 'KIND', value: (row) => row.kind },
      {
        title: 'SHA-256',
        value: (row) => (style.interactive ? row.sha256.slice(0, 12) : row.sha256),
        mark: (_row, inner) => inner.quiet,
      },
      { title: 'URI', value: (row) => row.uri },
    ],
    { ...style, width: style.width - 2 },
  );
  return section('Artifacts', indent(listed), style);
}

function endSection(record: VersionRecord, style: Style): string[] {
  const { deprecation, retirement } = record;
  const lines: Fact[] = [];
  if (deprecation) {
    lines.push([
      'deprecated',
      `${day(deprecation.deprecated_at)} by ${deprecation.by}${deprecation.reason ? `: ${deprecation.reason}` : ''}`,
    ]);
    lines.push(
      ['notice until', deprecation.notice_ends],
      ['successor', deprecation.successor ?? deprecation.no_successor_reason],
    );
    if (deprecation.reinstated)
      lines.push([
        'reinstated',
        `${day(deprecation.reinstated.at)} by ${deprecation.reinstated.by}: ${deprecation.reinstated.reason}`,
      ]);
  }
  if (retirement) {
    lines.push(
      [
        retirement.withdrawn ? 'withdrawn' : 'retired',
        `${day(retirement.retired_at)} by ${retirement.by}: ${retirement.reason}`,
      ],
      ['confirmed by', retirement.compliance_confirmed_by],
    );
    for (const stored of retirement.cold_storage ?? [])
      lines.push(['kept', `${stored.location} until ${stored.retain_until ?? 'further notice'}`]);
    for (const kept of retirement.retention ?? [])
      lines.push([
        `keep ${kept.kind.replace('_', ' ')}`,
        kept.retain_until ?? `for good: ${kept.anchor ?? 'its anchor'} is not recorded`,
      ]);
  }
  return section('End of life', facts(lines, style), style);
}

function dueSection(due: readonly DueItem[], style: Style): string[] {
  const lines = due.map((item) => {
    const when =
      item.date === null
        ? 'now'
        : `${item.date} (${item.overdue ? `${-(item.days ?? 0)} days ago` : `in ${item.days} days`})`;
    return `  ${item.overdue ? style.bad(when) : when}  ${escapeLine(item.what)}\n    ${style.quiet(escapeLine(item.next))}`;
  });
  return section('Due', lines, style);
}

/** A version, section by section. */
export function showView(shown: ShownVersion, style: Style): string {
  const { record, model } = shown;
  const status = statusOf(record);
  const title = `${style.strong(`${record.model_id}@${record.version}`)}  ${statusMark(status, style)(status)}  ${escapeLine(model.title)}`;
  const summary = record.change?.summary ? `: ${escapeText(record.change.summary)}` : '';
  const lines = [
    title,
    wrap(`${describeChange(record)}${summary}`, style, '  '),
    ...facts(
      [
        ['registered', `${record.registered_at} by ${record.registered_by}`],
        ['owner', model.owner],
        ['risk class', record.compliance.eu_ai_act_risk_class],
        ['GDPR', record.compliance.gdpr_status],
        ['SOC 2', record.compliance.soc2_evidence_id ?? undefined],
        ['intended use', (record.intended_use ?? model.intended_use).tasks.join('; ')],
      ],
      style,
    ),
    ...servingSection(record, style),
    ...section('Held', heldLines(record, shown.incidents, style), style),
    ...section('Monitoring', seriesLines(shown.series, style), style),
    ...gateSection(record, style),
    ...approvalSection(shown, style),
    ...lineageSection(record, style),
    ...artifactSection(record, style),
    ...endSection(record, style),
    ...dueSection(shown.due, style),
  ];
  return lines.join('\n');
}
