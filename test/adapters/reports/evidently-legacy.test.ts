// Evidently 0.4: reports and test suites that it made, its own verdicts, and what only it can read.
import { describe, expect, test } from 'vitest';
import { methodOf } from '../../../src/lifecycle/monitoring/methods.js';
import { failureOf, fixture, readingJson, rows } from './reading.js';

describe('0.4', () => {
  test('drift, with the verdict of the tool', async () => {
    const report = await fixture('evidently-0.4/drift.json');
    expect(report).toMatchObject({
      format: 'evidently-0.4',
      producer: 'evidently 0.4.40',
      samples: { reference: 600, current: 500 },
    });
    // When the tool ran is not what it looked at.
    expect(report.window).toBeUndefined();
    expect(rows(report)).toEqual([
      ['dataset', 'drifted-share', 0.7142857142857143, 0.5, true],
      ['target', 'z-test-p-value', 2.5861372332514065e-7, 0.05, true],
      ['prediction', 'z-test-p-value', 6.661338147750939e-16, 0.05, true],
      ['age', 'ks-p-value', 2.4774668527796126e-28, 0.05, true],
      ['income', 'ks-p-value', 7.175664709959973e-11, 0.05, true],
      ['tenure', 'ks-p-value', 0.8579567405670094, 0.05, false],
      ['plan', 'chi-square-p-value', 2.5870150956265787e-53, 0.05, true],
      ['member', 'z-test-p-value', 0.4664557666182918, 0.05, false],
      ['plan', 'total-variation-p-value', 0, 0.1, true],
      ['plan', 'psi', 0.37878431050651024, 0.1, true],
      ['tenure', 'psi', 0.05555938877311787, 0.1, false],
    ]);
  });

  test('quality; null is unmeasured', async () => {
    const report = await fixture('evidently-0.4/quality.json');
    expect(rows(report).slice(0, 6)).toEqual([
      ['accuracy', 'value', 0.714, null, null],
      ['precision', 'value', 0.7294520547945206, null, null],
      ['recall', 'value', 0.7689530685920578, null, null],
      ['f1', 'value', 0.7486818980667839, null, null],
      ['roc_auc', 'value', null, null, 'it is null'],
      ['log_loss', 'value', null, null, 'it is null'],
    ]);
  });

  test("a NaN that the tool calls no drift is unmeasured; a custom test's direction is not guessed", async () => {
    const report = await fixture('evidently-0.4/own-test.json');
    expect(rows(report)).toEqual([['age', "custom function '<lambda>'", null, 0.05, 'it is NaN']]);
    expect(report.notes[0]).toContain('is no method that mlc knows');
    expect(methodOf("custom function '<lambda>'", 'evidently')).toBeUndefined();
  });

  test('a test suite: verdicts although scores are rounded, and an error that is no pass', async () => {
    const report = await fixture('evidently-0.4/tests.json');
    expect(rows(report)).toEqual([
      ['dataset', 'drifted-share', 5 / 7, 0.3, true],
      ['target', 'z-test-p-value', 0, 0.05, true],
      ['prediction', 'z-test-p-value', 0, 0.05, true],
      ['age', 'ks-p-value', 0, 0.05, true],
      ['income', 'ks-p-value', 0, 0.05, true],
      ['tenure', 'ks-p-value', 0.858, 0.05, false],
      ['plan', 'chi-square-p-value', 0, 0.05, true],
      ['member', 'z-test-p-value', 0.466, 0.05, false],
      [
        'drift_per_column',
        'value',
        null,
        null,
        "Test failed with exceptions: Cannot find column 'no_such_column' in current dataset",
      ],
      ['accuracy_score', 'value', 0.714, null, false],
      ['f1_score', 'value', 0.7486818980667839, 0.9, true],
    ]);
  });

  test('what it does not read, it names; what only the tool can read, it refuses with the way out', async () => {
    const column = {
      column_name: 'a',
      stattest_name: 'psi',
      stattest_threshold: 0.1,
      drift_score: 0.3,
      drift_detected: true,
    };
    const metrics = [
      { metric: 'ColumnDriftMetric', result: column },
      { metric: 'ColumnSummaryMetric', result: {} },
    ];
    const report = await readingJson({ metrics });
    expect(rows(report)).toEqual([['a', 'psi', 0.3, 0.1, true]]);
    expect(report.notes).toEqual(['left out: ColumnSummaryMetric']);
    const snapshot = { id: '1', timestamp: '2026-03-01', suite: { metrics: [] }, metrics_ids: [] };
    expect((await failureOf(readingJson(snapshot))).hint).toContain('save_json');
  });

  test('two scores of one column and one method are an error', async () => {
    const drift = (drift_score: number): unknown => ({
      metric: 'ColumnDriftMetric',
      result: {
        column_name: 'a',
        stattest_name: 'psi',
        stattest_threshold: 0.1,
        drift_score,
        drift_detected: false,
      },
    });
    expect((await failureOf(readingJson({ metrics: [drift(0.01), drift(0.02)] }))).code).toBe(
      'report/duplicate',
    );
    expect((await readingJson({ metrics: [drift(0.01), drift(0.01)] })).observations).toHaveLength(1);
  });
});
