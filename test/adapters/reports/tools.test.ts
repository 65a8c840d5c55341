// Alibi Detect, scikit-learn and MLflow: files that the tools wrote.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../../src/adapters/reports/read.js';
import { temporaryFolder } from '../../support/folders.js';
import { failureOf, fixture, fixtures, readingJson, rows } from './reading.js';

describe('Alibi Detect', () => {
  test('a verdict on each feature, named by the reader', async () => {
    const features = ['age', 'income', 'tenure'];
    const report = await fixture('alibi-detect/ks-feature.json', { features });
    expect(report).toMatchObject({ format: 'alibi-detect', producer: 'alibi-detect 0.13.0', notes: [] });
    expect(rows(report)).toEqual([
      ['age', 'ks-p-value', 1.4908435921332015e-28, 0.05, true],
      ['income', 'ks-p-value', 6.626737353299106e-11, 0.05, true],
      ['tenure', 'ks-p-value', 0.8582341074943542, 0.05, false],
    ]);
  });

  test('without names they are counted; a verdict on all is none on each, and the limit is the corrected one', async () => {
    const report = await fixture('alibi-detect/ks-batch.json');
    expect(rows(report)).toEqual([
      ['feature-0', 'ks-p-value', 1.4908435921332015e-28, 0.05 / 3, null],
      ['feature-1', 'ks-p-value', 6.626737353299106e-11, 0.05 / 3, null],
      ['feature-2', 'ks-p-value', 0.8582341074943542, 0.05 / 3, null],
    ]);
    expect(report.notes.join()).toContain('--features');
    expect(rows(await fixture('alibi-detect/ks-fdr.json'))[2]).toEqual([
      'feature-2',
      'ks-p-value',
      0.8582341074943542,
      0.03333333333333333,
      null,
    ]);
  });

  test('a NaN that the tool calls no drift is unmeasured', async () => {
    expect(rows(await fixture('alibi-detect/ks-gaps.json'))).toEqual([
      ['feature-0', 'ks-p-value', null, 0.05, 'it is NaN'],
      ['feature-1', 'ks-p-value', null, 0.05, 'it is NaN'],
      ['feature-2', 'ks-p-value', 0.8582341074943542, 0.05, false],
    ]);
  });

  test('a verdict without numbers, and distances without p-values', async () => {
    expect(rows(await fixture('alibi-detect/ks-verdict-only.json'))).toEqual([
      ['dataset', 'drift-flag', 1, null, true],
    ]);
    expect(rows(await fixture('alibi-detect/ks-distance-only.json'))).toEqual([
      ['feature-0', 'ks-statistic', 0.33933332562446594, null, true],
      ['feature-1', 'ks-statistic', 0.20866666734218597, null, true],
      ['feature-2', 'ks-statistic', 0.035999998450279236, null, false],
    ]);
  });

  test('one test for all features, and several tests in one detector', async () => {
    expect(rows(await fixture('alibi-detect/classifier.json', { features: ['a', 'b', 'c'] }))).toEqual([
      ['dataset', 'p-value', 2.0342197327371376e-38, 0.05, true],
    ]);
    expect(rows(await fixture('alibi-detect/tabular-feature.json'))[3]).toEqual([
      'feature-3',
      'p-value',
      2.200316080391413e-22,
      0.05,
      true,
    ]);
    expect(rows(await fixture('alibi-detect/chi-square.json'))).toEqual([
      ['feature-0', 'chi-square-p-value', 2.200316080391413e-22, 0.05, true],
    ]);
    expect(rows(await fixture('alibi-detect/cvm-feature.json'))[2]?.slice(0, 2)).toEqual([
      'feature-2',
      'cramer-von-mises-p-value',
    ]);
  });

  test('an online detector, as version 0.13.0 answers, keeps its verdict', async () => {
    const data = {
      is_drift: 1,
      distance: null,
      p_val: null,
      threshold: [2.6],
      time: 30,
      test_stat: [[7.7, 1.2]],
    };
    const meta = { name: 'CVMDriftOnline', online: true, version: '0.13.0', detector_type: 'drift' };
    expect(rows(await readingJson({ data, meta }))).toEqual([['dataset', 'drift-flag', 1, null, true]]);
  });

  test('drift somewhere that no feature shows is not lost', async () => {
    const data = { is_drift: 1, distance: null, p_val: [0.5, 0.6], threshold: null };
    const meta = { name: 'KSDrift', version: '0.11.4' };
    expect(rows(await readingJson({ data, meta }))).toEqual([
      ['feature-0', 'ks-p-value', 0.5, null, null],
      ['feature-1', 'ks-p-value', 0.6, null, null],
      ['dataset', 'drift-flag', 1, null, true],
    ]);
  });

  test('too few names are refused', async () => {
    const error = await failureOf(fixture('alibi-detect/ks-batch.json', { features: ['age'] }));
    expect(error.message).toContain('has 3 features, and --features names 1');
  });
});

