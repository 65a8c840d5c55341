// What the reference says in its own words, as the records and inputs of the pure operations.
import type { EvaluationGate, VersionRecord } from '../../src/generated/types.js';
import type { ModelState } from '../../src/lifecycle/decisions.js';
import { emptyLedger } from '../../src/lifecycle/ledger.js';
import type { RetireInput } from '../../src/lifecycle/operations/retire.js';
import type { Submission } from '../../src/lifecycle/operations/submission.js';
import { digestOf, model } from './lives-words.js';
import type { Register, Retire } from './reference-operations.js';
import { type Rules, environments } from './reference-state.js';

/** The gate with a floor, in ten-thousandths. */
export const gateWith = (floor: number): EvaluationGate => ({
  schema: 'mlc/gate@1',
  baseline: { version: 'production', on_missing: 'bootstrap' },
  metrics: { accuracy: { better: 'higher' } },
  checks: [
    { id: 'floor', kind: 'offline', metric: 'accuracy', min: floor / 10_000 },
    { id: 'regression', kind: 'regression', metric: 'accuracy', max_regression: { abs: 0.01 } },
  ],
});

/** A model without versions, under the rules of a reference. */
export function emptyModel(rules: Rules): ModelState {
  const [minimum, maximum] = rules.canary;
  return {
    config: {
      schema: 'mlc/config@1',
      name: 'lives',
      environments: environments.map((name) => ({ name })),
      policy: {
        approvals: { minimal: 1, limited: rules.approvals, high: rules.approvals },
        deployment: {
          canary_min_pct: minimum,
          canary_max_pct: maximum,
          shadow_days: rules.shadowDays,
        },
        review: { period: `P${rules.reviewMonths}M` },
        retirement: { notice_days: rules.noticeDays },
        retention: (['weights', 'training_data'] as const).flatMap((kind) => {
          const years = rules.retention[kind];
          return years === undefined ? [] : [{ kind, period: `P${years}Y`, anchor: 'retired_at' as const }];
        }),
      },
    },
    model: {
      schema: 'mlc/model@1',
      model_id: model,
      title: model,
      owner: 'Ada <ada@example.com>',
      intended_use: { tasks: ['rank'] },
      eu_ai_act_risk_class: rules.risk,
      approvers: rules.approvers.map((person) => `${person}@example.com`),
    },
    gate: gateWith(9000),
    versions: new Map(),
    ledger: emptyLedger,
  };
}

/** A moment as records hold it. */
export const moment = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** What a registration hands in. */
export function submissionOf({ given, artifacts, change, modification, target }: Register): Submission {
  const training = {
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    ...(given.startedAt === undefined ? {} : { started_at: moment(given.startedAt) }),
    ...(given.architecture === undefined ? {} : { architecture: given.architecture }),
    ...(given.depth === undefined ? {} : { hyperparameters: { depth: given.depth } }),
  };
  return {
    change: {
      ...(change === undefined ? {} : { type: change }),
      ...(modification ? { substantial_modification: { answer: 'no', reason: 'small' } } : {}),
    },
    ...(given.dataset === undefined ? {} : { dataset_version: given.dataset, parent_run_id: 'runs:/1' }),
    ...(given.commit === undefined ? {} : { training_commit: given.commit }),
    ...(Object.keys(training).length > 0 ? { training } : {}),
    ...(artifacts.length > 0
      ? {
          artifacts: artifacts.map((artifact) => ({
            uri: `s3://models/${artifact.kind}`,
            sha256: digestOf(artifact),
            kind: artifact.kind,
          })),
        }
      : {}),
    compliance: { gdpr_status: 'assessed' },
    ...(target === undefined ? {} : { deprecation_target: target }),
  };
}

/** What a retirement says. */
export function retirementOf(asked: Retire, version: VersionRecord): RetireInput {
  const digests = {
    all: (version.artifacts ?? []).map(({ sha256 }) => sha256),
    none: [],
    other: [digestOf({ kind: 'weights', content: 'of nobody' })],
  }[asked.stored];
  return {
    version,
    withdraw: asked.withdraw,
    cold_storage: digests.map((sha256) => ({ sha256, location: 's3://cold/storage' })),
    retention: (['weights', 'training_data'] as const).flatMap((kind) => {
      const years = asked.retain[kind];
      return years === undefined ? [] : [{ kind, period: `P${years}Y`, anchor: 'retired_at' as const }];
    }),
    consumers_released: asked.released,
    compliance_confirmed_by: asked.confirmedBy && `${asked.confirmedBy} <${asked.confirmedBy}@example.com>`,
    reason: asked.reason,
  };
}
