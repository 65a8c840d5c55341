// The gate as registering sees it: which baseline, whether it was agreed in advance, and what a verdict refuses.
import type { AgreedInAdvance, Artifact } from '../../generated/types.js';
import type { ModelState } from '../decisions.js';
import { formatNumber } from '../gates/bounds.js';
import type { Baseline } from '../gates/check.js';
import type { GateVerdict } from '../gates/evaluate.js';
import type { Lineage } from '../lineage.js';
import { environmentNames, type ResolvedPolicy } from '../policy.js';
import { type Problem, type Warning, problem } from '../problems.js';
import { type Results, flattenResults } from '../results.js';
import { environmentSplit } from '../rollouts.js';
import { latestVersion } from '../versions.js';
import { didYouMean } from '../similarity.js';

/** The version with most live traffic in an environment; of equals the newest. */
function servingMost(state: ModelState, env: string): string | undefined {
  const [first, ...others] = environmentSplit(state.versions, env).filter((share) => share.trafficPct > 0);
  const equals = [first, ...others].filter((share) => share?.trafficPct === first?.trafficPct);
  return equals.at(-1)?.version;
}

/**
 * The version that the gate compares with. Where nobody serves in the environment yet, it is the newest version, so that
 * only the first of a model goes without a baseline; a name that means nothing is a problem.
 */
export function baselineOf(
  state: ModelState,
  measuredAgain?: Results,
): { baseline?: Baseline | undefined } | { problem: Problem } {
  const wanted = state.gate?.baseline?.version;
  if (wanted === undefined) return {};
  const environments = environmentNames(state.config);
  const serving = environments.includes(wanted) ? servingMost(state, wanted) : undefined;
  const newest =
    wanted === 'latest' || environments.includes(wanted) ? latestVersion(state.versions) : wanted;
  const version = serving ?? newest;
  const record = version === undefined ? undefined : state.versions.get(version);
  if (record)
    return {
      baseline: {
        version: record.version,
        results: measuredAgain ?? flattenResults(record.evaluation_results),
      },
    };
  if (wanted === 'latest' || environments.includes(wanted) || state.versions.size === 0) return {};
  return {
    problem: problem(
      'gate/unknown-baseline',
      `the gate's baseline "${wanted}" is neither a version, "latest", nor an environment`,
      didYouMean(wanted, ['latest', ...environments, ...state.versions.keys()]),
    ),
  };
}

/** What a verdict refuses: every blocking check that failed or could not be measured. */
export function gateProblems(verdict: GateVerdict): Problem[] {
  const blocking = verdict.checks.filter((check) => check.severity !== 'warn');
  return [
    ...verdict.problems,
    ...blocking
      .filter((check) => check.status === 'fail')
      .map((check) =>
        problem(
          'gate/failed',
          `gate check ${check.id} failed: ${check.metric} is ${formatNumber(check.value)}, and has to be ${check.limit} (${check.formula})`,
          'train a better model, or have the gate changed before the next training; a waiver in gate.yaml names who lets it through and until when',
        ),
      ),
    ...blocking
      .filter((check) => check.status === 'error')
      .map((check) =>
        problem(
          'gate/unmeasured',
          `gate check ${check.id} could not be decided: ${check.formula}`,
          'measure it and hand in the results; a metric that may be missing says "on_missing: skip" in gate.yaml',
        ),
      ),
  ];
}

/** Refuses a candidate that is its own baseline: it would pass every regression check. */
export function selfComparison(
  artifacts: readonly Artifact[] | undefined,
  baseline: Baseline | undefined,
  state: ModelState,
): Problem[] {
  const digests = (list: readonly Artifact[] | undefined): string =>
    [...new Set((list ?? []).map((artifact) => artifact.sha256))].sort().join();
  if (!baseline || !artifacts?.length) return [];
  if (digests(artifacts) !== digests(state.versions.get(baseline.version)?.artifacts)) return [];
  return [
    problem(
      'gate/compared-with-itself',
      `the candidate has the artifacts of its baseline ${baseline.version}: a model compared with itself proves nothing`,
      'hand in the digests of the candidate',
    ),
  ];
}

interface TrainingTimes {
  gateCommittedAt?: string | undefined;
  trainingCommitAt?: string | undefined;
}

/**
 * Whether the gate was agreed before the training: its last change has to be committed before the training started. The
 * start is `training.started_at`, else the date of the training commit, else unknown; what is unknown is never refused.
 */
export function agreement(
  lineage: Lineage,
  times: TrainingTimes,
  policy: ResolvedPolicy,
  model: string,
): { outcome: AgreedInAdvance; problems: Problem[]; warnings: Warning[] } {
  const startedAt = lineage.training?.started_at;
  const trainingAt = startedAt ?? times.trainingCommitAt ?? null;
  const basis = startedAt ? 'training.started_at' : times.trainingCommitAt ? 'training_commit' : 'unknown';
  const outcome = (answer: AgreedInAdvance['answer']): AgreedInAdvance => ({
    answer,
    gate_committed_at: times.gateCommittedAt ?? null,
    training_at: trainingAt,
    basis,
  });
  if (trainingAt === null || times.gateCommittedAt === undefined) {
    const message =
      trainingAt === null
        ? 'the start of the training is not known, so nothing shows that the gate was agreed before it'
        : 'nothing shows when the gate was committed';
    return {
      outcome: outcome('unknown'),
      problems: [],
      warnings: [{ code: 'gate/agreement-unknown', message, hint: '--started-at TIME' }],
    };
  }
  if (Date.parse(times.gateCommittedAt) <= Date.parse(trainingAt))
    return { outcome: outcome('yes'), problems: [], warnings: [] };
  const message = `the gate was changed at ${times.gateCommittedAt}, after the training began at ${trainingAt} (${basis})`;
  if (policy.agreedInAdvance === 'warn')
    return {
      outcome: outcome('no'),
      problems: [],
      warnings: [{ code: 'gate/not-agreed-in-advance', message }],
    };
  return {
    outcome: outcome('no'),
    problems: [
      problem(
        'gate/not-agreed-in-advance',
        message,
        `train again under this gate, or go back to the gate that was agreed: git log models/${model}/gate.yaml`,
      ),
    ],
    warnings: [],
  };
}
