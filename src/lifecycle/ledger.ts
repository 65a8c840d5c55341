// What a model's ledger holds beside its versions: reports, events, retraining requests, incidents and profiles, a file each.
import type { Incident, ModelEvent, RetrainingRequest, VersionRecord } from '../generated/types.js';
import { type Signal, signals } from './monitoring/observation.js';

export type LedgerKind = 'report' | 'event' | 'request' | 'incident' | 'profile';

/** One file of a ledger. `id` is its path below the folder of its kind, without `.yaml`. */
export interface LedgerFile {
  kind: LedgerKind;
  id: string;
}

/** A ledger as one commit has it. Reports and profiles are known by their ids alone: a model has hundreds. */
export interface Ledger {
  reports: ReadonlySet<string>;
  profiles: ReadonlySet<string>;
  events: ReadonlyMap<string, ModelEvent>;
  requests: ReadonlyMap<string, RetrainingRequest>;
  incidents: ReadonlyMap<string, Incident>;
}

export const emptyLedger: Ledger = {
  reports: new Set(),
  profiles: new Set(),
  events: new Map(),
  requests: new Map(),
  incidents: new Map(),
};

/** The folder of each kind, below the model's. */
export const ledgerFolders: Readonly<Record<LedgerKind, string>> = {
  report: 'monitoring',
  event: 'events',
  request: 'retraining',
  incident: 'incidents',
  profile: 'profiles',
};

/** Where a ledger's file is, relative to the registry's root. */
export function ledgerPath(model: string, { kind, id }: LedgerFile): string {
  return `models/${model}/${ledgerFolders[kind]}/${id}.yaml`;
}

/** A moment as file names hold it: `20260308T000000Z`, which sorts as time does and is a name on every disk. */
export function stampOf(timestamp: string): string {
  return timestamp.replace(/\.\d+/, '').replace(/[-:]/g, '');
}

/** The moment of a stamp. */
export function momentOf(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
}

/** What the id of a report says. */
export interface ReportName {
  version: string;
  /** The end of its window. */
  end: string;
  signal: Signal;
}

const reportPattern = /^([^/]+)\/(\d{8}T\d{6}Z)-([a-z-]+)$/;

/** Takes the id of a report apart; undefined where it is none. */
export function reportName(id: string): ReportName | undefined {
  const [, version = '', stamp = '', signal = ''] = reportPattern.exec(id) ?? [];
  const known = signals.find((name) => name === signal);
  return known && { version, end: momentOf(stamp), signal: known };
}

/** The id of a report. */
export function reportId({ version, end, signal }: ReportName): string {
  return `${version}/${stampOf(end)}-${signal}`;
}

/** The reports on one version and signal, oldest first. */
export function reportsOn(ledger: Ledger, version: string, signal?: Signal): ReportName[] {
  const names = [...ledger.reports].flatMap((id) => reportName(id) ?? []);
  return names
    .filter((name) => name.version === version && (signal === undefined || name.signal === signal))
    .sort((a, b) => (a.end < b.end ? -1 : 1));
}

/** An id that nothing of its kind has yet: the moment, and a number where several share it. */
export function freshId(taken: ReadonlyMap<string, unknown>, base: string): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

/** The incidents that are open, of one version where it is named. */
export function openIncidents(ledger: Ledger, record?: VersionRecord): Incident[] {
  return [...ledger.incidents.values()].filter(
    (incident) => !incident.closed && (!record || incident.versions.includes(record.version)),
  );
}

/** The requests that nobody has closed. */
export function openRequests(ledger: Ledger): RetrainingRequest[] {
  return [...ledger.requests.values()].filter((request) => !request.closed);
}
