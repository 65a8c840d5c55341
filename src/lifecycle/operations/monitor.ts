// monitor: what production showed of a version enters its ledger, as one immutable report.
import type { MonitoringReport, RecordedObservation, VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { compact } from '../edits.js';
import { reportId, reportsOn } from '../ledger.js';
import type { Observation, Signal, Window } from '../monitoring/observation.js';
import { verdictOf } from '../monitoring/verdict.js';
import { type Problem, type Warning, count, problem } from '../problems.js';
import { firstServed } from '../rollouts.js';
import { statusOf } from '../stages.js';
import { statusProblem } from './preconditions.js';

/** A report to record. */
export interface MonitorInput {
  version: VersionRecord;
  signal: Signal;
  observations: readonly Observation[];
  /** How many observations were left out, so that the report fits a record. */
  leftOut?: number | undefined;
  source: MonitoringReport['source'];
  /** The model, version and signal that the file itself names, where it does. */
  claimed?: { model?: string | undefined; version?: string | undefined; signal?: Signal | undefined };
  /** Undefined where neither file nor person says it. */
  window: Window | undefined;
  samples?: MonitoringReport['samples'] | undefined;
  note?: string | undefined;
  /** The report that has the same id already, where there is one. */
  present?: MonitoringReport | undefined;
  /** The newest report on this version and signal, where there is one. */
  newest?: MonitoringReport | undefined;
}

/** The report that a file was recorded as: a window that runs to today has another end at every moment. */
function sameReport({ source, window, present, newest }: MonitorInput): MonitoringReport | undefined {
  if (present?.source.sha256 === source.sha256) return present;
  return newest?.source.sha256 === source.sha256 && newest.window.start === window?.start
    ? newest
    : undefined;
}

function claimProblems(input: MonitorInput): Problem[] {
  const { version: record, signal, claimed = {} } = input;
  const address = `${record.model_id}@${record.version}`;
  const said = `${claimed.model ?? record.model_id}@${claimed.version ?? record.version}`;
  const problems: Problem[] = [];
  if (said !== address)
    problems.push(
      problem(
        'monitor/other-version',
        `the report says that it is about ${said}, and not about ${address}`,
        `mlc monitor ${said} --signal ${signal} --report ${input.source.file}`,
      ),
    );
  if (claimed.signal !== undefined && claimed.signal !== signal)
    problems.push(
      problem(
        'monitor/other-signal',
        `the report says that it is about ${claimed.signal}, and not about ${signal}`,
        `--signal ${claimed.signal}`,
      ),
    );
  return problems;
}

function servingProblems(record: VersionRecord, end: string): Problem[] {
  const begun = firstServed(record);
  if (begun === undefined || end >= begun) return [];
  return [
    problem(
      'monitor/before-serving',
      `the window ends at ${end}, and ${record.version} was first deployed at ${begun}: production cannot have shown anything of it`,
      `--window START..END, with an end after ${begun}, or the version that the report is about`,
    ),
  ];
}

function windowProblems(
  state: ModelState,
  { version: record, signal, source, present }: MonitorInput,
  window: Window,
  now: string,
): Problem[] {
  const { start, end } = window;
  if (start >= end)
    return [
      problem('monitor/window', `the window ${start} to ${end} has no length`, '--window START..END, in UTC'),
    ];
  if (end > now)
    return [problem('monitor/future', `the window ends at ${end}, and now is ${now}`, '--window START..END')];
  const newest = reportsOn(state.ledger, record.version, signal).at(-1)?.end;
  if (newest === undefined || end > newest) return servingProblems(record, end);
  if (end === newest)
    return [
      problem(
        'monitor/window-taken',
        `there is another report on ${signal} of the window that ends at ${end}${present ? ` (${present.source.file})` : ''}, and reports are never replaced`,
        `record the next window, or say what is wrong with that one: mlc review ${record.model_id}@${record.version} -m REASON`,
      ),
    ];
  return [
    problem(
      'monitor/older-window',
      `${source.file} is about the window that ends at ${end}, and the newest report on ${signal} ends at ${newest}`,
      'hand in the newest report; windows are recorded in order',
    ),
  ];
}

/** Observations as the record keeps them. */
function recorded(state: ModelState, observation: Observation): RecordedObservation {
  const { name, method, value, threshold, unmeasured } = observation;
  return compact({
    name,
    method,
    value,
    threshold: threshold ?? undefined,
    verdict: verdictOf(observation, state.gate),
    reason: value === null ? (unmeasured ?? 'the report has no value') : undefined,
  });
}

/** `2 of 8 breached`, and how many of them nothing was held against: those are not fine for that. */
function summaryOf(observations: readonly RecordedObservation[]): string {
  const of = (verdict: RecordedObservation['verdict']): number =>
    observations.filter((entry) => entry.verdict === verdict).length;
  const judged = observations.length - of('unjudged') - of('unmeasured');
  const rest = [
    ...(of('unjudged') > 0 ? [`${of('unjudged')} without a limit`] : []),
    ...(of('unmeasured') > 0 ? [`${of('unmeasured')} unmeasured`] : []),
  ];
  return [...(judged > 0 ? [`${of('breached')} of ${judged} breached`] : []), ...rest].join(', ');
}

function warningsOf(unmeasured: number, leftOut: number): Warning[] {
  const warnings: Warning[] = [];
  if (unmeasured > 0)
    warnings.push({
      code: 'monitor/unmeasured',
      message: `${count(unmeasured, 'observation')} could not be measured, and ${unmeasured === 1 ? 'counts' : 'count'} as neither good nor bad`,
    });
  if (leftOut > 0)
    warnings.push({
      code: 'monitor/left-out',
      message: `${count(leftOut, 'observation')} of the file ${leftOut === 1 ? 'is' : 'are'} left out: a report holds no more than fit a record`,
      hint: 'have the tool report key features and what breached, or split the signals',
    });
  return warnings;
}

/** Records a report. The same file again is the same report. */
export function monitor(state: ModelState, input: MonitorInput, { actor, now }: Circumstance): Decision {
  const { version: record, signal, window } = input;
  const address = `${record.model_id}@${record.version}`;
  const status = statusOf(record);
  const same = sameReport(input);
  if (same)
    return {
      kind: 'unchanged',
      operation: 'monitor',
      version: record.version,
      status,
      message: `already recorded: ${signal} of the window that ends at ${same.window.end}`,
      warnings: [],
    };
  const problems = [...statusProblem(record, ['deployed', 'deprecated']), ...claimProblems(input)];
  if (input.observations.length === 0)
    problems.push(
      problem(
        'monitor/empty',
        `${input.source.file} holds no observation`,
        'mlc monitor --help names the formats',
      ),
    );
  if (!window)
    problems.push(
      problem(
        'input/window',
        `${input.source.file} does not say which time it is about`,
        '--window START..END',
      ),
    );
  else problems.push(...windowProblems(state, input, window, now));
  if (problems.length > 0 || !window) return refused('monitor', address, problems);
  const report: MonitoringReport = compact({
    schema: 'mlc/report@1' as const,
    model_id: record.model_id,
    version: record.version,
    signal,
    recorded_at: now,
    recorded_by: actor,
    window: { ...window },
    source: input.source,
    samples: input.samples,
    observations: input.observations.map((observation) => recorded(state, observation)),
    left_out: input.leftOut,
    note: input.note,
  });
  const of = (verdict: RecordedObservation['verdict']): number =>
    report.observations.filter((entry) => entry.verdict === verdict).length;
  const [breached, unmeasured, unjudged] = [of('breached'), of('unmeasured'), of('unjudged')];
  return planned({
    operation: 'monitor',
    model: record.model_id,
    version: record.version,
    from: status,
    to: status,
    summary: `${signal}, ${summaryOf(report.observations)}`,
    reason: input.note,
    changes: [
      {
        kind: 'create-file',
        file: { kind: 'report', id: reportId({ version: record.version, end: window.end, signal }) },
        data: report,
      },
    ],
    evidence: [input.source.sha256],
    warnings: warningsOf(unmeasured, input.leftOut ?? 0),
    answer: {
      signal,
      window: { ...window },
      observations: report.observations.length,
      breached,
      unmeasured,
      unjudged,
      breaches: report.observations.filter((entry) => entry.verdict === 'breached'),
      ...(input.leftOut === undefined ? {} : { left_out: input.leftOut }),
    },
    next: [`mlc triggers ${record.model_id}`],
  });
}
