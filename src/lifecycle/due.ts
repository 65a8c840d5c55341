// What a version is waiting for: dates that come or have passed, and decisions that are outstanding.
import type { Model, VersionRecord } from '../generated/types.js';
import { approvers } from './approvals.js';
import { dayOf, daysBetween } from './dates.js';
import { type ResolvedPolicy, approvalsNeeded, riskClassOf } from './policy.js';
import { count } from './problems.js';
import { isFinal, openHolds, statusOf } from './stages.js';

/** One thing that is due. */
export interface DueItem {
  kind: 'approval' | 'hold' | 'notice' | 'deprecation-target';
  what: string;
  /** The day; null where it is due now. */
  date: string | null;
  /** Days from now; negative when overdue. */
  days: number | null;
  overdue: boolean;
  /** The command that deals with it. */
  next: string;
}

function dated(kind: DueItem['kind'], what: string, date: string, now: string, next: string): DueItem {
  const days = Math.round(daysBetween(dayOf(now), date));
  return { kind, what, date, days, overdue: days < 0, next };
}

/** Everything that is due of a version, soonest first. */
export function dueItems(
  record: VersionRecord,
  model: Model,
  policy: ResolvedPolicy,
  now: string,
): DueItem[] {
  const status = statusOf(record);
  const address = `${record.model_id}@${record.version}`;
  if (isFinal(status)) return [];
  const items: DueItem[] = [];
  if (status === 'registered') {
    const outstanding = approvalsNeeded(policy, riskClassOf(model, record)) - approvers(record).length;
    items.push({
      kind: 'approval',
      what: `${count(Math.max(1, outstanding), 'approval')} outstanding`,
      date: null,
      days: null,
      overdue: false,
      next: `mlc approve ${address}`,
    });
  }
  for (const hold of openHolds(record)) {
    items.push({
      kind: 'hold',
      what: `${hold.kind} hold: ${hold.reason}`,
      date: null,
      days: null,
      overdue: false,
      next: `mlc release ${address} -m REASON`,
    });
  }
  if (status === 'deprecated' && record.deprecation) {
    items.push(
      dated(
        'notice',
        'notice ends, then it can retire',
        record.deprecation.notice_ends,
        now,
        `mlc retire ${address}`,
      ),
    );
  } else {
    items.push(
      dated(
        'deprecation-target',
        'deprecation target',
        record.deprecation_target,
        now,
        `mlc review ${address} --until DATE -m REASON`,
      ),
    );
  }
  return items.sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
}
