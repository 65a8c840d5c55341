// incident-open, incident-update, incident-close: harm that a model had a part in, and the clock for telling the authority.
import type { Incident, IncidentUpdate } from '../../generated/types.js';
import { addDays, isDay, isMoment } from '../dates.js';
import {
  type Circumstance,
  type Decision,
  type ModelState,
  type OperationName,
  planned,
  refused,
} from '../decisions.js';
import { type Edit, append, compact, set } from '../edits.js';
import { freshId, stampOf } from '../ledger.js';
import { type Problem, type Warning, listOf, problem } from '../problems.js';
import { servingEnvironments } from '../rollouts.js';
import { newestFirst } from '../versions.js';
import { reasonProblem } from './preconditions.js';

export type Severity = Incident['severity'];

/**
 * Days from awareness to the report, by Regulation (EU) 2024/1689, Article 73: 15 in general, 10 for a death, 2 for a
 * widespread infringement or critical infrastructure. A minor incident need not be reported.
 */
const reportingDays: Readonly<Record<Severity, number | null>> = {
  minor: null,
  serious: 15,
  death: 10,
  widespread: 2,
  'critical-infrastructure': 2,
};

export const severities = Object.keys(reportingDays) as Severity[];

function reportBy(awareAt: string, severity: Severity): string | null {
  const days = reportingDays[severity];
  return days === null ? null : addDays(awareAt, days);
}

/** An incident to open. */
export interface OpenIncidentInput {
  severity: Severity;
  /** The versions that had a part in it; those that serve where none is named. */
  versions: readonly string[];
  /** When its provider became aware of it: a moment, or a day from its first moment; now where it is left out. */
  awareAt?: string | undefined;
  summary?: string | undefined;
}

/** A version as a person names it, `model@version` where the model is this one. */
function bareVersion(state: ModelState, named: string): string {
  const prefix = `${state.model.model_id}@`;
  return named.startsWith(prefix) ? named.slice(prefix.length) : named;
}

function versionProblems(state: ModelState, versions: readonly string[]): Problem[] {
  const { model_id: model } = state.model;
  return versions
    .filter((version) => !state.versions.has(version))
    .map((version) =>
      problem('incident/unknown-version', `${model} has no version ${version}`, `mlc list ${model}`),
    );
}

/** Those of the named versions that there are, each once. */
function affectedBy(state: ModelState, versions: readonly string[]): string[] {
  return newestFirst(new Set(versions.filter((version) => state.versions.has(version))));
}

function planOf(
  state: ModelState,
  operation: OperationName,
  summary: string,
  reason: string | undefined,
  change: { id: string; edits: readonly Edit[] } | { id: string; data: Incident },
  answer: Record<string, unknown>,
  warnings: readonly Warning[] = [],
): Decision {
  const model = state.model.model_id;
  const file = { kind: 'incident', id: change.id } as const;
  return planned({
    operation,
    model,
    version: null,
    from: null,
    to: null,
    summary,
    reason,
    changes: [
      'data' in change
        ? { kind: 'create-file', file, data: change.data }
        : { kind: 'edit-file', file, edits: change.edits },
    ],
    warnings: [...warnings],
    answer: { incident: change.id, ...answer },
    next: [`mlc due ${model}`],
  });
}

/** Opens an incident, which holds its versions. */
export function openIncident(
  state: ModelState,
  input: OpenIncidentInput,
  { actor, now }: Circumstance,
): Decision {
  const model = state.model.model_id;
  const said = input.awareAt ?? now;
  const awareAt = isDay(said) ? `${said}T00:00:00Z` : said;
  const serving = [...state.versions.values()].filter((record) => servingEnvironments(record).length > 0);
  const named = input.versions.map((version) => bareVersion(state, version));
  const versions = affectedBy(state, named.length > 0 ? named : serving.map(({ version }) => version));
  const problems = [...reasonProblem(input.summary, 'an incident'), ...versionProblems(state, named)];
  if (named.length === 0 && versions.length === 0)
    problems.push(
      problem(
        'input/affected',
        `no version of ${model} serves, so say which one it was`,
        '--affected VERSION',
      ),
    );
  if (!isMoment(awareAt))
    problems.push(
      problem('date/form', `"${awareAt}" is not a moment in UTC`, '--aware-at 2026-03-08T05:00:00Z'),
    );
  else if (awareAt > now)
    problems.push(
      problem('incident/future', `${awareAt} is yet to come`, '--aware-at the moment that it was'),
    );
  if (problems.length > 0) return refused('incident-open', `an incident of ${model}`, problems);
  const id = freshId(state.ledger.incidents, stampOf(now));
  const data: Incident = {
    schema: 'mlc/incident@1',
    model_id: model,
    id,
    severity: input.severity,
    versions: [...versions],
    opened_at: now,
    opened_by: actor,
    aware_at: awareAt,
    report_by: reportBy(awareAt, input.severity),
    summary: input.summary as string,
  };
  const summary = `${input.severity}, ${listOf(versions)} held`;
  return planOf(
    state,
    'incident-open',
    summary,
    input.summary,
    { id, data },
    {
      severity: input.severity,
      versions,
      report_by: data.report_by,
    },
    named.length === 0 && versions.length > 1 ? [allHeld(model, id, versions)] : [],
  );
}

