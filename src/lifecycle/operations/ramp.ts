// ramp: a version's share of an environment goes up or down; others give or take the difference.
import type { VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { type Problem, problem } from '../problems.js';
import {
  type Share,
  currentShares,
  environmentSplit,
  isServing,
  liveTotal,
  roundShare,
  scaleShares,
} from '../rollouts.js';
import { isDeprecated, statusOf } from '../stages.js';
import { holdProblems, isHeld, statusProblem } from './preconditions.js';
import {
  type SplitPlan,
  describeSplit,
  environmentProblem,
  makeRoom,
  shareProblem,
  splitAfter,
  splitAnswer,
  splitChanges,
  splitProblem,
  statusAfter,
} from './traffic.js';

/** A new share of one environment's live traffic. */
export interface RampInput {
  version: VersionRecord;
  env: string;
  trafficPct: number;
  reason?: string | undefined;
}

function positionProblems(state: ModelState, record: VersionRecord, env: string, wanted: number): Problem[] {
  const address = `${record.model_id}@${record.version}`;
  const entry = currentShares(record).get(env);
  if (!entry || !isServing(entry)) {
    return [problem('ramp/not-there', `${address} is not in ${env}`, `mlc deploy ${address} --env ${env}`)];
  }
  if (entry.traffic_pct === 0 && wanted > 0) {
    return [
      problem(
        'ramp/in-shadow',
        `${address} is in shadow in ${env}: it takes no live traffic to ramp`,
        `mlc deploy ${address} --env ${env} --pattern canary`,
      ),
    ];
  }
  if (entry.traffic_pct === wanted && wanted > 0) {
    return [problem('ramp/same', `${address} already takes ${wanted} % of ${env}`, `mlc show ${address}`)];
  }
  if (wanted > entry.traffic_pct) {
    const held = holdProblems(state, record, 'taking more traffic');
    if (!isDeprecated(record)) return held;
    return [
      ...held,
      problem(
        'ramp/deprecated-up',
        `${address} is deprecated: its traffic only goes down (it takes ${entry.traffic_pct} %)`,
        `mlc reinstate ${address} -m REASON`,
      ),
    ];
  }
  return [];
}

/** Where freed traffic goes: to the live versions that may take more, in proportion to what they have. */
function giveBack(state: ModelState, others: readonly Share[], freed: number): Share[] {
  const receivers = others.filter((share) => {
    const record = state.versions.get(share.version) as VersionRecord;
    return share.trafficPct > 0 && !isDeprecated(record) && !isHeld(state, record);
  });
  if (freed === 0) return [];
  const scaled = scaleShares(receivers, roundShare(liveTotal(receivers) + freed));
  return receivers.map((share) => ({ ...share, trafficPct: scaled.get(share.version) ?? share.trafficPct }));
}

/** Changes a version's share. */
export function ramp(state: ModelState, input: RampInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const wrong = shareProblem(input.trafficPct, 0, 100, 'a version takes');
  if (wrong.length > 0) return refused('ramp', address, wrong);
  const before = currentShares(record).get(input.env);
  const others = environmentSplit(state.versions, input.env).filter(
    (other) => other.version !== record.version,
  );
  const freed = roundShare((before?.traffic_pct ?? 0) - input.trafficPct);
  const room = roundShare(Math.max(0, 100 - liveTotal(others) - input.trafficPct));
  const moved =
    freed > 0 ? giveBack(state, others, Math.min(freed, room)) : makeRoom(others, input.trafficPct);
  const own: Share = { version: record.version, trafficPct: input.trafficPct, mirrorPct: 0 };
  const plan: SplitPlan = {
    env: input.env,
    shares: [own, ...moved],
    pattern: rampPattern(record, input.env),
    by: actor,
    at: now,
    reason: input.reason,
  };
  const split = splitAfter(state, plan);
  const problems = [
    ...statusProblem(record, ['deployed', 'deprecated']),
    ...environmentProblem(state, input.env),
    ...positionProblems(state, record, input.env, input.trafficPct),
    // A split that a person wrote above 100 % has to be brought down somehow.
    ...(freed > 0 ? [] : splitProblem(split, input.env)),
  ];
  if (problems.length > 0) return refused('ramp', address, problems);
  const unserved = roundShare(100 - liveTotal(split));
  const gone = moved.find((share) => share.trafficPct === 0);
  return planned({
    operation: 'ramp',
    model: record.model_id,
    version: record.version,
    from: statusOf(record),
    to: statusAfter(record, input.env, input.trafficPct > 0),
    summary: `${before?.traffic_pct ?? 0} % to ${input.trafficPct} % of ${input.env}`,
    reason: input.reason,
    changes: splitChanges(state, plan),
    environment: input.env,
    supersedes: moved.map((share) => share.version),
    warnings:
      unserved > 0
        ? [
            {
              code: 'deploy/unserved',
              message: `${unserved} % of ${input.env} is served by no version${split.length > 0 ? `: ${describeSplit(split)}` : ''}`,
              hint: `mlc resolve ${record.model_id} --env ${input.env}`,
            },
          ]
        : [],
    answer: { environment: input.env, split: splitAnswer(split) },
    next: gone
      ? [`mlc deprecate ${record.model_id}@${gone.version} --successor ${record.version}`]
      : [`mlc resolve ${record.model_id} --env ${input.env}`],
  });
}

function rampPattern(record: VersionRecord, env: string): SplitPlan['pattern'] {
  const pattern = currentShares(record).get(env)?.pattern;
  return pattern === undefined || pattern === 'rollback' || pattern === 'shadow' ? 'ab' : pattern;
}
