// approve and reject: an approver who did not register the version reviews it.
import type { Review } from '../../generated/types.js';
import { type SignedReview, approvers, policyProblems, reviewerProblems } from '../approvals.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { append, compact, set } from '../edits.js';
import { distinctPeople } from '../people.js';
import { approvalsNeeded, resolvePolicy, riskClassOf } from '../policy.js';
import { count, problem } from '../problems.js';
import type { VersionRecord } from '../../generated/types.js';
import { reasonProblem, statusProblem } from './preconditions.js';

/** What a reviewer says. */
export interface ReviewInput {
  version: VersionRecord;
  comment?: string | undefined;
  /** Set where the review is signed: then the reviewer is whose key it was, whoever commits it. */
  signed?: SignedReview | undefined;
}

function reviewOf(input: ReviewInput, by: string, at: string, decision: Review['decision']): Review {
  const { comment, signed } = input;
  return compact({ by, at, decision, comment, statement: signed?.statement, signature: signed?.signature });
}

/** Approves a version. Where the risk class asks for several approvals, the version waits for the last. */
export function approve(state: ModelState, input: ReviewInput, { actor, now }: Circumstance): Decision {
  const { version: record, signed } = input;
  const address = `${record.model_id}@${record.version}`;
  const reviewer = signed?.principal ?? actor;
  const problems = [
    ...statusProblem(record, ['registered']),
    ...reviewerProblems(reviewer, state.model, record),
    ...policyProblems(reviewer, signed, state.config),
  ];
  if (!record.approval.gate_passed) {
    problems.push(
      problem(
        'approval/gate-not-passed',
        `${address} did not pass its gate`,
        `reject it: mlc reject ${address} -m REASON`,
      ),
    );
  }
  if (problems.length > 0) return refused('approve', address, problems);
  const needed = approvalsNeeded(resolvePolicy(state.config), riskClassOf(state.model, record));
  const people = distinctPeople([...approvers(record), reviewer]);
  const enough = people.length >= needed;
  const review = reviewOf(input, reviewer, now, 'approve');
  const outstanding = needed - people.length;
  return planned({
    operation: 'approve',
    model: record.model_id,
    version: record.version,
    from: 'registered',
    to: enough ? 'approved' : 'registered',
    summary: enough
      ? `approved by ${people.length === 1 ? reviewer : count(people.length, 'approver')}`
      : `approval ${people.length} of ${needed}`,
    reason: input.comment,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [
          append(['approval', 'reviews'], review),
          ...(enough
            ? [
                set(['status'], 'approved'),
                set(['approval', 'approved_by'], people.length === 1 ? reviewer : people),
                set(['approval', 'approved_at'], now),
              ]
            : []),
        ],
      },
    ],
    warnings: enough
      ? []
      : [
          {
            code: 'approval/outstanding',
            message: `${count(outstanding, 'more approval')} needed before it can be deployed`,
            hint: `ask another approver to run: mlc approve ${address}`,
          },
        ],
    answer: { approvals: people, approvals_needed: needed, level: signed ? 'signed' : 'claimed' },
    next: enough
      ? [`mlc deploy ${address} --env ${state.config.environments.at(-1)?.name ?? 'production'}`]
      : [`mlc approve ${address}`],
  });
}

/** Rejects a version, for good. */
export function reject(state: ModelState, input: ReviewInput, { actor, now }: Circumstance): Decision {
  const { version: record, signed } = input;
  const address = `${record.model_id}@${record.version}`;
  const reviewer = signed?.principal ?? actor;
  const problems = [
    ...statusProblem(record, ['registered']),
    ...reviewerProblems(reviewer, state.model, record).filter((found) => found.code !== 'approval/twice'),
    ...policyProblems(reviewer, signed, state.config),
    ...reasonProblem(input.comment, 'a rejection'),
  ];
  if (problems.length > 0) return refused('reject', address, problems);
  const review = reviewOf(input, reviewer, now, 'reject');
  return planned({
    operation: 'reject',
    model: record.model_id,
    version: record.version,
    from: 'registered',
    to: 'rejected',
    summary: `rejected by ${reviewer}`,
    reason: input.comment,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [append(['approval', 'reviews'], review), set(['status'], 'rejected')],
      },
    ],
    warnings: [],
    next: [`mlc register ${record.model_id} --help`],
  });
}