/** Holding what serves is the safe side, and more than may have been meant. */
function allHeld(model: string, id: string, versions: readonly string[]): Warning {
  return {
    code: 'incident/all-held',
    message: `no --affected was given, so every version that serves is held: ${listOf(versions)}`,
    hint: `where fewer had a part in it: mlc incident update ${model} ${id} --affected VERSION -m NOTE`,
  };
}

/** What became known of an incident. */
export interface UpdateIncidentInput {
  id: string;
  note?: string | undefined;
  severity?: Severity | undefined;
  versions: readonly string[];
  /** Where the report to the authority is filed. */
  reported?: string | undefined;
}

function openProblems(state: ModelState, id: string): Problem[] {
  const { model_id: model } = state.model;
  const incident = state.ledger.incidents.get(id);
  if (!incident)
    return [problem('incident/unknown-incident', `${model} has no incident ${id}`, `mlc due ${model}`)];
  return incident.closed
    ? [
        problem(
          'incident/closed',
          `the incident ${id} was closed at ${incident.closed.at}`,
          `mlc incident open ${model}`,
        ),
      ]
    : [];
}

/** Adds to an incident what became known or was done. */
export function updateIncident(
  state: ModelState,
  input: UpdateIncidentInput,
  { actor, now }: Circumstance,
): Decision {
  const { id, severity, reported } = input;
  const versions = input.versions.map((version) => bareVersion(state, version));
  const incident = state.ledger.incidents.get(id);
  const problems = [
    ...openProblems(state, id),
    ...reasonProblem(input.note, 'an update'),
    ...versionProblems(state, versions),
  ];
  if (reported !== undefined && reported.trim() === '')
    problems.push(
      problem('incident/reference', 'the report to the authority has no reference', '--reported REFERENCE'),
    );
  if (problems.length > 0 || !incident)
    return refused('incident-update', `the incident ${id} of ${state.model.model_id}`, problems);
  const affected = affectedBy(state, versions);
  const update: IncidentUpdate = compact({
    at: now,
    by: actor,
    note: input.note as string,
    severity,
    versions: affected.length > 0 ? affected : undefined,
    reported,
  });
  const due = severity === undefined ? incident.report_by : reportBy(incident.aware_at, severity);
  const edits = [
    append(['updates'], update),
    ...(severity === undefined ? [] : [set(['severity'], severity), set(['report_by'], due)]),
    ...(affected.length > 0 ? [set(['versions'], affected)] : []),
    ...(reported === undefined ? [] : [set(['reported'], { at: now, by: actor, reference: reported })]),
  ];
  const summary = reported === undefined ? `${id} updated` : `${id} reported`;
  return planOf(
    state,
    'incident-update',
    summary,
    input.note,
    { id, edits },
    {
      severity: severity ?? incident.severity,
      report_by: due,
      reported: reported ?? incident.reported?.reference ?? null,
    },
  );
}

/** The end of an incident. */
export interface CloseIncidentInput {
  id: string;
  reason?: string | undefined;
}

/** Closes an incident, which releases its versions. */
export function closeIncident(
  state: ModelState,
  { id, reason }: CloseIncidentInput,
  { actor, now }: Circumstance,
): Decision {
  const model = state.model.model_id;
  const incident = state.ledger.incidents.get(id);
  const problems = [...openProblems(state, id), ...reasonProblem(reason, 'closing an incident')];
  if (incident && !incident.closed && incident.report_by !== null && !incident.reported)
    problems.push(
      problem(
        'incident/unreported',
        `a ${incident.severity} incident has to be reported by ${incident.report_by}, and nothing says that it was`,
        `mlc incident update ${model} ${id} --reported REFERENCE -m NOTE, or --severity minor with the reason`,
      ),
    );
  if (problems.length > 0 || !incident)
    return refused('incident-close', `the incident ${id} of ${model}`, problems);
  const edits = [set(['closed'], { at: now, by: actor, reason: reason as string })];
  return planOf(
    state,
    'incident-close',
    `${id} closed`,
    reason,
    { id, edits },
    { versions: incident.versions },
  );
}
