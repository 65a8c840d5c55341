// Changes of an environment's split: what each version's record gets when shares are given and taken.
import compare from 'semver/functions/compare.js';
import type { Deployment, VersionRecord } from '../../generated/types.js';
import type { Change, ModelState } from '../decisions.js';
import { append, compact, set } from '../edits.js';
import { type Problem, listOf, problem } from '../problems.js';
import {
  type Share,
  environmentSplit,
  isServing,
  liveTotal,
  nextSequence,
  currentShares,
  roundShare,
  scaleShares,
} from '../rollouts.js';
import { didYouMean } from '../similarity.js';
import { type Status, statusByTraffic, statusOf } from '../stages.js';
import { environmentNames } from '../policy.js';

/** A new split of one environment, and what is said of it in each record. */
export interface SplitPlan {
  env: string;
  /** The share of every version that changes; zero where it leaves. */
  shares: readonly Share[];
  pattern: NonNullable<Deployment['pattern']>;
  by: string;
  at: string;
  reason?: string | undefined;
}

/** Refuses an environment that mlc.yaml does not list. */
export function environmentProblem(state: ModelState, env: string): Problem[] {
  const known = environmentNames(state.config);
  if (known.includes(env)) return [];
  return [
    problem(
      'deploy/unknown-environment',
      `there is no environment "${env}" in mlc.yaml`,
      didYouMean(env, known),
    ),
  ];
}

/** Refuses a share that is not between two bounds, or finer than records hold. */
export function shareProblem(share: number, minimum: number, maximum: number, what: string): Problem[] {
  if (Number.isFinite(share) && share >= minimum && share <= maximum && roundShare(share) === share)
    return [];
  return [
    problem(
      'deploy/traffic',
      `${what} ${minimum} to ${maximum} %, in steps of 0.01; ${share} % was asked for`,
      `--traffic ${Math.min(maximum, Math.max(minimum, Math.round(share) || minimum))}`,
    ),
  ];
}

/** The status of a version after a change of its share in one environment. */
export function statusAfter(record: VersionRecord, env: string, serving: boolean): Status {
  const elsewhere = [...currentShares(record)].some(([name, entry]) => name !== env && isServing(entry));
  return statusByTraffic(record, serving || elsewhere);
}

/** The record changes of a new split: one entry for each version whose share changes, and its status where that does. */
export function splitChanges(state: ModelState, plan: SplitPlan): Change[] {
  const sequence = nextSequence(state.versions, plan.env);
  return plan.shares.map((share) => {
    const record = state.versions.get(share.version) as VersionRecord;
    const entry: Deployment = compact({
      env: plan.env,
      deployed_at: plan.at,
      traffic_pct: share.trafficPct,
      mirror_pct: share.mirrorPct > 0 ? share.mirrorPct : undefined,
      pattern: plan.pattern,
      by: plan.by,
      reason: plan.reason,
      sequence,
    });
    const status = statusAfter(record, plan.env, share.trafficPct > 0 || share.mirrorPct > 0);
    return {
      kind: 'edit-version',
      version: share.version,
      edits: [
        append(['deployment_history'], entry),
        ...(status === statusOf(record) && record.status ? [] : [set(['status'], status)]),
      ],
    };
  });
}

/** The split after a plan. */
export function splitAfter(state: ModelState, plan: SplitPlan): Share[] {
  const after = new Map(environmentSplit(state.versions, plan.env).map((share) => [share.version, share]));
  for (const share of plan.shares) after.set(share.version, share);
  return [...after.values()]
    .filter((share) => share.trafficPct > 0 || share.mirrorPct > 0)
    .sort((a, b) => b.trafficPct - a.trafficPct || compare(a.version, b.version));
}

/** Refuses a split of more than 100 %, which no router can serve. */
export function splitProblem(split: readonly Share[], env: string): Problem[] {
  const total = liveTotal(split);
  if (total <= 100) return [];
  return [
    problem(
      'deploy/over-100',
      `the live split of ${env} would come to ${total} %: ${describeSplit(split)}`,
      'lower a share with mlc ramp',
    ),
  ];
}

/** A split in a sentence: `1.1.0 95 %, 2.0.0 5 %`. */
export function describeSplit(split: readonly Share[]): string {
  return listOf(
    split.map(
      (share) =>
        `${share.version} ${share.trafficPct} %${share.mirrorPct > 0 ? ` (mirrors ${share.mirrorPct} %)` : ''}`,
    ),
  );
}

/** A split as answers hold it. */
export function splitAnswer(
  split: readonly Share[],
): { version: string; traffic_pct: number; mirror_pct: number }[] {
  return split.map((share) => ({
    version: share.version,
    traffic_pct: share.trafficPct,
    mirror_pct: share.mirrorPct,
  }));
}

/** The shares of others, so that the split stays at 100 % or below: each gives in proportion to what it has. */
export function makeRoom(others: readonly Share[], wanted: number): Share[] {
  const total = liveTotal(others);
  const excess = roundShare(Math.max(0, total + wanted - 100));
  if (excess === 0) return [];
  const scaled = scaleShares(others, roundShare(total - excess));
  return others
    .map((share) => ({ ...share, trafficPct: scaled.get(share.version) ?? share.trafficPct }))
    .filter(
      (share) => share.trafficPct !== others.find((other) => other.version === share.version)?.trafficPct,
    );
}
