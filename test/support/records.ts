// Records in memory: a valid version, model, gate and configuration to vary, and a state that decisions are applied to.
import type {
  Artifact,
  Deployment,
  EvaluationGate,
  Model,
  RegistryConfiguration,
  VersionRecord,
} from '../../src/generated/types.js';
import { carriedOut as stateAfter } from '../../src/lifecycle/carried-out.js';
import type { Decision, ModelState, Plan } from '../../src/lifecycle/decisions.js';
import { emptyLedger } from '../../src/lifecycle/ledger.js';

export const ada = 'Ada Lovelace <ada@example.com>';
export const grace = 'Grace Hopper <grace@example.com>';
export const edsger = 'Edsger Dijkstra <edsger@example.com>';
export const alan = 'Alan Turing <alan@example.com>';

/** A digest that a test can tell from others: `sha('a')`. */
export function sha(digit: string): string {
  return digit.repeat(64);
}

/** Someone who acts at a moment; the day alone means its morning. */
export function acting(actor: string, when = '2026-06-01'): { actor: string; now: string } {
  return { actor, now: when.length === 10 ? `${when}T09:00:00Z` : when };
}

export function weights(digit: string): Artifact {
  return { uri: `s3://models/${digit}.bin`, sha256: sha(digit), kind: 'weights' };
}

export function prompt(digit: string): Artifact {
  return { uri: `s3://prompts/${digit}.txt`, sha256: sha(digit), kind: 'prompt' };
}

/** A version that grace approved and that serves nowhere. */
export function approved(version = '1.0.0', changes: Partial<VersionRecord> = {}): VersionRecord {
  return {
    schema: 'mlc/version@1',
    model_id: 'churn',
    version,
    status: 'approved',
    registered_at: '2026-01-10T09:00:00Z',
    registered_by: ada,
    change: { type: version === '1.0.0' ? 'architecture' : 'retraining', from: null },
    parent_run_id: 'mlflow:run-1',
    dataset_version: 'train@v1',
    training_commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
    training: { seed: 7, hyperparameters: { depth: 3 } },
    artifacts: [weights('a')],
    evaluation_results: { evaluation_dataset: 'churn-golden@v1', accuracy: 0.93 },
    approval: {
      gate_passed: true,
      approved_by: grace,
      approved_at: '2026-01-11T09:00:00Z',
      reviews: [{ by: grace, at: '2026-01-11T09:00:00Z', decision: 'approve' }],
    },
    compliance: { gdpr_status: 'done', eu_ai_act_risk_class: 'limited', soc2_evidence_id: null },
    deployment_history: [],
    deprecation_target: '2027-01-10',
    ...changes,
  };
}

/** A version whose review is outstanding. */
export function registered(version = '1.0.0', changes: Partial<VersionRecord> = {}): VersionRecord {
  const approval = { gate_passed: true, approved_by: null, approved_at: null };
  return approved(version, { status: 'registered', approval, ...changes });
}

/** One entry of a deployment history. */
export function entry(env: string, trafficPct: number, changes: Partial<Deployment> = {}): Deployment {
  return { env, deployed_at: '2026-02-01T09:00:00Z', traffic_pct: trafficPct, ...changes };
}

/** A version that takes live traffic in production. */
export function serving(
  version: string,
  trafficPct: number,
  changes: Partial<VersionRecord> = {},
): VersionRecord {
  return approved(version, {
    status: 'deployed',
    deployment_history: [entry('production', trafficPct, { sequence: 1 })],
    ...changes,
  });
}

/** A version whose notice ran until 1 May 2026, succeeded by 2.0.0. */
export function deprecated(version = '1.0.0', changes: Partial<VersionRecord> = {}): VersionRecord {
  return approved(version, {
    status: 'deprecated',
    deprecation: {
      deprecated_at: '2026-03-01T09:00:00Z',
      by: grace,
      notice_ends: '2026-05-01',
      successor: '2.0.0',
    },
    ...changes,
  });
}

