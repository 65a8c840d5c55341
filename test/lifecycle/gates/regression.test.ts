// Regression and improvement against a baseline: `better` decides the direction, whatever the sign of the values.
import { describe, expect, test } from 'vitest';
import type { Allowance, Check, CheckResult } from '../../../src/generated/types.js';
import { evaluateGate } from '../../../src/lifecycle/gates/evaluate.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import { gateOf } from '../../support/records.js';

type Better = 'higher' | 'lower' | undefined;

function checked(bounds: Partial<Check>, better: Better, baseline: unknown, value: unknown): CheckResult {
  const gate = gateOf({
    metrics: better ? { m: { better } } : {},
    checks: [{ id: 'c', kind: 'regression', metric: 'm', ...bounds }],
  });
  const results = flattenResults({ evaluation_dataset: 'g@1', m: value });
  const against = { version: '1.0.0', results: flattenResults({ evaluation_dataset: 'g@1', m: baseline }) };
  const [result] = evaluateGate(gate, results, against, '2026-06-01').checks;
  if (!result) throw new Error('no result');
  return result;
}

const regressed = (allowance: Allowance, better: Better, baseline: unknown, value: unknown): string =>
  checked({ max_regression: allowance }, better, baseline, value).status;
const improved = (allowance: Allowance, better: Better, baseline: unknown, value: unknown): string =>
  checked({ min_improvement: allowance }, better, baseline, value).status;

describe('max_regression', () => {
  test.each([
    ['higher', 0.9, 0.89, 'pass'],
    ['higher', 0.9, 0.8899, 'fail'],
    ['higher', 0.9, 0.99, 'pass'],
    ['lower', 0.9, 0.91, 'pass'],
    ['lower', 0.9, 0.9101, 'fail'],
    ['lower', 0.9, 0.1, 'pass'],
    ['higher', -0.9, -0.91, 'pass'],
    ['higher', -0.9, -0.9101, 'fail'],
    ['higher', -0.9, 0.5, 'pass'],
    ['lower', -0.9, -0.89, 'pass'],
    ['lower', -0.9, -0.8899, 'fail'],
    ['lower', -0.9, -2, 'pass'],
    ['higher', 0, -0.01, 'pass'],
    ['higher', 0, -0.02, 'fail'],
  ] as const)('abs 0.01, %s is better, %d → %d: %s', (better, baseline, value, status) => {
    expect(regressed({ abs: 0.01 }, better, baseline, value)).toBe(status);
  });

  test.each([
    ['higher', 200, 180, 'pass'],
    ['higher', 200, 179, 'fail'],
    ['lower', 200, 220, 'pass'],
    ['lower', 200, 221, 'fail'],
    ['higher', -200, -220, 'pass'],
    ['higher', -200, -221, 'fail'],
    ['lower', -200, -180, 'pass'],
    ['lower', -200, -179, 'fail'],
  ] as const)('rel 10 %%, %s is better, %d → %d: %s', (better, baseline, value, status) => {
    expect(regressed({ rel: 0.1 }, better, baseline, value)).toBe(status);
  });

  test('the larger of abs and rel × |baseline| counts', () => {
    expect(regressed({ abs: 5, rel: 0.1 }, 'higher', 200, 180)).toBe('pass');
    expect(regressed({ abs: 30, rel: 0.1 }, 'higher', 200, 170)).toBe('pass');
    expect(regressed({ abs: 30, rel: 0.1 }, 'higher', -200, -231)).toBe('fail');
  });

  test('rel alone says nothing of a baseline of 0', () => {
    expect(regressed({ rel: 0.1 }, 'higher', 0, 0)).toBe('error');
    expect(regressed({ rel: 0.1, abs: 0.01 }, 'higher', 0, -0.01)).toBe('pass');
    expect(regressed({ rel: 0.1, abs: 0.01 }, 'higher', 0, -0.02)).toBe('fail');
  });

  test('no regression at all may be asked for', () => {
    expect(regressed({ abs: 0 }, 'higher', 0.9, 0.9)).toBe('pass');
    expect(regressed({ abs: 0 }, 'higher', 0.9, 0.8999)).toBe('fail');
  });

  test('decimal fractions are compared as people write them', () => {
    expect(regressed({ abs: 0.1 }, 'higher', 0.3, 0.2)).toBe('pass');
    expect(regressed({ abs: 0.05 }, 'lower', 0.1, 0.15)).toBe('pass');
  });
});

describe('min_improvement', () => {
  test.each([
    ['higher', 0.8, 0.82, 'pass'],
    ['higher', 0.8, 0.81, 'fail'],
    ['lower', 0.8, 0.78, 'pass'],
    ['lower', 0.8, 0.79, 'fail'],
    ['higher', -0.8, -0.78, 'pass'],
    ['higher', -0.8, -0.82, 'fail'],
  ] as const)('abs 0.02, %s is better, %d → %d: %s', (better, baseline, value, status) => {
    expect(improved({ abs: 0.02 }, better, baseline, value)).toBe(status);
  });

  test('the larger of abs and rel counts, and rel alone says nothing of 0', () => {
    expect(improved({ abs: 1, rel: 0.1 }, 'higher', 100, 105)).toBe('fail');
    expect(improved({ abs: 1, rel: 0.1 }, 'higher', 100, 110)).toBe('pass');
    expect(improved({ rel: 0.1 }, 'higher', 0, 1)).toBe('error');
  });
});

describe('what cannot be compared is an error', () => {
  test.each([
    ['a candidate that is NaN', 'higher', 0.9, Number.NaN],
    ['a candidate that is a text', 'higher', 0.9, '0.95'],
    ['a candidate that is null', 'higher', 0.9, null],
    ['a baseline that is NaN', 'higher', Number.NaN, 0.95],
    ['a baseline that is infinite', 'higher', Number.NEGATIVE_INFINITY, 0.95],
    ['a baseline that is a text', 'higher', 'unmeasured', 0.95],
    ['a baseline that is null', 'higher', null, 0.95],
    ['a metric without a direction', undefined, 0.9, 0.95],
  ] as const)('%s', (_what, better, baseline, value) => {
    expect(regressed({ abs: 10 }, better, baseline, value)).toBe('error');
    expect(improved({ abs: 0 }, better, baseline, value)).toBe('error');
  });
});

test('a check may hold the value and the difference, and fails when either does', () => {
  const both = { min: 0.8, max_regression: { abs: 0.01 } };
  expect(checked(both, 'higher', 0.9, 0.9).status).toBe('pass');
  expect(checked(both, 'higher', 0.9, 0.85).status).toBe('fail');
  expect(checked(both, 'higher', 0.7, 0.75).status).toBe('fail');
});

test('the formula shows baseline, value and allowance', () => {
  const result = checked({ max_regression: { abs: 0.005, rel: 0.01 } }, 'higher', 0.9, 0.895);
  expect(result).toMatchObject({ baseline: 0.9, value: 0.895, limit: 'at most 0.009 worse' });
  expect(result.formula).toBe('0.9 - 0.895 = 0.005 <= max(0.005, 0.01 × |0.9|)');
});
