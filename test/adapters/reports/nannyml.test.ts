// NannyML: which chunk, whose columns, which limit, and alerts that are none.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf, fixture, fixtures, reading, rows } from './reading.js';

const univariate = 'nannyml/univariate.csv';

describe('drift of single features', () => {
  test('the last chunk of the analysis; columns with underscores are split from the right', async () => {
    const report = await fixture(univariate);
    expect(report).toMatchObject({
      format: 'nannyml',
      producer: 'nannyml',
      window: { start: '2026-05-18T00:00:00Z', end: '2026-05-24T23:59:59Z' },
      samples: { reference: 600, current: 4 },
    });
    expect(rows(report)).toEqual([
      ['age', 'ks-statistic', 0.435, 0.18808939288014198, true],
      ['age', 'jensen-shannon', 0.5890475353387615, 0.3466196096392176, true],
      ['age', 'wasserstein', 6.643533333333331, 2.8628801943952067, true],
      ['age', 'hellinger', 0.5662181919734988, 0.3312199208991159, true],
      ['tenure_value', 'ks-statistic', 0.365, 0.48772058489221065, false],
      ['tenure_value', 'jensen-shannon', 0.5580921414846736, 0.41659443418753206, true],
      ['tenure_value', 'wasserstein', 7.925583333333336, 10.925009429628833, false],
      ['tenure_value', 'hellinger', 0.5348239619021425, 0.3755839826950471, true],
      ['age_jensen_shannon', 'chi-square-statistic', 0, null, false],
      ['age_jensen_shannon', 'jensen-shannon', 0.09989058187058332, 0.17049350462586976, false],
      ['age_jensen_shannon', 'l-infinity', 0.1166666666666667, 0.1941709762873327, false],
      ['age_jensen_shannon', 'hellinger', 0.08321522586614806, 0.14208265450969637, false],
      ['plan', 'chi-square-statistic', 0.8787383025658888, null, false],
      ['plan', 'jensen-shannon', 0.20714754488668524, 0.20451579371181344, true],
      ['plan', 'l-infinity', 0.2316666666666667, 0.22485240516022056, true],
      ['plan', 'hellinger', 0.17304625315287855, 0.17056749606991162, true],
    ]);
    // Four rows against fifty-six in every other week.
    expect(report.notes.join()).toContain('this chunk has 4 rows and the one before 56');
  });

  test('the chunk of the window that is asked for', async () => {
    const window = { start: '2026-05-11T00:00:00Z', end: '2026-05-18T00:00:00Z' };
    const report = await fixture(univariate, { window });
    expect(report).toMatchObject({ window, samples: { reference: 600, current: 56 } });
    expect(report.notes[0]).toContain('chunk 9 of 10');
  });

  test('a window with no chunk or with two is refused, and the chunks are listed', async () => {
    const none = { start: '2026-05-12T00:00:00Z', end: '2026-05-13T00:00:00Z' };
    const error = await failureOf(fixture(univariate, { window: none }));
    expect(error.message).toContain('no chunk');
    expect(error.message).toContain('2026-05-11T00:00:00Z to 2026-05-17T23:59:59Z');
    const two = { start: '2026-05-04T00:00:00Z', end: '2026-05-18T00:00:00Z' };
    expect((await failureOf(fixture(univariate, { window: two }))).message).toContain('2 chunks');
    // The reference is no observation of production.
    const reference = { start: '2026-01-05T00:00:00Z', end: '2026-01-12T00:00:00Z' };
    await failureOf(fixture(univariate, { window: reference }));
  });

  test('a value that the tool could not compute is unmeasured, though its alert says False', async () => {
    const report = await fixture('nannyml/gaps.csv');
    // Chunks by rows have no dates, so nobody is told a window.
    expect(report.window).toBeUndefined();
    expect(rows(report)).toEqual([
      ['age', 'jensen-shannon', 0.3406817343888516, 0.21762656334109445, true],
      ['income', 'jensen-shannon', null, 0.21191503489692146, 'it is empty'],
      ['plan', 'jensen-shannon', 0.2259528249142086, 0.1400614878735638, true],
    ]);
  });

  test('an alert that is empty is unmeasured, though there is a value', async () => {
    const text = await readFile(path.join(fixtures, 'nannyml/gaps.csv'), 'utf8');
    const { report } = await reading('gaps.csv', text.replace(/True\r?\n$/, '\n'));
    expect(rows(report).at(-1)).toEqual([
      'plan',
      'jensen-shannon',
      null,
      0.1400614878735638,
      'its alert is empty, so the calculation failed',
    ]);
  });

  test('the reference alone is no report', async () => {
    const text = await readFile(path.join(fixtures, univariate), 'utf8');
    const lines = text.split('\n').filter((line) => !line.includes(',analysis,'));
    expect((await failureOf(reading('u.csv', lines.join('\n')))).code).toBe('report/no-analysis');
  });

  test('columns on several levels are refused with the way to flat ones', async () => {
    const error = await failureOf(fixture('nannyml/multilevel.csv'));
    expect(error.hint).toContain('multilevel=False');
  });

  test('an index column and Windows line ends make no difference', async () => {
    const text = await readFile(path.join(fixtures, univariate), 'utf8');
    const lines = text.trimEnd().split('\n');
    const indexed = lines.map((line, index) => (index === 0 ? `,${line}` : `${index - 1},${line}`));
    const { report } = await reading('u.csv', `${indexed.join('\r\n')}\r\n`);
    expect(rows(report)).toEqual(rows(await fixture(univariate)));
  });
});

