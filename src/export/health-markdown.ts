// The health report to read and to keep: totals, then for each owner versions, zombies, triggers, what is due, and signals.
import { dayOf } from '../lifecycle/dates.js';
import {
  addressOf,
  breachesIn,
  latestOf,
  latestText,
  ownerName,
  seriesTitle,
  zombieWord,
  zombiesByUrgency,
} from '../lifecycle/health/reading.js';
import type {
  HealthOwner,
  HealthReport,
  HealthSeries,
  HealthTrigger,
  HealthVersion,
  Zombie,
} from '../lifecycle/health/report.js';
import { count } from '../lifecycle/problems.js';
import { servingText } from '../views/list.js';
import { seriesSparkline } from '../views/sparkline.js';
import { chosenSeries } from './charts/choose.js';
import { cell, table } from './markdown.js';

const sparklineWidth = 26;

function driftText({ series }: HealthVersion): string {
  const breached = series.filter((one) => latestOf(one)?.verdict === 'breached').length;
  if (series.length === 0) return 'not watched';
  return breached === 0 ? `none in ${series.length} series` : `${breached} of ${series.length} series breach`;
}

function versionsTable(versions: readonly HealthVersion[]): string {
  return table(
    ['version', 'title', 'status', 'risk', 'serves', 'target', 'last report', 'drift'],
    versions.map((version) => [
      addressOf(version),
      version.title,
      version.status,
      version.riskClass,
      servingText(version.serving),
      version.deprecationTarget,
      version.lastReport === null ? 'none' : dayOf(version.lastReport),
      driftText(version),
    ]),
  );
}

/** A message within a longer line, without a full stop of its own. */
function part(message: string): string {
  return cell(message.replace(/\.$/, ''));
}

/** A command is code in HTML, since Markdown's own code takes no escapes. */
function command(text: string): string {
  return `<code>${cell(text)}</code>`;
}

function zombieLine(zombie: Zombie): string {
  const { kind, message, since, next } = zombie;
  return `- **${cell(addressOf(zombie))}** is ${cell(zombieWord(kind))} since ${cell(since)}: ${part(message)}. Next: ${command(next)}`;
}

function triggerLine(version: HealthVersion, { type, state, message, response }: HealthTrigger): string {
  const fired = state === 'fired';
  return `- **${cell(addressOf(version))}** ${cell(type)}: ${fired ? '**fired**' : cell(state)}, ${part(message)}${fired ? `. Next: ${cell(response)}` : ''}`;
}

function seriesRow(version: HealthVersion, series: HealthSeries): string[] {
  return [
    addressOf(version),
    series.signal,
    seriesTitle(series),
    `${latestText(series)}${latestOf(series)?.verdict === 'breached' ? ' (breached)' : ''}`,
    `${breachesIn(series)} of ${series.points.length}`,
    seriesSparkline(series, sparklineWidth),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
}

function signalsSection(versions: readonly HealthVersion[], drawn: ReadonlySet<HealthSeries>): string[] {
  const rows = versions.flatMap((version) =>
    version.series.filter((one) => drawn.has(one)).map((one) => seriesRow(version, one)),
  );
  if (rows.length === 0) return [];
  const left = versions.flatMap(({ series }) => series).length - rows.length;
  return section('Signals', [
    table(['version', 'signal', 'series', 'latest', 'breached', 'over time'], rows),
    ...(left === 0 ? [] : ['', `And ${left} more series, which the JSON report holds.`]),
  ]);
}

function ownerPart({ owner, versions, due }: HealthOwner, drawn: ReadonlySet<HealthSeries>): string[] {
  const waiting = due.map((item) => [
    item.date ?? 'now',
    item.overdue ? 'overdue' : 'coming',
    addressOf(item),
    item.what,
    item.next,
  ]);
  return [
    `## ${cell(ownerName(owner))}`,
    '',
    ...(versions.length === 0 ? [] : [versionsTable(versions), '']),
    ...section(
      'Zombies',
      versions.flatMap((version) => version.zombies.map(zombieLine)),
    ),
    ...section(
      'Triggers',
      versions.flatMap((version) => version.triggers.map((trigger) => triggerLine(version, trigger))),
    ),
    ...section('Due', waiting.length === 0 ? [] : [table(['day', '', 'version', 'what', 'next'], waiting)]),
    ...signalsSection(versions, drawn),
  ];
}

/** The whole report as Markdown; every text of it is escaped for Markdown and HTML. */
export function healthMarkdown(report: HealthReport): string {
  const { totals } = report;
  const { drawn } = chosenSeries(report);
  const urgent = zombiesByUrgency(report).length;
  return [
    `# Model health of ${cell(report.registry)}, ${cell(report.from)} to ${cell(report.to)}`,
    '',
    `Made ${cell(report.generatedAt)} from commit ${cell(report.commit.slice(0, 12))}.`,
    '',
    table(
      ['models', 'versions', 'serving', 'zombies', 'triggers fired', 'overdue', 'open incidents'],
      [
        [
          totals.models,
          totals.versions,
          totals.serving,
          totals.zombies,
          totals.firedTriggers,
          totals.overdue,
          totals.openIncidents,
        ].map(String),
      ],
    ),
    '',
    urgent === 0
      ? 'No version is a zombie.'
      : `${count(urgent, 'reason')} why a version is a zombie, by owner below.`,
    '',
    ...report.owners.flatMap((owner) => ownerPart(owner, drawn)),
  ].join('\n');
}
