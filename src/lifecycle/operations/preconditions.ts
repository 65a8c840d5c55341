// Conditions that several operations share.
import type { VersionRecord } from '../../generated/types.js';
import type { ModelState } from '../decisions.js';
import { openIncidents } from '../ledger.js';
import { type Problem, listOf, problem } from '../problems.js';
import { type Status, openHolds, statusOf } from '../stages.js';

const wayOut: Partial<Record<Status, (address: string) => string>> = {
  registered: (address) => `approve it first: mlc approve ${address}`,
  approved: (address) => `deploy it: mlc deploy ${address} --env ENVIRONMENT`,
  deployed: (address) => `see where it serves: mlc show ${address}`,
  deprecated: (address) => `take the deprecation back: mlc reinstate ${address} -m REASON`,
  retired: () => 'retired is final: register a new version',
  rejected: () => 'rejected is final: register a new version',
};

/** Refuses where the status is none of those that an operation starts from. */
export function statusProblem(record: VersionRecord, allowed: readonly Status[]): Problem[] {
  const status = statusOf(record);
  if (allowed.includes(status)) return [];
  const address = `${record.model_id}@${record.version}`;
  return [
    problem(
      'status/not-allowed',
      `${address} is ${status}; it has to be ${listOf(allowed, 'or')}`,
      wayOut[status]?.(address),
    ),
  ];
}

/** Whether a hold or an incident keeps a version from being deployed and retired. */
export function isHeld(state: ModelState, record: VersionRecord): boolean {
  return openHolds(record).length > 0 || openIncidents(state.ledger, record).length > 0;
}

/** Refuses where a hold or an incident is open. */
export function holdProblems(state: ModelState, record: VersionRecord, blocked: string): Problem[] {
  const holds = openHolds(record).map((hold) =>
    problem(
      'hold/open',
      `a ${hold.kind} hold on ${record.model_id}@${record.version} since ${hold.placed_at} blocks ${blocked}: ${hold.reason} (${hold.by})`,
      `when it is over: mlc release ${record.model_id}@${record.version} -m REASON`,
    ),
  );
  const incidents = openIncidents(state.ledger, record).map(({ id, severity, opened_at, summary }) =>
    problem(
      'incident/open',
      `the incident ${id} (${severity}) on ${record.model_id}@${record.version} since ${opened_at} blocks ${blocked}: ${summary}`,
      `when it is over: mlc incident close ${record.model_id} ${id} -m REASON; where it is about other versions alone: mlc incident update ${record.model_id} ${id} --affected VERSION -m NOTE`,
    ),
  );
  return [...holds, ...incidents];
}

/** Refuses where a reason is asked for and none is given. */
export function reasonProblem(reason: string | undefined, why: string): Problem[] {
  return reason?.trim() ? [] : [problem('reason/missing', `${why} needs a reason`, '-m "REASON"')];
}
