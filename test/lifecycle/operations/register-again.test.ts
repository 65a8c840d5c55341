// register again: the same inputs are the same version, and the same inputs with other weights are refused.
import { describe, expect, test } from 'vitest';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { register } from '../../../src/lifecycle/operations/register.js';
import type { Submission } from '../../../src/lifecycle/operations/submission.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import {
  acting,
  ada,
  approved,
  carriedOut,
  codesOf,
  planOf,
  prompt,
  rejected,
  retired,
  sha,
  stateOf,
  versionOf,
  weights,
} from '../../support/records.js';

/** What `approved()` was made from. */
const first: Submission = {
  change: { type: 'retraining' },
  parent_run_id: 'mlflow:another-run',
  dataset_version: 'train@v1',
  training_commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
  training: { seed: 7, hyperparameters: { depth: 3 } },
  artifacts: [weights('a')],
  compliance: { gdpr_status: 'done' },
};

function registering(state: ModelState, submission: Partial<Submission> = {}): Decision {
  const results = flattenResults({ evaluation_dataset: 'g@1', accuracy: 0.95 });
  return register(
    state,
    { submission: { ...first, ...submission }, results, evidence: [], gateDigest: sha('9') },
    acting(ada, '2026-06-01'),
  );
}

const one = stateOf([approved()]);

describe('the same inputs and artifacts', () => {
  test.each([
    ['approved', approved(), 0],
    ['rejected', rejected(), 1],
    ['retired', retired(), 1],
  ])('are the version that is %s; nothing is committed', (status, record, warnings) => {
    expect(registering(stateOf([record]))).toMatchObject({
      kind: 'unchanged',
      version: '1.0.0',
      status,
      message: 'already registered as 1.0.0',
      warnings: { length: warnings },
    });
  });

  test('an abbreviated commit is the same commit', () => {
    expect(registering(one, { training_commit: 'a1b2c3d4' }).kind).toBe('unchanged');
  });

  test('the order of hyperparameters says nothing', () => {
    const training = (hyperparameters: Record<string, number>) => ({ seed: 7, hyperparameters });
    const state = stateOf([approved('1.0.0', { training: training({ a: 1, b: 2 }) })]);
    expect(registering(state, { training: training({ b: 2, a: 1 }) }).kind).toBe('unchanged');
  });

  test('the results need not be handed in again', () => {
    const again = { submission: first, evidence: [] };
    expect(register(one, again, acting(ada)).kind).toBe('unchanged');
  });

  test('register, then register again', () => {
    const state = carriedOut(
      one,
      registering(one, { dataset_version: 'train@v2', artifacts: [weights('b')] }),
    );
    expect(registering(state, { dataset_version: 'train@v2', artifacts: [weights('b')] })).toMatchObject({
      kind: 'unchanged',
      version: '1.1.0',
    });
  });
});

describe('the same inputs with other weights', () => {
  test.each([
    ['weights', weights('b')],
    ['an adapter', { ...weights('b'), kind: 'adapter' as const }],
  ])('are refused: the pipeline is not reproducible (%s)', (_what, artifact) => {
    const state = stateOf([approved('1.0.0', { artifacts: [{ ...weights('a'), kind: artifact.kind }] })]);
    expect(codesOf(registering(state, { artifacts: [artifact] }))).toEqual(['register/not-reproducible']);
  });

  test.each([
    ['data', { dataset_version: 'train@v2' }],
    ['a seed', { training: { seed: 8, hyperparameters: { depth: 3 } } }],
    ['a commit', { training_commit: 'ffffffffff' }],
    ['hyperparameters', { training: { seed: 7, hyperparameters: { depth: 4 } } }],
  ])('and with other %s they are another version', (_what, submission) => {
    expect(planOf(registering(one, { ...submission, artifacts: [weights('b')] })).version).toBe('1.1.0');
  });

  test('and with another fine-tuning objective they are another version', () => {
    const objective = (name: string) => ({ seed: 7, hyperparameters: { depth: 3 }, objective: name });
    const state = stateOf([approved('1.0.0', { training: objective('sft') })]);
    const submission = {
      change: { type: 'architecture' as const },
      training: objective('dpo'),
      artifacts: [weights('b')],
    };
    expect(planOf(registering(state, submission)).version).toBe('2.0.0');
  });
});

describe('a configuration change', () => {
  const configuring: Submission = {
    change: { type: 'configuration' },
    artifacts: [prompt('c')],
  };
  const results = flattenResults({ evaluation_dataset: 'g@1', accuracy: 0.95 });
  const configure = (state: ModelState, submission: Submission): Decision =>
    register(state, { submission, results, evidence: [], gateDigest: sha('9') }, acting(ada, '2026-06-01'));

  test('keeps run, data, commit, training and weights, and is no irreproducible pipeline', () => {
    const decision = configure(one, configuring);
    const record = versionOf(carriedOut(one, decision), '1.0.1');
    expect(record).toMatchObject({
      parent_run_id: 'mlflow:run-1',
      dataset_version: 'train@v1',
      training: { seed: 7, hyperparameters: { depth: 3 } },
      artifacts: [weights('a'), prompt('c')],
      compliance: { gdpr_status: 'done' },
    });
    expect(planOf(decision).warnings.map((warning) => warning.code)).toContain('register/inherited');
  });

  test('of other weights is under-declared', () => {
    expect(codesOf(configure(one, { ...configuring, artifacts: [weights('b')] }))).toContain(
      'change/under-declared',
    );
  });

  test('back to an earlier prompt is the earlier version', () => {
    const second = carriedOut(one, configure(one, configuring));
    const third = carriedOut(second, configure(second, { ...configuring, artifacts: [prompt('d')] }));
    expect(configure(third, configuring)).toMatchObject({ kind: 'unchanged', version: '1.0.1' });
  });
});
