// The gate as registering holds it: none, failed, unmeasured, agreed in advance, and compared with the right baseline.
import { describe, expect, test } from 'vitest';
import type { EvaluationGate, VersionRecord } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { type RegisterInput, register } from '../../../src/lifecycle/operations/register.js';
import type { Submission } from '../../../src/lifecycle/operations/submission.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import {
  acting,
  ada,
  approved,
  codesOf,
  configOf,
  gateOf,
  planOf,
  serving,
  sha,
  stateOf,
  weights,
} from '../../support/records.js';

const submission: Submission = {
  change: { type: 'retraining' },
  parent_run_id: 'mlflow:run-2',
  dataset_version: 'train@v2',
  training_commit: 'b1b2c3d4e5f6',
  training: { seed: 7, started_at: '2026-05-10T09:00:00Z' },
  artifacts: [weights('b')],
  compliance: { gdpr_status: 'done' },
};
const measured = (accuracy: unknown, dataset = 'churn-golden@v1') =>
  flattenResults({ evaluation_dataset: dataset, accuracy });

function registering(state: ModelState, input: Partial<RegisterInput> = {}): Decision {
  return register(
    state,
    {
      submission,
      results: measured(0.95),
      evidence: [],
      gateDigest: sha('9'),
      gateCommittedAt: '2026-05-01T09:00:00Z',
      ...input,
    },
    acting(ada, '2026-06-01'),
  );
}

const gateOfRecord = (decision: Decision): VersionRecord['gate'] => {
  const change = planOf(decision).changes[0];
  return change?.kind === 'create-version' ? change.record.gate : undefined;
};
const warningsOf = (decision: Decision): string[] => planOf(decision).warnings.map((warning) => warning.code);

const regression = (changes: Partial<EvaluationGate> = {}): EvaluationGate =>
  gateOf({
    checks: [{ id: 'no-regression', kind: 'regression', metric: 'accuracy', max_regression: { abs: 0.005 } }],
    ...changes,
  });
const live = stateOf([serving('1.0.0', 100)], { gate: regression() });

describe('the verdict', () => {
  test('no gate, no entry', () => {
    expect(codesOf(registering(stateOf([], { gate: undefined })))).toEqual(['gate/none']);
  });

  test.each([
    ['below the floor', 0.89, 'gate/failed'],
    ['NaN', Number.NaN, 'gate/unmeasured'],
    ['infinite', Number.POSITIVE_INFINITY, 'gate/unmeasured'],
    ['null', null, 'gate/unmeasured'],
    ['a text', '0.95', 'gate/unmeasured'],
    ['missing', undefined, 'gate/unmeasured'],
  ])('%s is refused', (_what, value, code) => {
    expect(codesOf(registering(stateOf([]), { results: measured(value) }))).toEqual([code]);
  });

  test('on the floor is let through, and the record holds the formula with its numbers', () => {
    const decision = registering(stateOf([]), { results: measured(0.9) });
    expect(gateOfRecord(decision)?.checks).toMatchObject([
      { id: 'accuracy-floor', status: 'pass', value: 0.9, limit: '>= 0.9', formula: '0.9 >= 0.9' },
    ]);
  });

  test('a failed check that only warns is let through with a warning', () => {
    const gate = gateOf({
      checks: [{ id: 'floor', kind: 'offline', metric: 'accuracy', min: 0.99, severity: 'warn' }],
    });
    expect(warningsOf(registering(stateOf([], { gate })))).toContain('gate/warned');
  });

  test('a waived check is let through with a warning, until the waiver expires', () => {
    const waived = (expires: string): ModelState => {
      const waivers = [{ check: 'accuracy-floor', reason: 'holiday data', by: ada, expires }];
      return stateOf([], { gate: gateOf({ waivers }) });
    };
    const results = measured(0.8);
    expect(warningsOf(registering(waived('2026-06-01'), { results }))).toContain('gate/waived');
    expect(codesOf(registering(waived('2026-05-31'), { results }))).toEqual(['gate/failed']);
  });
});

