// register: complete lineage, a fitting bump, a number that was never used, and what the record then holds.
import { describe, expect, test } from 'vitest';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { type RegisterInput, register } from '../../../src/lifecycle/operations/register.js';
import type { Submission } from '../../../src/lifecycle/operations/submission.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import {
  acting,
  ada,
  approved,
  carriedOut,
  codesOf,
  modelOf,
  planOf,
  prompt,
  rejected,
  retired,
  sha,
  stateOf,
  versionOf,
  weights,
} from '../../support/records.js';

const whole: Submission = {
  change: { type: 'retraining', summary: 'new quarter' },
  parent_run_id: 'mlflow:run-2',
  dataset_version: 'train@v2',
  training_commit: 'b1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
  training: { seed: 7, hyperparameters: { depth: 3 }, started_at: '2026-05-30T09:00:00Z' },
  artifacts: [weights('b')],
  compliance: { gdpr_status: 'done' },
};

function registering(
  state: ModelState,
  submission: Partial<Submission> = {},
  input: Partial<RegisterInput> = {},
): Decision {
  return register(
    state,
    {
      submission: { ...whole, ...submission },
      results: flattenResults({ evaluation_dataset: 'churn-golden@v1', accuracy: 0.95 }),
      evidence: [{ file: 'results.json', sha256: sha('e'), format: 'json' }],
      gateDigest: sha('9'),
      gateCommittedAt: '2026-05-01T09:00:00Z',
      ...input,
    },
    acting(ada, '2026-06-01'),
  );
}

const versionAfter = (
  state: ModelState,
  submission?: Partial<Submission>,
  input?: Partial<RegisterInput>,
): string => planOf(registering(state, submission, input)).version ?? '';

const empty = stateOf([]);
const one = stateOf([approved()]);

describe('the record', () => {
  test('of a first version is 1.0.0, registered, with its review outstanding', () => {
    const decision = registering(empty);
    expect(planOf(decision)).toMatchObject({
      operation: 'register',
      from: null,
      to: 'registered',
      version: '1.0.0',
    });
    expect(versionOf(carriedOut(empty, decision), '1.0.0')).toMatchObject({
      model_id: 'churn',
      status: 'registered',
      registered_at: '2026-06-01T09:00:00Z',
      registered_by: ada,
      change: { type: 'retraining', from: null, summary: 'new quarter' },
      parent_run_id: 'mlflow:run-2',
      dataset_version: 'train@v2',
      training: { seed: 7 },
      artifacts: [weights('b')],
      evaluation_results: { accuracy: 0.95, evaluation_dataset: { name: 'churn-golden', version: 'v1' } },
      gate: { digest: sha('9'), baseline: null, verdict: 'pass', evidence: [{ sha256: sha('e') }] },
      approval: { gate_passed: true, approved_by: null, approved_at: null },
      deployment_history: [],
    });
  });

  test('names what could not be measured, never as a number', () => {
    const results = flattenResults({ evaluation_dataset: 'g@1', accuracy: 0.95, f1: Number.NaN });
    const decision = registering(empty, {}, { results });
    expect(versionOf(carriedOut(empty, decision), '1.0.0').evaluation_results.f1).toBe('unmeasured');
  });
});

describe('completeness', () => {
  test('everything that is missing is said at once', () => {
    const decision = register(empty, { submission: {}, evidence: [] }, acting(ada));
    const hints = decision.kind === 'refused' ? decision.problems.map((each) => each.hint) : [];
    for (const flag of ['--run', '--dataset', '--commit', '--seed', '--results', '--gdpr-status'])
      expect(hints.some((hint) => hint?.startsWith(flag))).toBe(true);
  });

  test.each([
    ['run', { parent_run_id: undefined }],
    ['data', { dataset_version: undefined }],
    ['commit', { training_commit: undefined }],
    ['seed', { training: { hyperparameters: { depth: 3 } } }],
    ['data protection', { compliance: {} }],
    ['change', { change: undefined }],
  ])('a missing %s refuses', (_what, submission) => {
    const given = Object.fromEntries(Object.entries(submission).filter(([, value]) => value !== undefined));
    const left = Object.fromEntries(Object.entries(whole).filter(([key]) => !(key in submission)));
    const input = {
      submission: { ...left, ...given },
      results: flattenResults({ accuracy: 1 }),
      evidence: [],
    };
    expect(codesOf(register(one, input, acting(ada)))).toEqual(['input/missing']);
  });

  test('a seed of 0 is a seed', () => {
    planOf(registering(one, { training: { seed: 0 } }));
  });

  test('a prohibited practice is refused', () => {
    const model = modelOf({ eu_ai_act_risk_class: 'prohibited' });
    expect(codesOf(registering(stateOf([], { model })))).toEqual(['register/prohibited']);
  });

  test('a change of a high-risk model says whether it is substantial, and why', () => {
    const state = stateOf([approved()], { model: modelOf({ eu_ai_act_risk_class: 'high' }) });
    expect(codesOf(registering(state))).toEqual(['input/missing']);
    const change = {
      type: 'retraining' as const,
      substantial_modification: { answer: 'no' as const, reason: 'same purpose' },
    };
    planOf(registering(state, { change }));
  });

  test.each(['2026-06-01', '2025-01-01'])('a deprecation target of %s is not in the future', (target) => {
    expect(codesOf(registering(one, { deprecation_target: target }))).toEqual(['register/target-past']);
    planOf(registering(one, { deprecation_target: '2026-06-02' }));
  });
});

describe('numbers', () => {
  test.each([
    ['architecture', '2.0.0', { training: { seed: 7, architecture: 'gbm' } }],
    ['retraining', '1.1.0', {}],
    [
      'configuration',
      '1.0.1',
      {
        parent_run_id: undefined,
        dataset_version: undefined,
        training_commit: undefined,
        training: undefined,
        artifacts: [prompt('c')],
      },
    ],
  ] as const)('%s makes %s', (type, version, submission) => {
    const mutable = { ...submission, change: { type } } as unknown as Partial<Submission>;
    expect(versionAfter(one, mutable)).toBe(version);
  });

  test.each([
    ['rejected', rejected('1.1.0', { dataset_version: 'train@v9' })],
    ['retired', retired('1.1.0', { dataset_version: 'train@v9' })],
  ])('a number that was %s is never used again', (_status, record) => {
    expect(versionAfter(stateOf([approved(), record]))).toBe('1.2.0');
  });

  test('the newest is bumped, unless another is named', () => {
    const state = stateOf([approved(), approved('2.0.0', { dataset_version: 'train@v3' })]);
    expect(versionAfter(state)).toBe('2.1.0');
    expect(versionAfter(state, {}, { bumpFrom: '1.0.0' })).toBe('1.1.0');
  });

  test('a parent that does not exist is refused', () => {
    expect(codesOf(registering(one, {}, { bumpFrom: '7.0.0' }))).toContain('register/unknown-parent');
  });

  test('an under-declared change is refused and names the field', () => {
    const decision = registering(one, { change: { type: 'configuration' } });
    expect(codesOf(decision)).toContain('change/under-declared');
    const fields = decision.kind === 'refused' ? decision.problems.map((each) => each.path) : [];
    expect(fields).toContain('dataset_version');
  });

  test('an over-declared change is let through with a warning', () => {
    const { version, warnings } = planOf(registering(one, { change: { type: 'architecture' } }));
    expect(version).toBe('2.0.0');
    expect(warnings.map((warning) => warning.code)).toContain('change/over-declared');
  });
});
