// Bounds on one metric: inclusive, with slack for decimals, and never a pass for what is no number.
import { describe, expect, test } from 'vitest';
import type { Check, CheckResult } from '../../../src/generated/types.js';
import { evaluateGate } from '../../../src/lifecycle/gates/evaluate.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import { gateOf } from '../../support/records.js';

function checked(bounds: Partial<Check>, value: unknown, better: 'higher' | 'lower' = 'higher'): CheckResult {
  const gate = gateOf({
    metrics: { m: { better } },
    checks: [{ id: 'c', kind: 'offline', metric: 'm', ...bounds }],
  });
  const results = flattenResults({ evaluation_dataset: 'g@1', ...(value === undefined ? {} : { m: value }) });
  const [result] = evaluateGate(gate, results, undefined, '2026-06-01').checks;
  if (!result) throw new Error('no result');
  return result;
}

describe('bounds are inclusive', () => {
  test.each([
    [{ min: 0.9 }, 0.9, 'pass'],
    [{ min: 0.9 }, 0.8999, 'fail'],
    [{ min: -1 }, -1, 'pass'],
    [{ min: 0 }, -1e-12, 'fail'],
    [{ max: 300 }, 300, 'pass'],
    [{ max: 300 }, 300.001, 'fail'],
    [{ max: 0 }, 0, 'pass'],
    [{ max: 0 }, 1e-12, 'fail'],
    [{ between: [0.4, 0.6] }, 0.4, 'pass'],
    [{ between: [0.4, 0.6] }, 0.6, 'pass'],
    [{ between: [0.4, 0.6] }, 0.39, 'fail'],
    [{ between: [0.4, 0.6] }, 0.61, 'fail'],
    [{ equals: 3 }, 3, 'pass'],
    [{ equals: 3 }, 3.1, 'fail'],
    [{ equals: 3 }, 2.9, 'fail'],
    [{ equals: 'en' }, 'en', 'pass'],
    [{ equals: 'en' }, 'de', 'fail'],
    [{ min: 0.5, max: 0.7 }, 0.8, 'fail'],
    [{ min: 0.5, max: 0.7 }, 0.6, 'pass'],
  ])('%j, %d: %s', (bounds, value, status) => {
    expect(checked(bounds, value).status).toBe(status);
  });
});

describe('decimal fractions are compared as people write them', () => {
  test.each([
    [{ max: 0.3 }, 0.1 + 0.2],
    [{ min: 0.3 }, 0.8 - 0.5],
    [{ equals: 0.3 }, 0.1 + 0.2],
    [{ between: [0.3, 0.3] }, 0.1 + 0.2],
    [{ max: -0.3 }, -0.3 + 1e-17],
  ])('%j, %d', (bounds, value) => {
    expect(checked(bounds, value).status).toBe('pass');
  });
});

describe('what is no finite number is an error, never a pass', () => {
  const bounds: [string, Partial<Check>][] = [
    ['min', { min: -1e300 }],
    ['max', { max: 1e300 }],
    ['between', { between: [-1e300, 1e300] }],
  ];
  const values: [string, unknown][] = [
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['missing', undefined],
    ['null', null],
    ['a text', '0.95'],
    ['a word', 'NaN'],
    ['a list', [0.95]],
    ['true', true],
  ];
  test.each(
    bounds.flatMap(([bound, check]) => values.map(([what, value]) => [bound, what, check, value] as const)),
  )('%s, %s', (_bound, _what, check, value) => {
    expect(checked(check, value).status).toBe('error');
  });

  test.each(values)('equals never passes: %s', (_what, value) => {
    expect(['error', 'fail']).toContain(checked({ equals: 0.95 }, value).status);
  });

  test.each(values.slice(0, 5))('skipped, where that is written down: %s', (_what, value) => {
    expect(checked({ min: 0.9, on_missing: 'skip' }, value).status).toBe('skipped');
  });

  test('a measured failure is not skipped', () => {
    expect(checked({ min: 0.9, on_missing: 'skip' }, 0.5).status).toBe('fail');
  });

  test('on_missing: error is the default said aloud', () => {
    expect(checked({ min: 0.9, on_missing: 'error' }, undefined).status).toBe('error');
  });
});

test('the result tells the numbers', () => {
  expect(checked({ between: [0.4, 0.6] }, 0.512345678)).toMatchObject({
    id: 'c',
    metric: 'm',
    value: 0.512345678,
    baseline: null,
    limit: '0.4 to 0.6',
    formula: '0.4 <= 0.512346 <= 0.6',
    severity: 'block',
  });
});

test('an unmeasured metric tells why', () => {
  expect(checked({ min: 1 }, Number.NaN).formula).toContain('NaN');
  expect(checked({ min: 1 }, null).formula).toContain('null');
  expect(checked({ min: 1 }, undefined).formula).toContain('not in the results');
});
