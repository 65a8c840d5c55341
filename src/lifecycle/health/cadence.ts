// How often reports on a version are due, which signals, and when the next one is.
import type { Model, VersionRecord } from '../../generated/types.js';
import { addPeriod, dayOf } from '../dates.js';
import type { Signal } from '../monitoring/observation.js';
import { type VersionSeries, newestEnd } from '../monitoring/series.js';
import { type Cadence, type ResolvedPolicy, riskClassOf } from '../policy.js';
import { firstServed, servingWindows } from '../rollouts.js';

/** The period of each cadence, ISO 8601. */
export const cadencePeriods: Readonly<Record<Cadence, string>> = {
  daily: 'P1D',
  weekly: 'P7D',
  monthly: 'P1M',
  quarterly: 'P3M',
};

/** How often reports are due: as the model says it, else by risk. */
export function cadenceOf(model: Model, record: VersionRecord, policy: ResolvedPolicy): Cadence {
  const isHigh = riskClassOf(model, record) === 'high';
  return model.monitoring?.cadence ?? (isHigh ? policy.cadence.high : policy.cadence.normal);
}

// Twice each period. Not the period added twice, which loses days at the ends of months.
const twice: Readonly<Record<Cadence, string>> = {
  daily: 'P2D',
  weekly: 'P14D',
  monthly: 'P2M',
  quarterly: 'P6M',
};

/** Since when a version serves without a break, in whichever environment that is longest; else when it first served. */
export function servingSince(record: VersionRecord): string | undefined {
  const open = servingWindows(record).filter(({ until }) => until === null);
  return open.map(({ from }) => from).sort()[0] ?? firstServed(record);
}

/** The moment that reports are due from: the newest one's end, or the begin of serving where that came later. */
function countedFrom(record: VersionRecord, reports: VersionSeries, signal?: Signal): string {
  const served = servingSince(record) ?? record.registered_at;
  const newest = newestEnd(reports, signal);
  return newest === undefined || newest < served ? served : newest;
}

/** The day on which the next report is due, of one signal or of any. */
export function nextReport(
  record: VersionRecord,
  reports: VersionSeries,
  cadence: Cadence,
  signal?: Signal,
): string {
  return addPeriod(dayOf(countedFrom(record, reports, signal)), cadencePeriods[cadence]);
}

/** The last day on which a version still counts as watched: twice its cadence after the newest report. */
export function watchedUntil(record: VersionRecord, reports: VersionSeries, cadence: Cadence): string {
  return addPeriod(dayOf(countedFrom(record, reports)), twice[cadence]);
}
