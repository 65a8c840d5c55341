// deploy: a version begins to take an environment's traffic, by a pattern that fits the change.
import type { VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { resolvePolicy, riskClassOf, type ResolvedPolicy } from '../policy.js';
import { type Problem, count, problem } from '../problems.js';
import {
  type Share,
  currentShares,
  environmentSplit,
  isServing,
  liveTotal,
  roundShare,
  shadowDays,
} from '../rollouts.js';
import { statusOf } from '../stages.js';
import { isMajor } from '../versions.js';
import { type DeployInput, type Pattern, choosePattern, trafficOf } from './patterns.js';
import { holdProblems, statusProblem } from './preconditions.js';
import {
  type SplitPlan,
  describeSplit,
  environmentProblem,
  makeRoom,
  splitAfter,
  splitAnswer,
  splitChanges,
  splitProblem,
} from './traffic.js';

function alreadyThere(record: VersionRecord, env: string, pattern: Pattern): Problem[] {
  const entry = currentShares(record).get(env);
  if (!entry || !isServing(entry)) return [];
  const address = `${record.model_id}@${record.version}`;
  if (entry.traffic_pct > 0) {
    return [
      problem(
        'deploy/already-live',
        `${address} already takes ${entry.traffic_pct} % of ${env}`,
        `change its share: mlc ramp ${address} --env ${env} --traffic PCT`,
      ),
    ];
  }
  return pattern === 'shadow'
    ? [
        problem(
          'deploy/already-live',
          `${address} is already in shadow in ${env}`,
          `give it live traffic: mlc deploy ${address} --env ${env} --pattern canary`,
        ),
      ]
    : [];
}

function shadowProblems(
  state: ModelState,
  record: VersionRecord,
  share: Share,
  policy: ResolvedPolicy,
  now: string,
): Problem[] {
  if (share.trafficPct === 0 || !isMajor(record) || riskClassOf(state.model, record) !== 'high') return [];
  const days = shadowDays(record, now);
  if (days >= policy.shadowDays) return [];
  const address = `${record.model_id}@${record.version}`;
  return [
    problem(
      'deploy/shadow-first',
      `${record.model_id} is high-risk and ${record.version} is a MAJOR version: it needs ${count(policy.shadowDays, 'day')} of shadow before live traffic, and has ${Math.floor(days * 10) / 10}`,
      `mlc deploy ${address} --env ENVIRONMENT --pattern shadow`,
    ),
  ];
}

function nextCommands(
  address: string,
  input: DeployInput,
  pattern: Pattern,
  gone: readonly string[],
): string[] {
  const model = input.version.model_id;
  const next: string[] = [];
  if (pattern === 'shadow') next.push(`mlc deploy ${address} --env ${input.env} --pattern canary`);
  if (pattern === 'canary') next.push(`mlc ramp ${address} --env ${input.env} --traffic 50`);
  if (pattern !== 'shadow') next.push(`mlc rollback ${model} --env ${input.env}`);
  const [old] = gone;
  if (old !== undefined) next.push(`mlc deprecate ${model}@${old} --successor ${input.version.version}`);
  return next;
}

/** Deploys a version: its record and those of the versions that give it traffic change together. */
export function deploy(state: ModelState, input: DeployInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const policy = resolvePolicy(state.config);
  const { pattern, why } = choosePattern(input);
  const { share, problems: trafficProblems } = trafficOf(pattern, input, policy);
  const others = environmentSplit(state.versions, input.env).filter(
    (other) => other.version !== record.version,
  );
  const givers = share.trafficPct > 0 ? makeRoom(others, share.trafficPct) : [];
  const plan: SplitPlan = {
    env: input.env,
    shares: [share, ...givers],
    pattern,
    by: actor,
    at: now,
    reason: input.reason,
  };
  const split = splitAfter(state, plan);
  const problems = [
    ...statusProblem(record, ['approved', 'deployed']),
    ...environmentProblem(state, input.env),
    ...holdProblems(state, record, 'deploying'),
    ...alreadyThere(record, input.env, pattern),
    ...trafficProblems,
    ...shadowProblems(state, record, share, policy, now),
    ...splitProblem(split, input.env),
  ];
  if (problems.length > 0) return refused('deploy', address, problems);
  const gone = givers.filter((giver) => giver.trafficPct === 0).map((giver) => giver.version);
  const unserved = roundShare(100 - liveTotal(split));
  return planned({
    operation: 'deploy',
    model: record.model_id,
    version: record.version,
    from: statusOf(record),
    to: 'deployed',
    summary: `${pattern} in ${input.env}, ${pattern === 'shadow' ? `mirrors ${share.mirrorPct} %` : `${share.trafficPct} % of traffic`}`,
    reason: input.reason,
    changes: splitChanges(state, plan),
    environment: input.env,
    supersedes: givers.map((giver) => giver.version),
    warnings:
      share.trafficPct > 0 && unserved > 0
        ? [
            {
              code: 'deploy/unserved',
              message: `${unserved} % of ${input.env} is served by no version: ${describeSplit(split)}`,
              hint: `mlc ramp ${address} --env ${input.env} --traffic 100`,
            },
          ]
        : [],
    answer: {
      environment: input.env,
      pattern,
      ...(why ? { pattern_because: why } : {}),
      split: splitAnswer(split),
      took_from: givers.map((giver) => giver.version),
    },
    next: nextCommands(address, input, pattern, gone),
  });
}
