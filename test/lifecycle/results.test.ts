// Evaluation results: nested names, strictness about what is no number, data sets and slices.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetLabel, flattenResults, parseDataset, slicesOf } from '../../src/lifecycle/results.js';

describe('flattening', () => {
  test('nested results are addressed with dots', () => {
    const { metrics } = flattenResults({
      accuracy: 0.9,
      recall: { malignant: 0.8, by: { age: { old: 0.7 } } },
    });
    expect([...metrics]).toEqual([
      ['accuracy', 0.9],
      ['recall.malignant', 0.8],
      ['recall.by.age.old', 0.7],
    ]);
  });

  test('flat names with dots are the same', () => {
    expect(flattenResults({ 'recall.malignant': 0.8 })).toEqual(
      flattenResults({ recall: { malignant: 0.8 } }),
    );
  });

  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [[0.9], 'list'],
    [true, 'boolean'],
  ])('%s is unmeasured, with the reason', (value, reason) => {
    const { metrics, unmeasured } = flattenResults({ deep: { f1: value } });
    expect(metrics.has('deep.f1')).toBe(false);
    expect(unmeasured.get('deep.f1')).toContain(reason);
  });

  test('texts and null are kept as what they are', () => {
    expect([...flattenResults({ grade: 'A', f1: null }).metrics]).toEqual([
      ['grade', 'A'],
      ['f1', null],
    ]);
  });

  test('a name that is given twice, unmeasured once, is not measured', () => {
    for (const tree of [
      { 'recall.a': 0.99, recall: { a: Number.NaN } },
      { recall: { a: Number.NaN }, 'recall.a': 0.99 },
    ])
      expect(flattenResults(tree).metrics.get('recall.a')).toBeUndefined();
  });

  test('every number of a tree is found under its dotted name, and nothing infinite is a metric', () => {
    const key = fc.stringMatching(/^[a-z]{1,4}$/);
    const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
      tree: fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      node: fc.oneof({ maxDepth: 4 }, fc.double(), tie('tree')),
    }));
    fc.assert(
      fc.property(tree, (given) => {
        const { metrics, unmeasured } = flattenResults(given);
        for (const [name, value] of metrics) {
          const found = name
            .split('.')
            .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], given);
          expect(found).toBe(value);
          expect(Number.isFinite(value)).toBe(true);
          expect(unmeasured.has(name)).toBe(false);
        }
      }),
    );
  });
});

describe('the data set', () => {
  test.each([
    ['golden@v1', { name: 'golden', version: 'v1' }],
    ['golden', { name: 'golden' }],
    ['s3://a@b/golden@v1', { name: 's3://a@b/golden', version: 'v1' }],
    ['@v1', { name: '@v1' }],
  ])('%s', (text, dataset) => {
    expect(parseDataset(text)).toEqual(dataset);
    expect(datasetLabel(dataset)).toBe(text);
    expect(flattenResults({ evaluation_dataset: text }).dataset).toEqual(dataset);
  });

  test('is read from a mapping, without what is of another kind', () => {
    const dataset = { name: 'golden', version: 1, sha256: 'ab', examples: 500, extra: true };
    expect(flattenResults({ evaluation_dataset: dataset })).toMatchObject({
      dataset: { name: 'golden', sha256: 'ab', examples: 500 },
      metrics: { size: 0 },
    });
  });

  test.each([undefined, null, '', 7, { version: 'v1' }, ['golden']])('%j is none', (value) => {
    expect(flattenResults({ evaluation_dataset: value }).dataset).toBeUndefined();
    expect(datasetLabel(undefined)).toBe('unknown data');
  });
});

test('slices are found by property, measured or not', () => {
  const results = flattenResults({
    slices: { country: { de: { n: 500, f1: 0.9 }, fr: { f1: Number.NaN } }, age: { old: { n: 7 } }, n: 3 },
  });
  expect(slicesOf(results, 'country')).toEqual([
    { name: 'de', examples: 500 },
    { name: 'fr', examples: undefined },
  ]);
  expect(slicesOf(results, 'coun')).toEqual([]);
});
