// Evidently since 0.6.4: its two shapes and its dump, made by the tool; directions, missing methods, verdicts of tests.
import { describe, expect, test } from 'vitest';
import { judge, methodOf } from '../../../src/lifecycle/monitoring/methods.js';
import { failureOf, fixture, reading, readingJson, rows } from './reading.js';

describe('0.6.4 to 0.7.15', () => {
  test('without method and threshold nothing is judged, and a note says what to do', async () => {
    const report = await fixture('evidently-0.7.15/drift.json');
    expect(report).toMatchObject({ format: 'evidently-0.6.4', samples: { current: 500 } });
    expect(rows(report)).toEqual([
      ['dataset', 'drifted-share', 0.7142857142857143, 0.5, null],
      ['age', 'unknown', 2.4774668527796126e-28, null, null],
      ['income', 'unknown', 7.175664709959973e-11, null, null],
      ['tenure', 'unknown', 0.8579567405670094, null, null],
      ['plan', 'unknown', 2.5870150956265787e-53, null, null],
      ['member', 'unknown', 0.4664557666182918, null, null],
      ['target', 'unknown', 2.5861372332514065e-7, null, null],
      ['prediction', 'unknown', 6.661338147750939e-16, null, null],
      ['age', 'missing-share', 0, null, null],
    ]);
    expect(report.notes.join()).toContain('0.7.16');
  });

  test('a column with a comma and a parenthesis, a method and a threshold that somebody set', async () => {
    const label = 'ValueDrift(column=income (gross), monthly,method=psi,threshold=0.25)';
    const report = await readingJson({ metrics: [{ id: '1', metric_id: label, value: 0.3 }], tests: [] });
    expect(rows(report)).toEqual([['income (gross), monthly', 'psi', 0.3, 0.25, null]]);
    const numbered = [{ id: '1', metric_id: 'ValueDrift(column=7,method=psi,threshold=0.25)', value: 0.3 }];
    expect(rows(await readingJson({ metrics: numbered, tests: [] }))[0]?.[0]).toBe('7');
  });
});