describe('performance and whole data sets', () => {
  test('estimated performance has two limits; the one that is crossed is shown', async () => {
    const report = await fixture('nannyml/estimated.csv');
    expect(report.window).toEqual({ start: '2026-05-06T00:00:00Z', end: '2026-05-18T09:00:00Z' });
    expect(rows(report)).toEqual([
      ['roc_auc', 'value', 0.8968625912323475, null, false],
      ['f1', 'value', 0.8961771572407395, null, false],
      ['accuracy', 'value', 0.8768704906204906, null, false],
    ]);
  });

  test('realized performance: targets that are late are unmeasured, not fine', async () => {
    expect(rows(await fixture('nannyml/realized.csv'))).toEqual([
      ['roc_auc', 'value', null, null, 'it is empty'],
      ['f1', 'value', null, null, 'it is empty'],
      ['accuracy', 'value', null, null, 'it is empty'],
    ]);
    const window = { start: '2026-03-29T00:00:00Z', end: '2026-04-11T00:00:00Z' };
    expect(rows(await fixture('nannyml/realized.csv', { window }))).toEqual([
      ['roc_auc', 'value', 0.7307221542227662, 0.7450401439168667, true],
      ['f1', 'value', 0.7413793103448276, null, false],
      ['accuracy', 'value', 0.7, 0.7621291218949664, true],
    ]);
  });

  test('measures of all features together, and of missing values', async () => {
    expect(rows(await fixture('nannyml/domain-classifier.csv'))).toEqual([
      ['dataset', 'domain-classifier-auroc', 0.6997399999999999, 0.65, true],
    ]);
    expect(rows(await fixture('nannyml/reconstruction.csv'))).toEqual([
      ['dataset', 'reconstruction-error', 0.7845117898190153, 0.799334479427068, false],
    ]);
    expect(rows(await fixture('nannyml/missing.csv'))).toEqual([
      ['age', 'value', 0.2, 0, true],
      ['income', 'value', 1, 0, true],
    ]);
  });

  test('a metric of a column that is named like a method stays that column', async () => {
    const header =
      'chunk_key,chunk_period,age_wasserstein_value,age_wasserstein_sampling_error,age_wasserstein_alert';
    const { report } = await reading('m.csv', `${header}\n[0:9],analysis,0.5,0,False\n`);
    expect(rows(report)).toEqual([['age_wasserstein', 'value', 0.5, null, false]]);
  });
});
