// Slices: a check holds in every slice that is large enough, and the gap between slices has its own bound.
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/generated/types.js';
import { type GateVerdict, evaluateGate } from '../../../src/lifecycle/gates/evaluate.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import { gateOf } from '../../support/records.js';

type Measured = Record<string, Record<string, unknown>>;

function evaluated(bounds: Partial<Check>, country: Measured): GateVerdict {
  const check: Check = {
    id: 'per-country',
    kind: 'offline',
    metric: 'accuracy',
    slices: { by: 'country', min_n: 200 },
    ...bounds,
  };
  const results = flattenResults({ evaluation_dataset: 'g@1', accuracy: 0.99, slices: { country } });
  return evaluateGate(gateOf({ checks: [check] }), results, undefined, '2026-06-01');
}

const statuses = (verdict: GateVerdict): Record<string, string> =>
  Object.fromEntries(verdict.checks.map((check) => [check.id, check.status]));

const de = { n: 500, accuracy: 0.9 };
const fr = { n: 200, accuracy: 0.85 };
const lu = { n: 199, accuracy: 0.1 };

describe('the bound in every slice', () => {
  test('holds in all that are large enough; smaller ones are skipped and shown', () => {
    const verdict = evaluated({ min: 0.85 }, { de, fr, lu });
    expect(statuses(verdict)).toEqual({
      'per-country.de': 'pass',
      'per-country.fr': 'pass',
      'per-country.lu': 'skipped',
    });
    expect(verdict.verdict).toBe('pass');
  });

  test('fails in one: the gate fails, whatever the whole says', () => {
    const verdict = evaluated({ min: 0.85 }, { de, fr: { n: 200, accuracy: 0.84 } });
    expect(statuses(verdict)).toMatchObject({ 'per-country.fr': 'fail' });
    expect(verdict.verdict).toBe('fail');
  });

  test.each([
    ['a slice that is NaN', { de, fr: { n: 300, accuracy: Number.NaN } }],
    ['a slice without the metric', { de, fr: { n: 300 } }],
    ['a slice that does not say how many', { de, fr: { accuracy: 0.9 } }],
    ['a slice whose size is a text', { de, fr: { n: '300', accuracy: 0.9 } }],
    ['a slice whose size is NaN', { de, fr: { n: Number.NaN, accuracy: 0.9 } }],
    ['no slices', {}],
    ['no slice that is large enough', { lu }],
  ])('%s is an error', (_what, country) => {
    expect(evaluated({ min: 0.85 }, country as Measured).verdict).toBe('error');
  });

  test('without a minimum, every slice counts', () => {
    const all = { min: 0.85, slices: { by: 'country' } };
    expect(evaluated(all, { de, lu }).verdict).toBe('fail');
    expect(evaluated(all, { fr: { accuracy: 0.9 } }).verdict).toBe('pass');
  });
});

describe('max_gap', () => {
  const gap = { max_gap: { abs: 0.05 } };

  test('the gap between best and worst may be as large as the bound', () => {
    const verdict = evaluated(gap, { de, fr });
    expect(verdict.checks).toMatchObject([{ id: 'per-country.gap', status: 'pass' }]);
    expect(verdict.checks[0]?.formula).toBe('0.9 - 0.85 = 0.05 <= 0.05');
  });

  test('a larger gap fails', () => {
    expect(evaluated(gap, { de, fr: { n: 200, accuracy: 0.849 } }).verdict).toBe('fail');
  });

  test('small slices do not count', () => {
    expect(evaluated(gap, { de, fr, lu }).verdict).toBe('pass');
  });

  test.each([
    ['one slice', { de }],
    ['an unmeasured slice', { de, fr, at: { n: 300, accuracy: Number.NaN } }],
    ['a slice that is a text', { de, fr, at: { n: 300, accuracy: '0.9' } }],
  ])('with %s it is an error', (_what, country) => {
    expect(evaluated(gap, country).verdict).toBe('error');
  });

  test('beside a bound, both are held', () => {
    const verdict = evaluated({ min: 0.85, ...gap }, { de: { n: 500, accuracy: 0.95 }, fr });
    expect(statuses(verdict)).toEqual({
      'per-country.de': 'pass',
      'per-country.fr': 'pass',
      'per-country.gap': 'fail',
    });
  });
});
