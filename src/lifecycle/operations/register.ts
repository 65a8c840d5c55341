// register: a trained model enters the registry, if its gate passes and its lineage is complete.
import type { EvaluationDataSet, EvidenceFile, VersionRecord } from '../../generated/types.js';
import { addPeriod, dayOf } from '../dates.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { compact } from '../edits.js';
import { evaluateGate, type GateVerdict } from '../gates/evaluate.js';
import { resolvePolicy } from '../policy.js';
import { type Problem, type Warning, problem } from '../problems.js';
import { findRecurrence, judgeChange } from '../lineage.js';
import { type Results, datasetLabel } from '../results.js';
import { statusOf } from '../stages.js';
import { latestVersion, newestFirst, nextVersion } from '../versions.js';
import { answeredRequest, closing } from './answering.js';
import { agreement, baselineOf, gateProblems, selfComparison } from './gating.js';
import { type Submission, completeSubmission, submissionProblems } from './submission.js';

/** What registering is decided on. */
export interface RegisterInput {
  submission: Submission;
  /** The version it was bumped from; the newest where it is left out. */
  bumpFrom?: string | undefined;
  results?: Results | undefined;
  /** Measured again for the baseline, in place of what its record holds. */
  baselineResults?: Results | undefined;
  evidence: readonly EvidenceFile[];
  /** SHA-256 of the gate file. */
  gateDigest?: string | undefined;
  /** When the gate file was last changed in a commit. */
  gateCommittedAt?: string | undefined;
  /** When the training commit was made, where git knows it. */
  trainingCommitAt?: string | undefined;
  reason?: string | undefined;
  /** The retraining request that it answers. */
  request?: string | undefined;
}

function evaluationResults(results: Results): VersionRecord['evaluation_results'] {
  const dataset: EvaluationDataSet | string = results.dataset ?? 'unknown';
  const metrics = [
    ...results.metrics,
    ...[...results.unmeasured.keys()].map((name) => [name, 'unmeasured'] as const),
  ];
  return { evaluation_dataset: dataset, ...Object.fromEntries(metrics) };
}

function parentOf(state: ModelState, bumpFrom: string | undefined): VersionRecord | undefined {
  const version = bumpFrom ?? latestVersion(state.versions) ?? newestFirst(state.versions.keys())[0];
  return version === undefined ? undefined : state.versions.get(version);
}

function targetProblems(target: string, now: string): Problem[] {
  return target > dayOf(now)
    ? []
    : [
        problem(
          'register/target-past',
          `the deprecation target ${target} is not in the future`,
          '--deprecation-target DATE',
        ),
      ];
}

function warningsOf(verdict: GateVerdict, record: VersionRecord): Warning[] {
  const warned = verdict.checks.filter(
    (check) => check.severity === 'warn' && (check.status === 'fail' || check.status === 'error'),
  );
  const waived = verdict.checks.filter((check) => check.status === 'waived');
  return [
    ...warned.map((check) => ({ code: 'gate/warned', message: `${check.id}: ${check.formula}` })),
    ...waived.map((check) => ({
      code: 'gate/waived',
      message: `${check.id}: ${check.formula}, waived by ${check.waiver ?? ''}`,
    })),
    ...(verdict.bootstrap
      ? [{ code: 'gate/bootstrap', message: 'there is no baseline yet: held to the value checks alone' }]
      : []),
    ...(record.artifacts?.length
      ? []
      : [
          {
            code: 'register/no-artifacts',
            message: 'no artifact is named, so nothing proves what was registered',
            hint: '--artifact URI=SHA256',
          },
        ]),
  ];
}

function startProblems(startedAt: string | undefined, now: string): Problem[] {
  if (startedAt === undefined || Date.parse(startedAt) <= Date.parse(now)) return [];
  return [
    problem(
      'register/started-later',
      `the training is said to have started at ${startedAt}, and now is ${now}`,
      '--started-at TIME, in UTC',
    ),
  ];
}

function alreadyThere(state: ModelState, version: string, requested: string | undefined): Decision {
  const record = state.versions.get(version) as VersionRecord;
  const status = statusOf(record);
  const address = `${record.model_id}@${version}`;
  const ended = status === 'rejected' || status === 'retired';
  const warnings: Warning[] = ended
    ? [{ code: 'register/ended', message: `${address} is ${status}; the same inputs give the same version` }]
    : [];
  const request = requested === undefined ? undefined : state.ledger.requests.get(requested);
  if (request && !request.closed)
    warnings.push({
      code: 'register/request-open',
      message: `the request ${request.id} stays open: ${address} was there before`,
      hint: `mlc retrain ${record.model_id} --cancel ${request.id} -m REASON`,
    });
  return {
    kind: 'unchanged',
    operation: 'register',
    version,
    status,
    message: `already registered as ${version}`,
    warnings,
  };
}

