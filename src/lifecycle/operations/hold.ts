// hold and release: a legal or incident hold, which blocks retiring, purging and deploying.
import type { Hold, VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { append, set } from '../edits.js';
import { count, problem } from '../problems.js';
import { openHolds, statusOf } from '../stages.js';
import { reasonProblem } from './preconditions.js';

/** A hold, or the end of one. */
export interface HoldInput {
  version: VersionRecord;
  kind?: Hold['kind'] | undefined;
  reason?: string | undefined;
}

/** Places a hold. */
export function hold(_state: ModelState, input: HoldInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const problems = reasonProblem(input.reason, 'a hold');
  if (problems.length > 0) return refused('hold', address, problems);
  const kind = input.kind ?? 'legal';
  const status = statusOf(record);
  return planned({
    operation: 'hold',
    model: record.model_id,
    version: record.version,
    from: status,
    to: status,
    summary: `${kind} hold`,
    reason: input.reason,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [append(['holds'], { kind, placed_at: now, by: actor, reason: input.reason })],
      },
    ],
    warnings: [],
    answer: { kind, open_holds: openHolds(record).length + 1 },
    next: [`mlc release ${address} -m REASON`],
  });
}

/** Releases the open holds, or those of one kind. */
export function release(_state: ModelState, input: HoldInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const holds = record.holds ?? [];
  const open = holds.flatMap((entry, index) =>
    entry.released === undefined && (input.kind === undefined || entry.kind === input.kind) ? [index] : [],
  );
  const problems = reasonProblem(input.reason, 'releasing a hold');
  if (open.length === 0) {
    const which = input.kind ? `${input.kind} hold` : 'hold';
    problems.push(
      problem('release/no-hold', `there is no open ${which} on ${address}`, `mlc show ${address}`),
    );
  }
  if (problems.length > 0) return refused('release', address, problems);
  const status = statusOf(record);
  return planned({
    operation: 'release',
    model: record.model_id,
    version: record.version,
    from: status,
    to: status,
    summary: `${count(open.length, 'hold')} released`,
    reason: input.reason,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: open.map((index) =>
          set(['holds', index, 'released'], { at: now, by: actor, reason: input.reason }),
        ),
      },
    ],
    warnings: [],
    answer: { released: open.length, open_holds: openHolds(record).length - open.length },
    next: [`mlc show ${address}`],
  });
}
