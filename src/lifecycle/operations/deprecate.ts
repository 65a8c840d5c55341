// deprecate and reinstate: notice that a version will be retired, and taking that back.
import type { Deprecation, VersionRecord } from '../../generated/types.js';
import { addDays, dayOf, isDay } from '../dates.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { applyEdits, compact, set } from '../edits.js';
import { resolvePolicy } from '../policy.js';
import { type Problem, count, problem } from '../problems.js';
import { servingEnvironments } from '../rollouts.js';
import { didYouMean } from '../similarity.js';
import { impliedStatus, isFinal, statusOf } from '../stages.js';
import { newestFirst } from '../versions.js';
import { reasonProblem, statusProblem } from './preconditions.js';

/** A deprecation: until when the notice runs, and what comes after. */
export interface DeprecateInput {
  version: VersionRecord;
  /** The last day of the notice; policy decides where it is left out. */
  noticeEnds?: string | undefined;
  successor?: string | undefined;
  noSuccessorReason?: string | undefined;
  reason?: string | undefined;
}

function successorProblems(state: ModelState, record: VersionRecord, input: DeprecateInput): Problem[] {
  const address = `${record.model_id}@${record.version}`;
  const { successor, noSuccessorReason } = input;
  if (successor !== undefined && noSuccessorReason !== undefined) {
    return [
      problem(
        'input/successor',
        'there is a successor or a reason why there is none, not both',
        '--successor VERSION or --without-successor REASON',
      ),
    ];
  }
  if (successor === undefined) {
    if (noSuccessorReason?.trim()) return [];
    return [
      problem(
        'deprecate/no-successor',
        `nothing says what takes the place of ${address}`,
        `--successor VERSION, or --without-successor REASON; if there is none yet, set an earlier review date: mlc review ${address} --until DATE -m REASON`,
      ),
    ];
  }
  const next = state.versions.get(successor);
  if (!next)
    return [
      problem(
        'deprecate/unknown-successor',
        `${record.model_id} has no version ${successor}`,
        didYouMean(successor, newestFirst(state.versions.keys())),
      ),
    ];
  if (successor === record.version)
    return [problem('deprecate/own-successor', `${address} cannot succeed itself`, '--successor VERSION')];
  const status = statusOf(next);
  if (isFinal(status) || status === 'deprecated') {
    return [
      problem(
        'deprecate/successor-gone',
        `${record.model_id}@${successor} is ${status} and cannot take over`,
        `mlc list ${record.model_id}`,
      ),
    ];
  }
  return [];
}

/** Gives notice. */
export function deprecate(state: ModelState, input: DeprecateInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const { noticeDays } = resolvePolicy(state.config);
  const earliest = addDays(now, noticeDays);
  const noticeEnds = input.noticeEnds ?? earliest;
  const problems = [
    ...statusProblem(record, ['registered', 'approved', 'deployed']),
    ...successorProblems(state, record, input),
  ];
  if (!isDay(noticeEnds)) {
    problems.push(problem('date/form', `"${noticeEnds}" is not a day`, 'write YYYY-MM-DD'));
  } else if (noticeEnds < earliest) {
    problems.push(
      problem(
        'deprecate/notice-too-short',
        `notice until ${noticeEnds} is less than the ${count(noticeDays, 'day')} that policy asks for: ${earliest} is the earliest`,
        `--notice-until ${earliest}; where law or an incident forbids waiting: mlc retire ${address} --withdraw`,
      ),
    );
  }
  if (problems.length > 0) return refused('deprecate', address, problems);
  const deprecation: Deprecation = compact({
    deprecated_at: now,
    by: actor,
    reason: input.reason,
    notice_ends: noticeEnds,
    successor: input.successor ?? null,
    no_successor_reason: input.noSuccessorReason,
  });
  const serving = servingEnvironments(record);
  return planned({
    operation: 'deprecate',
    model: record.model_id,
    version: record.version,
    from: statusOf(record),
    to: 'deprecated',
    summary: `notice until ${noticeEnds}, ${input.successor ? `successor ${input.successor}` : 'no successor'}`,
    reason: input.reason,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [
          set(['status'], 'deprecated'),
          set(['deprecation'], deprecation),
          ...(record.deprecation_target > noticeEnds ? [set(['deprecation_target'], noticeEnds)] : []),
        ],
      },
    ],
    warnings:
      serving.length > 0
        ? [
            {
              code: 'deprecate/still-serving',
              message: `${address} still serves in ${serving.join(', ')}`,
              hint: `move its traffic before the notice ends: mlc ramp ${address} --env ${serving[0]} --traffic 0`,
            },
          ]
        : [],
    answer: { notice_ends: noticeEnds, successor: input.successor ?? null, owner: state.model.owner },
    next: [`mlc show ${address} --notice`, `mlc retire ${address} --help`],
  });
}

/** Takes a deprecation back: the version is again what its reviews and its traffic make it. */
export function reinstate(
  _state: ModelState,
  input: { version: VersionRecord; reason?: string | undefined },
  { actor, now }: Circumstance,
): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const problems = [...statusProblem(record, ['deprecated']), ...reasonProblem(input.reason, 'reinstating')];
  if (!record.deprecation)
    problems.push(
      problem(
        'reinstate/no-deprecation',
        `the record of ${address} holds no deprecation to take back`,
        'mend the record by hand: give it a "deprecation" or another status',
      ),
    );
  if (problems.length > 0) return refused('reinstate', address, problems);
  const edit = set(['deprecation', 'reinstated'], { at: now, by: actor, reason: input.reason });
  const status = impliedStatus(applyEdits(record, [edit]));
  const passed = record.deprecation_target < dayOf(now);
  return planned({
    operation: 'reinstate',
    model: record.model_id,
    version: record.version,
    from: 'deprecated',
    to: status,
    summary: `deprecation of ${dayOf(record.deprecation?.deprecated_at ?? now)} taken back`,
    reason: input.reason,
    changes: [{ kind: 'edit-version', version: record.version, edits: [set(['status'], status), edit] }],
    warnings: [
      {
        code: 'reinstate/target',
        message: `its deprecation target is ${passed ? 'over' : 'still'}: ${record.deprecation_target}`,
        hint: `mlc review ${address} --until DATE -m REASON`,
      },
    ],
    next: [`mlc review ${address} --until DATE -m REASON`],
  });
}
