// What transitions leave in records: from the records before and after, which transitions a change may be made of.
import type { Hold, Review, TargetReview, VersionRecord } from '../../generated/types.js';
import type { ModelState } from '../decisions.js';
import type { SignedReview } from '../approvals.js';
import type { Candidate, GateFacts } from './candidate.js';
import { approve, reject } from '../operations/approve.js';
import { deprecate, reinstate } from '../operations/deprecate.js';
import { hold, release } from '../operations/hold.js';
import { review } from '../operations/review.js';
import { recalledRetirement } from './recall-retirement.js';
import { recalledRegistration } from './recall-registration.js';
import { type Trace, appended, onVersion, ranks } from './trace.js';
import { trafficTraces } from './traffic-traces.js';

function reviewTrace(version: string, entry: Review): Trace {
  const input = { comment: entry.comment, signed: signedBy(entry) };
  const decide = entry.decision === 'approve' ? approve : reject;
  return {
    at: entry.at,
    by: entry.by,
    rank: ranks.review,
    sequence: 0,
    versions: [version],
    review: entry,
    candidates: [
      onVersion(entry.decision, version, (state, record, circumstance) =>
        decide(state, { version: record, ...input }, circumstance),
      ),
    ],
  };
}

function signedBy(entry: Review): SignedReview | undefined {
  return entry.statement && entry.signature !== undefined
    ? { principal: entry.by, statement: entry.statement, signature: entry.signature }
    : undefined;
}

function targetTrace(version: string, entry: TargetReview): Trace {
  const until = entry.decision === 'keep' ? undefined : entry.deprecation_target;
  return {
    at: entry.at,
    by: entry.by,
    rank: ranks.target,
    sequence: 0,
    versions: [version],
    candidates: [
      onVersion('review', version, (state, record, circumstance) =>
        review(
          state,
          { version: record, until, reason: entry.reason, triggers: entry.triggers },
          circumstance,
        ),
      ),
    ],
  };
}

function deprecationTraces(before: VersionRecord | undefined, after: VersionRecord): Trace[] {
  const [was, is] = [before?.deprecation, after.deprecation];
  if (!is) return [];
  const traces: Trace[] = [];
  // Given, taken back and given again within a second, it is another one all the same.
  const again = was?.reinstated !== undefined && is.reinstated === undefined;
  const isNew = was?.deprecated_at !== is.deprecated_at || again;
  if (isNew) {
    traces.push({
      at: is.deprecated_at,
      by: is.by,
      rank: ranks.deprecate,
      sequence: 0,
      versions: [after.version],
      candidates: [
        onVersion('deprecate', after.version, (state, record, circumstance) =>
          deprecate(
            state,
            {
              version: record,
              noticeEnds: is.notice_ends,
              successor: is.successor ?? undefined,
              noSuccessorReason: is.no_successor_reason,
              reason: is.reason,
            },
            circumstance,
          ),
        ),
      ],
    });
  }
  if (is.reinstated && (isNew || !was?.reinstated)) {
    const { at, by, reason } = is.reinstated;
    traces.push({
      at,
      by,
      rank: ranks.reinstate,
      sequence: 0,
      versions: [after.version],
      candidates: [
        onVersion('reinstate', after.version, (state, record, circumstance) =>
          reinstate(state, { version: record, reason }, circumstance),
        ),
      ],
    });
  }
  return traces;
}

function holdTraces(before: VersionRecord | undefined, after: VersionRecord): Trace[] {
  const placed = appended(before?.holds, after.holds).map((entry): Trace => ({
    at: entry.placed_at,
    by: entry.by,
    rank: ranks.hold,
    sequence: 0,
    versions: [after.version],
    candidates: [
      onVersion('hold', after.version, (state, record, circumstance) =>
        hold(state, { version: record, kind: entry.kind, reason: entry.reason }, circumstance),
      ),
    ],
  }));
  const released = new Map<string, Hold>();
  (after.holds ?? []).forEach((entry, index) => {
    if (entry.released && !before?.holds?.[index]?.released)
      released.set(`${entry.released.at} ${entry.released.by}`, entry);
  });
  const ends = [...released.values()].map(({ kind, released: end }): Trace => {
    const candidate = (only: Hold['kind'] | undefined): Candidate =>
      onVersion('release', after.version, (state, record, circumstance) =>
        release(state, { version: record, kind: only, reason: end?.reason }, circumstance),
      );
    return {
      at: end?.at ?? '',
      by: end?.by ?? '',
      rank: ranks.release,
      sequence: 0,
      versions: [after.version],
      candidates: [candidate(undefined), candidate(kind)],
    };
  });
  return [...placed, ...ends];
}

function registrationTrace(record: VersionRecord, gate: GateFacts): Trace {
  const request = record.change?.request;
  return {
    at: record.registered_at,
    by: record.registered_by,
    rank: ranks.register,
    sequence: 0,
    versions: [record.version],
    files: request === undefined ? [] : [{ kind: 'request', id: request }],
    candidates: recalledRegistration(record, gate),
  };
}

function retirementTrace(record: VersionRecord): Trace {
  return {
    at: record.retirement?.retired_at ?? '',
    by: record.retirement?.by ?? '',
    rank: ranks.retire,
    sequence: 0,
    versions: [record.version],
    candidates: [
      onVersion('retire', record.version, (state, present, circumstance) =>
        recalledRetirement(state, present, record, circumstance),
      ),
    ],
  };
}

/** Traces in the order in which they were made. */
export function inOrder(traces: readonly Trace[]): Trace[] {
  return [...traces].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || a.rank - b.rank || a.sequence - b.sequence,
  );
}

/** The transitions that lie between two states of a model's records. */
export function tracesOf(
  before: ModelState['versions'],
  after: ModelState['versions'],
  gate: GateFacts,
): Trace[] {
  const traces = trafficTraces(before, after);
  for (const [version, record] of after) {
    const was = before.get(version);
    if (was === record) continue;
    if (!was) traces.push(registrationTrace(record, gate));
    for (const entry of appended(was?.approval.reviews, record.approval.reviews))
      traces.push(reviewTrace(version, entry));
    for (const entry of appended(was?.reviews, record.reviews)) traces.push(targetTrace(version, entry));
    traces.push(...deprecationTraces(was, record), ...holdTraces(was, record));
    if (record.retirement && !was?.retirement) traces.push(retirementTrace(record));
  }
  return traces;
}
