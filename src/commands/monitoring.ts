// What recording one report and recording a folder of them share: reading it, and making the transition.
import type { MonitoringReport } from '../generated/types.js';
import { readReport } from '../adapters/reports/read.js';
import { fitting } from '../lifecycle/monitoring/fitting.js';
import { type ParsedReport, type Signal, type Window } from '../lifecycle/monitoring/observation.js';
import { methodOf } from '../lifecycle/monitoring/methods.js';
import { type ReportName, reportId, reportsOn } from '../lifecycle/ledger.js';
import { monitor } from '../lifecycle/operations/monitor.js';
import { usage } from '../errors.js';
import { loadReport } from '../registry/load-report.js';
import type { Registry } from '../registry/registry.js';
import {
  type TransitionOutcome,
  type TransitionSettings,
  runVersionTransition,
} from '../registry/transition.js';

/** A report that was read, before it is known which window it is of. */
export interface ReadReport {
  report: ParsedReport;
  source: { file: string; sha256: string; format: string; producer?: string | undefined };
}

/** What a person says of a report, beside its file. */
export interface ReportClaims {
  window: Window | undefined;
  reference: number | undefined;
  current: number | undefined;
  format: string | undefined;
  features: readonly string[] | undefined;
  /** Names in the file, and what gate.yaml calls them. */
  renamed: ReadonlyMap<string, string>;
}

/** Reads a report as the flags say. */
export async function readClaimed(cwd: string, file: string, claims: ReportClaims): Promise<ReadReport> {
  const read = await readReport(cwd, file, {
    ...(claims.format === undefined ? {} : { format: claims.format }),
    ...(claims.features === undefined ? {} : { features: claims.features }),
    ...(claims.window === undefined ? {} : { window: claims.window }),
  });
  const observations = read.report.observations.map((observation) => ({
    ...observation,
    name: claims.renamed.get(observation.name) ?? observation.name,
  }));
  return { ...read, report: { ...read.report, observations } };
}

/** The window of a report: what the file says, or the person. Where both do, the file's has to lie within the person's. */
function windowOf({ report, source }: ReadReport, claimed: Window | undefined): Window | undefined {
  if (!claimed || !report.window) return claimed ?? report.window;
  const { start, end } = report.window;
  if (claimed.start <= start && end <= claimed.end) return report.window;
  throw usage(
    'monitor/other-window',
    `${source.file} says that it is about ${start} to ${end}, and --window says ${claimed.start} to ${claimed.end}`,
    'leave --window out',
  );
}

function samplesOf({ report }: ReadReport, claims: ReportClaims): ParsedReport['samples'] {
  const reference = claims.reference ?? report.samples?.reference;
  const current = claims.current ?? report.samples?.current;
  if (reference === undefined && current === undefined) return undefined;
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(current === undefined ? {} : { current }),
  };
}

/** PSI of few examples exceeds its limit by chance, so triggers take none without both counts; a report is never mended. */
function requireSamples(
  { report, source }: ReadReport,
  signal: Signal,
  samples: ParsedReport['samples'],
): void {
  if (!signal.endsWith('-drift')) return;
  const found = report.observations.find(
    ({ method, value }) => value !== null && methodOf(method)?.id === 'psi',
  );
  if (!found || (samples?.reference !== undefined && samples.current !== undefined)) return;
  const missing = [
    ...(samples?.reference === undefined ? ['--reference-samples N'] : []),
    ...(samples?.current === undefined ? ['--current-samples N'] : []),
  ].join(' ');
  throw usage(
    'input/samples',
    `psi needs its sample sizes, 200 a side count: ${source.file} has psi of ${found.name}, and does not say them`,
    missing,
  );
}

/** Records a report on the version that an address names. */
export async function recordReport(
  registry: Registry,
  address: string,
  signal: Signal,
  read: ReadReport,
  claims: ReportClaims,
  note: string | undefined,
  settings: TransitionSettings,
): Promise<TransitionOutcome> {
  const window = windowOf(read, claims.window);
  const { report } = read;
  return runVersionTransition(
    registry,
    address,
    async ({ commit, state }, version, circumstance) => {
      const { model_id: model, monitoring } = state.model;
      const load = async (name: ReportName | undefined): Promise<MonitoringReport | undefined> =>
        name && loadReport(registry, commit, model, reportId(name));
      const own = window && { version: version.version, end: window.end, signal };
      const last = reportsOn(state.ledger, version.version, signal).at(-1);
      const present = await load(own);
      const newest = last?.end === own?.end ? present : await load(last);
      const samples = samplesOf(read, claims);
      const { kept, leftOut } = fitting(report.observations, monitoring?.key_features ?? [], state.gate);
      const decision = monitor(
        state,
        {
          version,
          signal,
          observations: kept,
          leftOut,
          source: read.source,
          claimed: { model: report.model, version: report.version, signal: report.signal },
          window,
          samples,
          note,
          present,
          newest,
        },
        circumstance,
      );
      if (decision.kind === 'plan') requireSamples(read, signal, samples);
      return decision;
    },
    settings,
  );
}

/** The signal that a report is recorded under: the flag's, else the one that the file names. */
export function signalOf(flag: string | undefined, { report, source }: ReadReport): Signal {
  const signal = (flag as Signal | undefined) ?? report.signal;
  if (signal) return signal;
  throw usage(
    'input/missing',
    `${source.file} does not say which signal it is about`,
    '--signal input-drift',
  );
}