export function retired(version = '1.0.0', changes: Partial<VersionRecord> = {}): VersionRecord {
  const retirement = { retired_at: '2026-05-02T09:00:00Z', by: grace, reason: 'superseded' };
  return deprecated(version, { status: 'retired', retirement, ...changes });
}

export function rejected(version = '1.0.0', changes: Partial<VersionRecord> = {}): VersionRecord {
  const reviews = [{ by: grace, at: '2026-01-11T09:00:00Z', decision: 'reject' as const, comment: 'no' }];
  const approval = { gate_passed: true, approved_by: null, approved_at: null, reviews };
  return approved(version, { status: 'rejected', approval, ...changes });
}

/** An open hold, as a part of a record. */
export function onHold(kind: 'legal' | 'incident' = 'legal'): Pick<VersionRecord, 'holds'> {
  return { holds: [{ kind, placed_at: '2026-05-20T09:00:00Z', by: alan, reason: 'inquiry' }] };
}

export function modelOf(changes: Partial<Model> = {}): Model {
  return {
    schema: 'mlc/model@1',
    model_id: 'churn',
    title: 'Churn',
    owner: alan,
    intended_use: { tasks: ['rank customers'] },
    eu_ai_act_risk_class: 'limited',
    approvers: [grace, edsger, ada],
    ...changes,
  };
}

export function gateOf(changes: Partial<EvaluationGate> = {}): EvaluationGate {
  return {
    schema: 'mlc/gate@1',
    baseline: { version: 'production', on_missing: 'bootstrap' },
    metrics: { accuracy: { better: 'higher' } },
    checks: [{ id: 'accuracy-floor', kind: 'offline', metric: 'accuracy', min: 0.9 }],
    ...changes,
  };
}

export function configOf(policy: RegistryConfiguration['policy'] = {}): RegistryConfiguration {
  return {
    schema: 'mlc/config@1',
    name: 'test',
    environments: [{ name: 'staging' }, { name: 'production' }],
    policy: {
      retention: [
        { kind: 'weights', period: 'P5Y', anchor: 'retired_at' },
        { kind: 'training_data', period: 'P2Y', anchor: 'retired_at' },
      ],
      ...policy,
    },
  };
}

export function stateOf(versions: readonly VersionRecord[], changes: Partial<ModelState> = {}): ModelState {
  return {
    config: configOf(),
    model: modelOf(),
    gate: gateOf(),
    versions: new Map(versions.map((record) => [record.version, record])),
    ledger: emptyLedger,
    ...changes,
  };
}

/** A version of a state, which has to be there. */
export function versionOf(state: ModelState, version: string): VersionRecord {
  const record = state.versions.get(version);
  if (!record) throw new Error(`the test's state has no version ${version}`);
  return record;
}

/** The plan of a decision that has to be one. */
export function planOf(decision: Decision): Plan {
  if (decision.kind === 'plan') return decision.plan;
  const told =
    decision.kind === 'refused' ? decision.problems.map(({ code }) => code).join(', ') : decision.message;
  throw new Error(`${decision.kind} instead of a plan: ${told}`);
}

/** The problems of a decision that has to be a refusal: code → hint. Every one of them has to name a way out. */
export function refusalOf(decision: Decision): Record<string, string> {
  if (decision.kind !== 'refused') throw new Error(`a refusal is missing: the decision is ${decision.kind}`);
  const hints: Record<string, string> = {};
  for (const { code, message, hint } of decision.problems) {
    if (!hint) throw new Error(`${code} names no way out: ${message}`);
    hints[code] = hint;
  }
  return hints;
}

/** The codes of the problems of a refusal, sorted, each with a way out. */
export function codesOf(decision: Decision): string[] {
  return Object.keys(refusalOf(decision)).sort();
}

/** The state once a plan is carried out. */
export function carriedOut(state: ModelState, decision: Decision): ModelState {
  return stateAfter(state, planOf(decision));
}
