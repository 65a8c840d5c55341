// Plain observations and metrics, and what `mlc drift --json` writes: JSON, YAML and CSV.
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../../src/lifecycle/drift/compare.js';
import type { DriftResult } from '../../../src/lifecycle/drift/report.js';
import { driftReport } from '../../../src/lifecycle/drift/report.js';
import { verdictOf } from '../../../src/lifecycle/monitoring/verdict.js';
import { failureOf, reading, readingJson, rows } from './reading.js';

const csv = async (text: string): Promise<unknown[][]> => rows((await reading('report.csv', text)).report);

describe('CSV', () => {
  test('feature, method, value, threshold', async () => {
    const text =
      'feature,method,value,threshold\n' +
      'age,PSI,0.31,0.2\n' +
      '"plan, paid ""yearly""",chi-square p_value,1e-5,0.05\n' +
      'score,,0.9,\n';
    expect(await csv(text)).toEqual([
      ['age', 'psi', 0.31, 0.2, null],
      ['plan, paid "yearly"', 'chi-square-p-value', 1e-5, 0.05, null],
      ['score', 'value', 0.9, null, null],
    ]);
  });

  test.each([';', '\t'])('separated by %j, with other columns, in another order', async (separator) => {
    const lines = [
      ['Value', 'note', 'Feature', 'Breached'],
      ['0.31', 'x', 'age', 'TRUE'],
    ];
    expect(await csv(lines.map((line) => line.join(separator)).join('\r\n'))).toEqual([
      ['age', 'value', 0.31, null, true],
    ]);
  });

  test.each(['NaN', 'nan', 'N/A', 'null', '', 'Infinity', '-inf', ' '])('%j is unmeasured', async (value) => {
    const [row] = await csv(`feature,method,value,threshold\nage,psi,${value},0.2\n`);
    expect(row?.slice(2, 4)).toEqual([null, 0.2]);
    expect(row?.[4]).toMatch(/^it is /);
  });

  test.each([
    ['a,b\n1,2\n', 'report/unknown-format'],
    ['feature,method,value\nage,psi\n', 'input/syntax'],
    ['feature,method,value\nage,psi,"0.3\n', 'input/syntax'],
    ['feature,method,value\nage,psi,"0.3"x\n', 'input/syntax'],
    ['feature,method,value\nage,psi,0,27\n', 'input/syntax'],
    ['feature;method;value\nage;psi;0,27\n', 'report/number'],
    ['feature,method,value\nage,psi,high\n', 'report/number'],
    ['feature,method,value\nage,psi,0x1F\n', 'report/number'],
    ['feature,method,value\n,psi,0.3\n', 'report/name'],
    ['feature,method,value,breached\nage,psi,0.3,maybe\n', 'report/breached'],
    ['feature,method,value\nage,psi,0.3\nage,PSI,0.4\n', 'report/duplicate'],
    ['feature,value,value\nage,0.3,0.4\n', 'input/duplicate-key'],
    ['feature,method,value\n', 'report/nothing-measured'],
  ])('%j is refused', async (text, code) => {
    expect((await failureOf(reading('report.csv', text))).code).toBe(code);
  });

  test('the line of a bad cell is told', async () => {
    const text = 'feature,method,value\n"two\nlines",psi,0.1\nage,psi,high\n';
    expect((await failureOf(reading('report.csv', text))).message).toContain('report.csv:4');
  });
});

