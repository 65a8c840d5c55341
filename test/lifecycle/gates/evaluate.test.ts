// A whole gate: severities, waivers, the golden data set, missing and incomparable baselines, and one property.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Check, EvaluationDataSet, EvaluationGate } from '../../../src/generated/types.js';
import { type GateVerdict, evaluateGate } from '../../../src/lifecycle/gates/evaluate.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import { gateOf, grace, sha } from '../../support/records.js';

const today = '2026-06-01';
const floor = (id: string, changes: Partial<Check> = {}): Check => ({
  id,
  kind: 'offline',
  metric: 'accuracy',
  min: 0.9,
  ...changes,
});
const results = (accuracy: unknown, dataset: unknown = 'golden@v1') =>
  flattenResults({ evaluation_dataset: dataset, accuracy });
const evaluated = (gate: Partial<EvaluationGate>, accuracy: unknown): GateVerdict =>
  evaluateGate(gateOf(gate), results(accuracy), undefined, today);

describe('the verdict', () => {
  test.each([
    ['pass', 0.95, {}],
    ['fail', 0.85, {}],
    ['error', Number.NaN, {}],
    ['pass', 0.85, { severity: 'warn' }],
    ['pass', Number.NaN, { severity: 'warn' }],
    ['pass', Number.NaN, { on_missing: 'skip' }],
  ] as const)('is %s for %d with %j', (verdict, value, changes) => {
    expect(evaluated({ checks: [floor('a', changes)] }, value).verdict).toBe(verdict);
  });

  test('one failing check of many is enough', () => {
    const checks = [floor('a'), floor('b', { min: 0.99 }), floor('c')];
    const verdict = evaluated({ checks }, 0.95);
    expect(verdict.verdict).toBe('fail');
    expect(verdict.checks.map((check) => check.status)).toEqual(['pass', 'fail', 'pass']);
  });
});

describe('waivers', () => {
  const waived = (changes: object, accuracy: unknown = 0.85): GateVerdict => {
    const waiver = { check: 'a', reason: 'holiday data', by: grace, expires: '2026-06-30', ...changes };
    return evaluated({ checks: [floor('a')], waivers: [waiver] }, accuracy);
  };

  test('an unexpired one lets a failed check through, and the result names who and until when', () => {
    const verdict = waived({});
    expect(verdict.verdict).toBe('pass');
    expect(verdict.checks[0]).toMatchObject({ status: 'waived' });
    expect(verdict.checks[0]?.waiver).toContain(grace);
    expect(verdict.checks[0]?.waiver).toContain('2026-06-30');
  });

  test.each([
    ['on its last day', { expires: today }, 'pass'],
    ['a day later', { expires: '2026-05-31' }, 'fail'],
    ['of another check', { check: 'b' }, 'fail'],
  ])('%s', (_what, changes, verdict) => {
    expect(waived(changes).verdict).toBe(verdict);
  });

  test('never waives what was not measured', () => {
    expect(waived({}, Number.NaN).verdict).toBe('error');
  });

  test('leaves a check that passes as it is', () => {
    expect(waived({}, 0.95).checks[0]?.status).toBe('pass');
  });
});

