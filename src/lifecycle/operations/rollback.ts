// rollback: an environment goes back to the split it had before its last change.
import type { VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { type Problem, problem } from '../problems.js';
import { type Share, environmentSplit, previousSplit } from '../rollouts.js';
import { isDeprecated, isFinal, statusOf } from '../stages.js';
import { holdProblems } from './preconditions.js';
import {
  type SplitPlan,
  describeSplit,
  environmentProblem,
  splitAfter,
  splitAnswer,
  splitChanges,
  statusAfter,
} from './traffic.js';

/** Which environment goes back. */
export interface RollbackInput {
  env: string;
  reason?: string | undefined;
}

function receiverProblems(state: ModelState, share: Share): Problem[] {
  const record = state.versions.get(share.version) as VersionRecord;
  const address = `${record.model_id}@${record.version}`;
  const wayOut = `deploy another version: mlc list ${record.model_id}`;
  if (isFinal(statusOf(record))) {
    return [
      problem(
        'rollback/gone',
        `the earlier split gives traffic to ${address}, which is ${statusOf(record)}`,
        wayOut,
      ),
    ];
  }
  if (isDeprecated(record)) {
    return [
      problem(
        'rollback/deprecated-up',
        `the earlier split gives traffic to ${address}, which is deprecated`,
        `mlc reinstate ${address} -m REASON, then roll back`,
      ),
    ];
  }
  return holdProblems(state, record, 'rolling back to it');
}

/** Restores the earlier split of an environment. */
export function rollback(state: ModelState, input: RollbackInput, { actor, now }: Circumstance): Decision {
  const model = state.model.model_id;
  const present = environmentSplit(state.versions, input.env);
  const target = previousSplit(state.versions, input.env);
  const unknown = environmentProblem(state, input.env);
  if (unknown.length > 0 || !target) {
    const none = problem(
      'rollback/nothing-earlier',
      `${input.env} of ${model} had no earlier split to go back to`,
      `mlc history ${model}`,
    );
    return refused('rollback', `${model} in ${input.env}`, unknown.length > 0 ? unknown : [none]);
  }
  const share = (split: readonly Share[], version: string): Share =>
    split.find((entry) => entry.version === version) ?? { version, trafficPct: 0, mirrorPct: 0 };
  const versions = new Set([...present, ...target].map((entry) => entry.version));
  const changed = [...versions].filter((version) => {
    const [a, b] = [share(present, version), share(target, version)];
    return a.trafficPct !== b.trafficPct || a.mirrorPct !== b.mirrorPct;
  });
  const rising = changed.filter(
    (version) =>
      share(target, version).trafficPct > share(present, version).trafficPct ||
      (target.some((entry) => entry.version === version) &&
        !present.some((entry) => entry.version === version)),
  );
  const problems = rising.flatMap((version) => receiverProblems(state, share(target, version)));
  if (problems.length > 0) return refused('rollback', `${model} in ${input.env}`, problems);
  const loss = (version: string): number =>
    share(present, version).trafficPct -
    share(target, version).trafficPct +
    (share(present, version).mirrorPct - share(target, version).mirrorPct) / 1000;
  const taken = [...changed].sort((a, b) => loss(b) - loss(a))[0];
  const record = taken === undefined ? undefined : state.versions.get(taken);
  if (!record) {
    return refused('rollback', `${model} in ${input.env}`, [
      problem(
        'rollback/nothing-earlier',
        `the earlier split of ${input.env} is the present one`,
        `mlc history ${model}`,
      ),
    ]);
  }
  const plan: SplitPlan = {
    env: input.env,
    shares: changed.map((version) => share(target, version)),
    pattern: 'rollback',
    by: actor,
    at: now,
    reason: input.reason,
  };
  const left = share(target, record.version);
  return planned({
    operation: 'rollback',
    model,
    version: record.version,
    from: statusOf(record),
    to: statusAfter(record, input.env, left.trafficPct > 0 || left.mirrorPct > 0),
    summary: `${input.env} back to ${describeSplit(target)}`,
    reason: input.reason,
    changes: splitChanges(state, plan),
    environment: input.env,
    supersedes: changed.filter((version) => version !== record.version),
    warnings: input.reason
      ? []
      : [
          {
            code: 'rollback/no-reason',
            message: 'the record does not say why',
            hint: 'next time: -m REASON',
          },
        ],
    answer: { environment: input.env, split: splitAnswer(splitAfter(state, plan)) },
    next: [`mlc resolve ${model} --env ${input.env}`, `mlc history ${model}`],
  });
}
