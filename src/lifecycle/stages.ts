// The status of a version: what its record says, and what its other keys imply.
import type { VersionRecord } from '../generated/types.js';
import { servingEnvironments } from './rollouts.js';

export type Status = NonNullable<VersionRecord['status']>;

export const statuses: readonly Status[] = [
  'registered',
  'approved',
  'deployed',
  'deprecated',
  'retired',
  'rejected',
];

/** Whether nothing but holds can happen to a version any more. */
export function isFinal(status: Status): boolean {
  return status === 'retired' || status === 'rejected';
}

/** Whether a deprecation is running: given, and not taken back. */
export function isDeprecated(record: VersionRecord): boolean {
  return record.deprecation !== undefined && record.deprecation.reinstated === undefined;
}

/** The status that a record's other keys imply. */
export function impliedStatus(record: VersionRecord): Status {
  if (record.retirement) return 'retired';
  if (record.approval.reviews?.some((review) => review.decision === 'reject')) return 'rejected';
  if (isDeprecated(record)) return 'deprecated';
  if (servingEnvironments(record).length > 0) return 'deployed';
  return record.approval.approved_by === null ? 'registered' : 'approved';
}

/** The status of a version: the one it states, else the implied one. */
export function statusOf(record: VersionRecord): Status {
  return record.status ?? impliedStatus(record);
}

/** The status of a version whose traffic in every environment is what `serving` says: deployed, or approved again. */
export function statusByTraffic(record: VersionRecord, serving: boolean): Status {
  const status = statusOf(record);
  if (status === 'deprecated') return 'deprecated';
  return serving ? 'deployed' : 'approved';
}

/** The holds of a version that nobody has released. */
export function openHolds(record: VersionRecord): NonNullable<VersionRecord['holds']> {
  return (record.holds ?? []).filter((hold) => hold.released === undefined);
}
