// review: a dated look at how long a version should live, which keeps or moves its deprecation target.
import type { TargetReview, VersionRecord } from '../../generated/types.js';
import { dayOf, isDay } from '../dates.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { append, compact, set } from '../edits.js';
import { problem } from '../problems.js';
import { statusOf } from '../stages.js';
import { reasonProblem, statusProblem } from './preconditions.js';

/** The outcome of a review: a new target, or none to keep the old one. */
export interface TargetReviewInput {
  version: VersionRecord;
  until?: string | undefined;
  reason?: string | undefined;
  /** The open triggers that it answers; where it is left out, a reason is given and the target is kept: all but duties. */
  triggers?: TargetReview['triggers'] | undefined;
}

/** Records a review. */
export function review(_state: ModelState, input: TargetReviewInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const { until } = input;
  const problems = statusProblem(record, ['registered', 'approved', 'deployed', 'deprecated']);
  if (until !== undefined) {
    if (!isDay(until)) problems.push(problem('date/form', `"${until}" is not a day`, 'write YYYY-MM-DD'));
    else if (until < dayOf(now))
      problems.push(
        problem(
          'review/past',
          `${until} is over: today is ${dayOf(now)}`,
          `retire it instead: mlc deprecate ${address}`,
        ),
      );
    problems.push(...reasonProblem(input.reason, 'a new deprecation target'));
  } else if (input.triggers) problems.push(...reasonProblem(input.reason, 'answering a trigger'));
  if (problems.length > 0) return refused('review', address, problems);
  const target = until ?? record.deprecation_target;
  const entry: TargetReview = compact({
    at: now,
    by: actor,
    decision: until === undefined ? ('keep' as const) : ('retarget' as const),
    reason: input.reason,
    triggers: input.triggers,
    previous_target: record.deprecation_target,
    deprecation_target: target,
  });
  const passed = target < dayOf(now);
  return planned({
    operation: 'review',
    model: record.model_id,
    version: record.version,
    from: statusOf(record),
    to: statusOf(record),
    summary:
      until === undefined ? `target kept at ${target}` : `target ${record.deprecation_target} to ${target}`,
    reason: input.reason,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [
          append(['reviews'], entry),
          ...(until === undefined ? [] : [set(['deprecation_target'], target)]),
        ],
      },
    ],
    warnings: passed
      ? [
          {
            code: 'review/target-passed',
            message: `the target ${target} is already over`,
            hint: `mlc review ${address} --until DATE -m REASON, or mlc deprecate ${address}`,
          },
        ]
      : [],
    answer: { previous_target: record.deprecation_target, deprecation_target: target },
    next: [`mlc show ${address}`],
  });
}