/** Decides whether a model enters the registry, and as which version. */
export function register(state: ModelState, input: RegisterInput, { actor, now }: Circumstance): Decision {
  const model = state.model.model_id;
  const policy = resolvePolicy(state.config);
  const parent = parentOf(state, input.bumpFrom);
  const complete = completeSubmission(input.submission, parent, state.model);
  const recurrence =
    complete.missing.length === 0 ? findRecurrence(complete.lineage, state.versions.values()) : undefined;
  // A pipeline that runs again asks the same question again, and need not answer ours again.
  if (recurrence?.kind === 'same')
    return alreadyThere(state, recurrence.version, input.request ?? input.submission.change?.request);
  const missing = submissionProblems(complete, state.model, parent, input.results !== undefined);
  if (input.bumpFrom !== undefined && !parent) {
    missing.push(
      problem(
        'register/unknown-parent',
        `${model} has no version ${input.bumpFrom} to bump from`,
        `mlc list ${model}`,
      ),
    );
  }
  if (missing.length > 0 || !complete.change || !input.results) {
    return refused('register', `a version of ${model}`, missing);
  }

  const { change, lineage } = complete;
  const requested = input.request ?? change.request;
  const version = nextVersion(state.versions.keys(), parent?.version ?? null, change.type);
  const problems: Problem[] = [];
  if (recurrence) {
    problems.push(
      problem(
        'register/not-reproducible',
        `the same data, seed, commit and hyperparameters gave other weights than in ${model}@${recurrence.version}: the pipeline is not reproducible`,
        'find what differs (library versions, hardware, unseeded randomness), or name the hyperparameter or commit that changed',
      ),
    );
  }
  const judged = parent ? judgeChange(change.type, parent, lineage) : { problems: [], warnings: [] };
  problems.push(...judged.problems);
  const target = complete.deprecationTarget ?? addPeriod(now, policy.reviewPeriod);
  problems.push(...targetProblems(target, now), ...startProblems(lineage.training?.started_at, now));
  if (!state.gate || input.gateDigest === undefined) {
    problems.push(
      problem(
        'gate/none',
        `${model} has no evaluation gate, and nothing enters without one`,
        `write models/${model}/gate.yaml and commit it before training`,
      ),
    );
    return refused('register', `${model}@${version}`, problems);
  }
  const baseline = baselineOf(state, input.baselineResults);
  problems.push(...('problem' in baseline ? [baseline.problem] : []));
  const against = 'problem' in baseline ? undefined : baseline.baseline;
  const verdict = evaluateGate(state.gate, input.results, against, dayOf(now));
  problems.push(...gateProblems(verdict), ...selfComparison(lineage.artifacts, against, state));
  const agreed = agreement(lineage, input, policy, model);
  problems.push(...agreed.problems);
  const answered = answeredRequest(state, requested, lineage);
  problems.push(...answered.problems);
  if (problems.length > 0) return refused('register', `${model}@${version}`, problems);

  const record: VersionRecord = compact({
    schema: 'mlc/version@1' as const,
    model_id: model,
    version,
    status: 'registered' as const,
    registered_at: now,
    registered_by: actor,
    change: compact({ ...change, request: requested, from: parent?.version ?? null }),
    parent_run_id: complete.parentRunId as string,
    ...(lineage as Required<Pick<VersionRecord, 'dataset_version' | 'training_commit'>>),
    evaluation_results: evaluationResults(input.results),
    gate: compact({
      digest: input.gateDigest,
      baseline: against?.version ?? null,
      evaluated_at: now,
      verdict: verdict.verdict,
      bootstrap: verdict.bootstrap || undefined,
      agreed_in_advance: agreed.outcome,
      evidence: [...input.evidence],
      checks: verdict.checks,
    }),
    approval: { gate_passed: true, approved_by: null, approved_at: null },
    compliance: complete.compliance as VersionRecord['compliance'],
    intended_use: complete.intendedUse,
    deployment_history: [],
    deprecation_target: target,
    labels: complete.labels,
    extensions: complete.extensions,
  });
  const passed = verdict.checks.filter((check) => check.status === 'pass').length;
  return planned({
    operation: 'register',
    model,
    version,
    from: null,
    to: 'registered',
    summary: `${change.type}${parent ? ` of ${parent.version}` : ''}, gate passed on ${datasetLabel(input.results.dataset)}${requested === undefined ? '' : `, answers ${requested}`}`,
    reason: input.reason ?? change.summary,
    changes: [
      { kind: 'create-version', version, record },
      ...(requested === undefined ? [] : [closing(requested, version, { actor, now })]),
    ],
    evidence: input.evidence.map((file) => file.sha256),
    warnings: [
      ...answered.warnings,
      ...judged.warnings,
      ...agreed.warnings,
      ...warningsOf(verdict, record),
      ...complete.notes,
    ],
    answer: {
      change: change.type,
      bumped_from: parent?.version ?? null,
      baseline: against?.version ?? null,
      checks: verdict.checks,
      checks_passed: passed,
      deprecation_target: target,
      request: requested ?? null,
    },
    next: [`mlc show ${model}@${version}`, `mlc approve ${model}@${version}`],
  });
}