describe('the baseline', () => {
  test('is the version with most live traffic in the environment that the gate names', () => {
    const state = stateOf([serving('1.0.0', 10), serving('1.1.0', 90, { dataset_version: 'train@v9' })], {
      gate: regression(),
    });
    expect(gateOfRecord(registering(state))?.baseline).toBe('1.1.0');
  });

  test.each([
    ['latest', '1.1.0'],
    ['1.0.0', '1.0.0'],
  ])('may be %s', (version, expected) => {
    const gate = regression({ baseline: { version, on_missing: 'bootstrap' } });
    const state = stateOf([approved(), approved('1.1.0', { dataset_version: 'train@v9' })], { gate });
    expect(gateOfRecord(registering(state))?.baseline).toBe(expected);
  });

  test('that is better than the candidate refuses', () => {
    expect(codesOf(registering(live, { results: measured(0.92) }))).toEqual(['gate/failed']);
    planOf(registering(live, { results: measured(0.925) }));
  });

  test('of which there is none bootstraps the first version, and the record and a warning say so', () => {
    const decision = registering(stateOf([], { gate: regression() }));
    expect(gateOfRecord(decision)).toMatchObject({ bootstrap: true, checks: [{ status: 'skipped' }] });
    expect(warningsOf(decision)).toContain('gate/bootstrap');
  });

  test('of which there is none refuses where the gate says so', () => {
    const gate = regression({ baseline: { version: 'production', on_missing: 'fail' } });
    expect(codesOf(registering(stateOf([], { gate })))).toEqual(['gate/no-baseline']);
  });

  test('that means nothing is refused', () => {
    const gate = regression({ baseline: { version: 'prodution' } });
    expect(codesOf(registering(stateOf([approved()], { gate })))).toEqual(['gate/unknown-baseline']);
  });

  test('with the artifacts of the candidate is the candidate: refused', () => {
    expect(codesOf(registering(live, { submission: { ...submission, artifacts: [weights('a')] } }))).toEqual([
      'gate/compared-with-itself',
    ]);
  });

  test('on other data cannot be compared, until it is measured again', () => {
    const results = measured(0.95, 'churn-golden@v2');
    expect(codesOf(registering(live, { results }))).toEqual(['gate/unmeasured']);
    planOf(registering(live, { results, baselineResults: measured(0.94, 'churn-golden@v2') }));
  });
});

describe('agreed in advance', () => {
  const late = { gateCommittedAt: '2026-05-10T09:00:01Z' };
  const unknownStart = { submission: { ...submission, training: { seed: 7 } } };

  test('a gate that was committed before the training started is let through', () => {
    expect(gateOfRecord(registering(live))?.agreed_in_advance).toEqual({
      answer: 'yes',
      gate_committed_at: '2026-05-01T09:00:00Z',
      training_at: '2026-05-10T09:00:00Z',
      basis: 'training.started_at',
    });
  });

  test('a gate that was changed after the training started is refused', () => {
    expect(codesOf(registering(live, late))).toEqual(['gate/not-agreed-in-advance']);
  });

  test('where policy only warns, it is let through, and the record says no', () => {
    const state = { ...live, config: configOf({ gate: { agreed_in_advance: 'warn' } }) };
    const decision = registering(state, late);
    expect(gateOfRecord(decision)?.agreed_in_advance?.answer).toBe('no');
    expect(warningsOf(decision)).toContain('gate/not-agreed-in-advance');
  });

  test('without a start, the date of the training commit decides', () => {
    const before = { ...unknownStart, trainingCommitAt: '2026-04-01T09:00:00Z' };
    expect(codesOf(registering(live, before))).toEqual(['gate/not-agreed-in-advance']);
    const after = { ...unknownStart, trainingCommitAt: '2026-05-02T09:00:00Z' };
    expect(gateOfRecord(registering(live, after))?.agreed_in_advance).toMatchObject({
      answer: 'yes',
      basis: 'training_commit',
    });
  });

  test.each([
    ['the start is', unknownStart],
    ['the commit of the gate is', { gateCommittedAt: undefined }],
  ])('where %s not known, the record says so and a warning does', (_what, input) => {
    const decision = registering(live, input);
    expect(gateOfRecord(decision)?.agreed_in_advance?.answer).toBe('unknown');
    expect(warningsOf(decision)).toContain('gate/agreement-unknown');
  });

  test('offsets of the two times are understood', () => {
    planOf(registering(live, { gateCommittedAt: '2026-05-10T10:30:00+02:00' }));
    expect(codesOf(registering(live, { gateCommittedAt: '2026-05-10T08:30:00-02:00' }))).toEqual([
      'gate/not-agreed-in-advance',
    ]);
  });
});