describe('0.7.16 and later', () => {
  test('drift names its method and threshold', async () => {
    const report = await fixture('evidently-0.7.21/drift.json');
    expect(report).toMatchObject({ format: 'evidently-0.7.16', samples: { current: 500 }, notes: [] });
    expect(rows(report)).toEqual([
      ['dataset', 'drifted-share', 0.7142857142857143, 0.5, null],
      ['age', 'ks-p-value', 2.4774668527796126e-28, 0.05, null],
      ['income', 'ks-p-value', 7.175664709959973e-11, 0.05, null],
      ['tenure', 'ks-p-value', 0.8579567405670094, 0.05, null],
      ['plan', 'chi-square-p-value', 2.5870150956265787e-53, 0.05, null],
      ['member', 'z-test-p-value', 0.4664557666182918, 0.05, null],
      ['target', 'z-test-p-value', 2.5861372332514065e-7, 0.05, null],
      ['prediction', 'z-test-p-value', 6.661338147750939e-16, 0.05, null],
      ['age', 'missing-share', 0, null, null],
    ]);
  });

  test('a NaN is unmeasured, and the missing values are told', async () => {
    for (const version of ['0.7.15', '0.7.21']) {
      const report = await fixture(`evidently-${version}/nan.json`);
      expect(rows(report)).toEqual([
        ['income.mean_value', 'value', null, null, 'it is NaN'],
        ['income', 'missing-share', 1, null, null],
      ]);
    }
    expect(rows(await fixture('evidently-0.7.21/drift-gaps.json')).at(-1)).toEqual([
      'age',
      'missing-share',
      0.2,
      null,
      null,
    ]);
  });

  test('quality: one failed test is enough, settings keep names apart, tables are left out', async () => {
    for (const version of ['0.7.15', '0.7.21']) {
      const report = await fixture(`evidently-${version}/quality.json`);
      expect(rows(report)).toEqual([
        ['accuracy', 'value', 0.714, 0.8, true],
        ['f1_score', 'value', 0.7486818980667839, 0.7, false],
        ['f1_by_label.0', 'value', 0.6682134570765661, null, null],
        ['f1_by_label.1', 'value', 0.7486818980667839, null, null],
        ['age.mean_value', 'value', 47.67012, null, null],
        ['age.quantile_value[quantile=0.25]', 'value', 41.144999999999996, null, null],
        ['age.quantile_value[quantile=0.75]', 'value', 54.1575, null, null],
        ['plan.category_count[categories=pro]', 'value', 0.46, null, null],
      ]);
      expect(report.notes).toEqual(['no single number, left out: UniqueValueCount']);
    }
  });

  // The tool's own verdict stands beside every method's score.
  test.each(['0.7.15', '0.7.21'])(
    'our verdict is the verdict of Evidently %s on every method',
    async (version) => {
      const report = await fixture(`evidently-${version}/methods.json`);
      expect(report.observations).toHaveLength(42);
      const ids = new Set<string>();
      for (const { method: id, value, threshold, breached } of report.observations) {
        const method = methodOf(id);
        if (!method || value === null) throw new Error(`${id} is not judged`);
        const limit = threshold ?? (id === 'psi' ? 0.1 : method.defaultThreshold);
        expect([id, judge(method, value, limit ?? Number.NaN)]).toEqual([id, breached]);
        ids.add(id);
      }
      expect(ids.size).toBe(17);
      // The one whose name says distance: 0.062 below 0.1 is drift.
      expect(rows(report)).toContainEqual([
        'member',
        'total-variation-p-value',
        0.062,
        version === '0.7.21' ? 0.1 : null,
        true,
      ]);
    },
  );

  test('errors, warnings, skipped and lost tests', async () => {
    const metric = (id: string, type: string, value: unknown): unknown => ({
      id,
      metric_name: `${type}()`,
      config: { type: `evidently:metric_v2:${type}` },
      value,
    });
    const bound = (metric_id: string, status: string, threshold: number, more = {}): unknown => ({
      name: `test of ${metric_id}`,
      description: `${status} because`,
      status,
      metric_config: { metric_id, params: {} },
      test_config: { threshold },
      bound_test: more,
    });
    const report = await readingJson({
      metrics: [
        metric('a', 'Accuracy', 0.8),
        metric('b', 'Recall', 0.7),
        metric('c', 'Precision', 0.6),
        metric('d', 'RowCount', 120),
        metric('e', 'MAE', { mean: 2, std: 9 }),
        metric('f', 'F1ByLabel', { '0': 0.4, '1': null }),
        {},
      ],
      tests: [
        bound('a', 'WARNING', 0.9),
        bound('b', 'ERROR', 0.9),
        bound('c', 'SUCCESS', 0.5),
        bound('c', 'SKIPPED', 0.5),
        bound('d', 'FAIL', 500),
        bound('e', 'SUCCESS', 10, { is_mean: false }),
        bound('f', 'FAIL', 0.5, { label: 0 }),
        bound('gone', 'ERROR', 1),
      ],
    });
    expect(rows(report)).toEqual([
      ['accuracy', 'value', 0.8, 0.9, true],
      ['recall', 'value', 0.7, null, null],
      ['precision', 'value', 0.6, 0.5, null],
      ['row_count', 'value', 120, 500, true],
      ['mae', 'value', 2, null, null],
      ['mae.std', 'value', 9, 10, false],
      ['f1_by_label.0', 'value', 0.4, 0.5, true],
      ['f1_by_label.1', 'value', null, null, 'it is null'],
      ['test_of_gone', 'value', null, null, 'ERROR because'],
    ]);
    expect(report.samples).toEqual({ current: 120 });
    expect(report.notes.join()).toContain('not evaluated: test of b: ERROR because');
  });

  test('a report without a metric is refused', async () => {
    const error = await failureOf(readingJson({ metrics: [], tests: [] }));
    expect(error.code).toBe('report/nothing-measured');
  });
});

test('the dump is read like the report', async () => {
  const current = await fixture('evidently-0.7.21/dump.json');
  expect(current).toMatchObject({ format: 'evidently-dump', samples: { current: 500 } });
  expect(rows(current)).toEqual([
    ['dataset', 'drifted-share', 0.6666666666666666, 0.5, null],
    ['age', 'psi', 0.7156923932584897, 0.1, null],
    ['tenure', 'psi', 0.05555938877311787, 0.1, null],
    ['plan', 'psi', 0.37878431050651024, 0.1, null],
    ['accuracy', 'value', 0.714, null, null],
  ]);
  const older = await fixture('evidently-0.7.15/dump.json');
  expect(rows(older).slice(1, 3)).toEqual([
    ['age', 'psi', 0.7156923932584897, null, null],
    ['tenure', 'psi', 0.05555938877311787, null, null],
  ]);
});

test('its HTML is refused with the way to the JSON', async () => {
  const error = await failureOf(reading('report.json', '<!DOCTYPE html><html><body>drift</body></html>'));
  expect(error).toMatchObject({ code: 'report/html' });
  expect(error.hint).toContain('save_json');
});