describe('scikit-learn', () => {
  test('classes, averages and the examples behind them', async () => {
    const report = await fixture('scikit-learn/report.json');
    expect(report).toMatchObject({ format: 'sklearn', producer: 'scikit-learn', samples: { current: 500 } });
    expect(report.observations).toHaveLength(13);
    expect(rows(report)).toContainEqual(['accuracy', 'value', 0.714, null, null]);
    expect(rows(report)).toContainEqual(['macro avg.f1-score', 'value', 0.708447677571675, null, null]);
    expect(rows(report)).toContainEqual(['leaves.recall', 'value', 0.7689530685920578, null, null]);
  });

  test('NaN for a class that never occurs', async () => {
    const report = await fixture('scikit-learn/report-nan.json');
    expect(rows(report)).toContainEqual(['1.precision', 'value', null, null, 'it is NaN']);
    expect(rows(report)).toContainEqual(['2.recall', 'value', null, null, 'it is NaN']);
    expect(rows(report)).toContainEqual(['1.recall', 'value', 0, null, null]);
  });

  test('a subset of the classes: no accuracy, and no number of examples', async () => {
    const report = await fixture('scikit-learn/report-subset.json');
    expect(report.samples).toBeUndefined();
    expect(rows(report)).toContainEqual(['micro avg.f1-score', 'value', 0.35376044568245124, null, null]);
    expect(report.observations.some(({ name }) => name === 'accuracy')).toBe(false);
  });
});

describe('MLflow', () => {
  const measured = [
    ['accuracy', 'value', 0.714, null, null],
    ['f1_score', 'value', 0.7487, null, null],
    ['toxicity/v1/mean', 'value', 0.02, null, null],
  ];

  test('REST: tags say what it is about, when it ran says nothing, infinity is the largest number', async () => {
    const report = await fixture('mlflow/runs-get.json');
    expect(report).toMatchObject({ format: 'mlflow', model: 'churn', version: '2.1.0', signal: 'quality' });
    expect(report.window).toBeUndefined();
    expect(rows(report)).toEqual([
      ...measured.slice(0, 2),
      ['roc_auc', 'value', null, null, 'it is NaN'],
      ['log_loss', 'value', null, null, 'it is 1.7976931348623157e+308, which stands for infinity'],
      ...measured.slice(2),
    ]);
  });

  test('the file store: the newest step, metrics with slashes, lines with data sets', async () => {
    const folders = ['mlflow/mlruns/101/0f3b', 'mlflow/mlruns/101/0f3b/metrics', 'mlflow/mlruns'];
    const digests = new Set<string>();
    for (const folder of folders) {
      const { report, source } = await readReport(fixtures, folder, {});
      expect(report).toMatchObject({ model: 'churn', version: '2.1.0', signal: 'quality', notes: [] });
      expect(report.window).toBeUndefined();
      expect(rows(report)).toEqual([
        ...measured.slice(0, 2),
        ['log_loss', 'value', null, null, 'it is inf'],
        ['roc_auc', 'value', null, null, 'it is nan'],
        ...measured.slice(2),
      ]);
      expect(source).toMatchObject({ file: '0f3b', format: 'mlflow', producer: 'mlflow' });
      digests.add(source.sha256);
    }
    expect(digests.size).toBe(1);
  });

  async function copiedRun(): Promise<string> {
    const folder = path.join(await temporaryFolder(), 'mlruns');
    await cp(path.join(fixtures, 'mlflow/mlruns'), folder, { recursive: true });
    return folder;
  }

  test('one more metric is another digest; a run that failed, and tags for the window, are told', async () => {
    const folder = await copiedRun();
    const run = path.join(folder, '101/0f3b');
    const before = await readReport(folder, '101/0f3b', {});
    await writeFile(path.join(run, 'metrics/new'), '1772355600000 0.5 0\n');
    await writeFile(path.join(run, 'meta.yaml'), 'run_id: 0f3b\nstatus: 4\n');
    await writeFile(path.join(run, 'tags/mlc.window.start'), '2026-03-01');
    await writeFile(path.join(run, 'tags/mlc.window.end'), '2026-03-08');
    const after = await readReport(folder, '101/0f3b', {});
    expect(after.source.sha256).not.toBe(before.source.sha256);
    expect(after.report.window).toEqual({ start: '2026-03-01T00:00:00Z', end: '2026-03-08T00:00:00Z' });
    expect(after.report.notes.join()).toContain('FAILED');
  });

  test('a folder with two runs asks which, one without any is refused, a torn line is told with its place', async () => {
    const folder = await copiedRun();
    await writeFile(path.join(folder, '101/0f3b/metrics/torn'), '1772355600000 0.5 0\n17723\n');
    expect((await failureOf(readReport(folder, '101/0f3b', {}))).message).toContain('metrics/torn:2');
    await cp(path.join(folder, '101/0f3b'), path.join(folder, '101/a2'), { recursive: true });
    const error = await failureOf(readReport(folder, '.', {}));
    expect(error).toMatchObject({ code: 'report/which-run' });
    expect(error.hint).toContain(path.join('101', 'a2'));
    await mkdir(path.join(folder, 'empty'));
    await failureOf(readReport(folder, 'empty', {}));
    await failureOf(readReport(folder, '101/0f3b', { format: 'evidently' }));
  });

  test('the metrics of an evaluation, by name or by look', async () => {
    const plain = await fixture('mlflow/metrics.json');
    expect(plain).toMatchObject({ format: 'metrics', samples: { current: 500 } });
    expect(rows(plain)).toContainEqual(['f1_score', 'value', 0.7486818980667839, null, null]);
    expect(plain.observations.some(({ name }) => name === 'example_count')).toBe(false);
    const named = await fixture('mlflow/metrics.json', { format: 'mlflow' });
    expect(named).toMatchObject({ format: 'mlflow', producer: 'mlflow' });
    expect(rows(named)).toEqual(rows(plain));
  });

  test('a tag with a signal that there is not', async () => {
    const run = {
      info: { status: 'FINISHED' },
      data: { metrics: [{ key: 'a', value: 1 }], tags: [{ key: 'mlc.signal', value: 'qualty' }] },
    };
    const error = await failureOf(readingJson({ run }));
    expect(error.hint).toContain('quality');
  });
});