describe('the golden data set', () => {
  const golden = { name: 'golden', version: 'v1', sha256: sha('1'), min_examples: 500 };
  const whole: EvaluationDataSet = { name: 'golden', version: 'v1', sha256: sha('1'), examples: 500 };
  const on = (dataset: unknown): GateVerdict =>
    evaluateGate(
      gateOf({ golden_dataset: golden }),
      flattenResults({ evaluation_dataset: dataset, accuracy: 0.95 }),
      undefined,
      today,
    );

  test('is the one that was agreed on', () => {
    expect(on(whole)).toMatchObject({ verdict: 'pass', problems: [] });
  });

  test.each([
    ['another name', { ...whole, name: 'silver' }, 'gate/golden-dataset'],
    ['another version', { ...whole, version: 'v2' }, 'gate/golden-dataset'],
    ['another digest', { ...whole, sha256: sha('2') }, 'gate/golden-dataset'],
    ['the name alone', { name: 'golden', examples: 500 }, 'gate/golden-dataset'],
    ['nothing', undefined, 'gate/golden-dataset'],
    ['too few examples', { ...whole, examples: 499 }, 'gate/too-few-examples'],
    ['an unknown number of examples', { name: 'golden', version: 'v1' }, 'gate/too-few-examples'],
    ['NaN examples', { ...whole, examples: Number.NaN }, 'gate/too-few-examples'],
  ])('is refused with %s', (_what, dataset, code) => {
    const verdict = on(dataset);
    expect(verdict.verdict).toBe('error');
    expect(verdict.problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('the baseline', () => {
  const gate = (changes: Partial<EvaluationGate> = {}): EvaluationGate =>
    gateOf({ checks: [floor('a', { max_regression: { abs: 0.01 } })], ...changes });
  const against = (dataset: unknown) => ({ version: '1.0.0', results: results(0.95, dataset) });

  test('missing, the value checks alone are held, and the verdict says bootstrap', () => {
    expect(evaluateGate(gate(), results(0.91), undefined, today)).toMatchObject({
      verdict: 'pass',
      bootstrap: true,
    });
    expect(evaluateGate(gate(), results(0.89), undefined, today)).toMatchObject({
      verdict: 'fail',
      bootstrap: true,
    });
  });

  test('missing where the gate asks for it, the answer is no', () => {
    const strict = gate({ baseline: { version: 'production', on_missing: 'fail' } });
    expect(evaluateGate(strict, results(0.95), undefined, today).verdict).toBe('error');
  });

  test('present, nothing is bootstrapped', () => {
    const verdict = evaluateGate(gate(), results(0.95), against('golden@v1'), today);
    expect(verdict).toMatchObject({ verdict: 'pass', bootstrap: false });
  });

  test('of no interest to the checks, nothing is bootstrapped', () => {
    expect(evaluated({}, 0.95).bootstrap).toBe(false);
  });

  test.each([
    ['another data set', 'silver@v1'],
    ['another version of it', 'golden@v2'],
  ])('measured on %s cannot be compared', (_what, dataset) => {
    const verdict = evaluateGate(gate(), results(0.95), against(dataset), today);
    expect(verdict.verdict).toBe('error');
    expect(verdict.checks[0]?.formula).toContain('--baseline-results');
  });

  test('measured on data with another digest cannot be compared', () => {
    const data = (digit: string): EvaluationDataSet => ({
      name: 'golden',
      version: 'v1',
      sha256: sha(digit),
    });
    const candidate = results(0.95, data('1'));
    expect(evaluateGate(gate(), candidate, against(data('2')), today).verdict).toBe('error');
    expect(evaluateGate(gate(), candidate, against(data('1')), today).verdict).toBe('pass');
  });
});

test('no gate passes with a blocking metric that was not measured', () => {
  const unmeasured = fc.constantFrom<unknown>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -Infinity,
    null,
    [1],
    true,
  );
  const bound = fc.record(
    {
      min: fc.double({ noNaN: true, noDefaultInfinity: true }),
      max: fc.double({ noNaN: true, noDefaultInfinity: true }),
      equals: fc.oneof(fc.double({ noNaN: true }), fc.string()),
      max_regression: fc.record({
        abs: fc.double({ min: 0, noNaN: true }),
        rel: fc.double({ min: 0, noNaN: true }),
      }),
    },
    { requiredKeys: ['min'] },
  );
  const others = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.double(), { maxKeys: 5 });
  fc.assert(
    fc.property(
      bound,
      unmeasured,
      fc.boolean(),
      others,
      fc.boolean(),
      (bounds, value, absent, rest, based) => {
        const measured = flattenResults({
          evaluation_dataset: 'golden@v1',
          ...rest,
          accuracy: absent ? null : value,
        });
        if (absent) measured.metrics.delete('accuracy');
        const waivers = [{ check: 'a', reason: 'x', by: grace, expires: '2999-01-01' }];
        const gate = gateOf({
          checks: [floor('a', bounds), floor('b', { metric: 'zz.other', on_missing: 'skip' })],
          waivers,
        });
        const baseline = based ? { version: '1.0.0', results: results(0.9) } : undefined;
        expect(evaluateGate(gate, measured, baseline, today).verdict).toBe('error');
      },
    ),
    { numRuns: 500 },
  );
});