describe('JSON and YAML', () => {
  test('a mapping that says what it is about', async () => {
    const report = await readingJson({
      model: 'churn',
      version: '2.1.0',
      signal: 'input-drift',
      window: { start: '2026-03-01', end: '2026-03-08T02:00:00+02:00' },
      samples: { reference: 5000, current: 1200.0 },
      producer: 'own 1.0',
      observations: [
        { name: 'age', method: 'psi', value: 0.31, threshold: 0.2, breached: true },
        { feature: 'plan', method: 'psi', value: 0.05, unmeasured: 'too few rows' },
      ],
    });
    expect(report).toMatchObject({
      format: 'observations',
      model: 'churn',
      version: '2.1.0',
      signal: 'input-drift',
      window: { start: '2026-03-01T00:00:00Z', end: '2026-03-08T00:00:00Z' },
      samples: { reference: 5000, current: 1200 },
      producer: 'own 1.0',
    });
    expect(rows(report)).toEqual([
      ['age', 'psi', 0.31, 0.2, true],
      ['plan', 'psi', null, null, 'too few rows'],
    ]);
  });

  test('a list, with what Python writes for no number', async () => {
    const text =
      '[{"feature": "a", "method": "psi", "value": NaN}, {"feature": "b", "method": "psi", "value": -Infinity}]';
    expect(rows((await reading('r.json', text)).report)).toEqual([
      ['a', 'psi', null, null, 'it is NaN'],
      ['b', 'psi', null, null, 'it is -Infinity'],
    ]);
  });

  test('YAML', async () => {
    const text =
      '- {feature: a, method: K-S p_value, value: 0.01, threshold: 0.05}\n- {feature: b, method: psi, value: .nan}\n';
    expect(rows((await reading('r.yaml', text)).report)).toEqual([
      ['a', 'ks-p-value', 0.01, 0.05, null],
      ['b', 'psi', null, null, 'it is NaN'],
    ]);
  });

  test('names that mean two things, or nothing, are not judged, and a note says what to write', async () => {
    const drift = ['ks', 'TVD', 'p_value of something'].map((method) => ({
      feature: method,
      method,
      value: 0.3,
      threshold: 0.1,
    }));
    const report = await readingJson(drift);
    expect(report.observations.map((observation) => verdictOf(observation, undefined))).toEqual([
      'unjudged',
      'unjudged',
      'unjudged',
    ]);
    expect(report.notes).toHaveLength(3);
    expect(report.notes[0]).toContain('ks-p-value or ks-statistic');
    const told = await readingJson({ producer: 'evidently 0.7.21', observations: drift.slice(0, 2) });
    expect(told.observations.map(({ method }) => method)).toEqual(['ks-p-value', 'total-variation-p-value']);
  });

  test('the two directions come out of the method', async () => {
    const report = await readingJson([
      { feature: 'a', method: 'psi', value: 0.3, threshold: 0.2 },
      { feature: 'b', method: 'psi', value: 0.01, threshold: 0.2 },
      { feature: 'c', method: 'ks-p-value', value: 0.3, threshold: 0.05 },
      { feature: 'd', method: 'ks-p-value', value: 0.01, threshold: 0.05 },
    ]);
    expect(report.observations.map((observation) => verdictOf(observation, undefined))).toEqual([
      'breached',
      'within',
      'within',
      'breached',
    ]);
  });

  test('a p-value above one is something else under a wrong name', async () => {
    const report = await readingJson([{ feature: 'a', method: 't_test', value: 5.3, threshold: 0.05 }]);
    expect(rows(report)).toEqual([
      ['a', 't-test-p-value', null, 0.05, 'it is 5.3, and t-test-p-value is from 0 to 1'],
    ]);
  });

  test.each([
    [{ version: 2.1, observations: [] }, 'report/header'],
    [{ signal: 'drift', observations: [] }, 'report/signal'],
    [{ window: { start: '2026-03-08', end: '2026-03-01' }, observations: [] }, 'report/window'],
    [{ window: { start: '2026-02-30', end: '2026-03-01' }, observations: [] }, 'report/window'],
    [{ window: '2026-03', observations: [] }, 'report/window'],
    [{ samples: { current: -1 }, observations: [] }, 'report/samples'],
    [{ observations: [7] }, 'report/shape'],
    [{ observations: [{ name: 'a', method: 3, value: 1 }] }, 'report/method'],
    [{ observations: [{ name: 'a', value: true }] }, 'report/number'],
    [{ observations: [{ name: 'x'.repeat(301), value: 1 }] }, 'report/name'],
    [{ observations: [] }, 'report/nothing-measured'],
  ])('%j is refused', async (data, code) => {
    expect((await failureOf(readingJson(data))).code).toBe(code);
  });
});

describe('metrics', () => {
  test('flat or nested, with notes of what is none', async () => {
    const report = await readingJson({
      accuracy: 0.91,
      recall: { malignant: 0.9, benign: 'NaN' },
      auc: null,
      trained_by: 'ada',
      evaluation_dataset: { name: 'golden', examples: 500 },
    });
    expect(report.format).toBe('metrics');
    expect(rows(report)).toEqual([
      ['accuracy', 'value', 0.91, null, null],
      ['recall.malignant', 'value', 0.9, null, null],
      ['recall.benign', 'value', null, null, 'it is NaN'],
      ['auc', 'value', null, null, 'it is null'],
    ]);
    expect(report.notes).toEqual(['no numbers, left out: trained_by']);
  });

  test('YAML and a number too large to be one', async () => {
    const { report } = await reading('m.yml', 'accuracy: 0.91\nloss: 1e999\n');
    expect(rows(report)).toEqual([
      ['accuracy', 'value', 0.91, null, null],
      ['loss', 'value', null, null, 'it is Infinity'],
    ]);
  });

  test('a key of the prototype changes nothing', async () => {
    await reading('m.json', '{"__proto__": {"polluted": 1}, "constructor": 2, "a": 1}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('what mlc drift writes is read as it was meant', async () => {
  const measure = (method: Measure['method'], value: number, threshold: number | null): Measure => ({
    method,
    value,
    threshold,
    verdict: threshold === null ? 'unjudged' : value > threshold ? 'breached' : 'within',
  });
  const side = { n: 600, missing: 0, nonFinite: 0, missingShare: 0 };
  const result: DriftResult = {
    model: 'churn',
    version: '2.1.0',
    signal: 'input-drift',
    window: { start: '2026-03-01T00:00:00Z', end: '2026-03-08T00:00:00Z' },
    samples: { reference: 600, current: 600 },
    columns: [
      {
        name: 'age',
        kind: 'numeric',
        reference: side,
        current: side,
        bins: 10,
        chanceLimit: 0.05,
        ks: null,
        measures: [
          measure('psi', 0.3, 0.2),
          measure('ks-statistic', 0.3, 0.1),
          measure('ks-p-value', 1e-9, null),
        ],
        verdict: 'breached',
      },
    ],
    absent: [{ name: 'income', why: 'the current file has no such column' }],
    judging: { zeros: { kind: 'skip' }, thresholds: new Map([['psi', 0.2]]), minSamples: 200 },
    notes: ['rows were sampled'],
  };
  const report = await readingJson(driftReport(result, 'mlc 0.1.0'));
  expect(report).toMatchObject({
    format: 'mlc-drift',
    producer: 'mlc 0.1.0',
    model: 'churn',
    version: '2.1.0',
    signal: 'input-drift',
    window: result.window,
    samples: result.samples,
    notes: ['rows were sampled'],
  });
  expect(rows(report)).toEqual([
    ['age', 'psi', 0.3, 0.2, true],
    ['age', 'ks-statistic', 0.3, 0.1, true],
    ['age', 'ks-p-value', 1e-9, null, null],
    ['income', 'psi', null, 0.2, 'the current file has no such column'],
  ]);
});
