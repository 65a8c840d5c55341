// A column from its cells to its verdict: kinds, missing values, new values, small samples, and what chance brings about.
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../../src/lifecycle/drift/compare.js';
import type { ColumnDrift } from '../../../src/lifecycle/drift/compare.js';
import { countCells, drift, normal, profileCells, textual } from './support.js';

const value = (found: ColumnDrift, method: Measure['method']): number | null | undefined =>
  found.measures.find((measure) => measure.method === method)?.value;

describe('numbers', () => {
  test('bins are numpy percentiles of the reference, and the outer ones are open', () => {
    const reference = Array.from({ length: 101 }, (_, index) => index);
    const profile = profileCells(reference);
    expect(profile).toMatchObject({
      kind: 'numeric',
      bins: { kind: 'edges', edges: [10, 20, 30, 40, 50, 60, 70, 80, 90] },
      counts: [10, 10, 10, 10, 10, 10, 10, 10, 10, 11],
    });
    if (typeof profile === 'string') throw new Error(profile);
    expect(countCells(profile, [-1e9, 1e9, 10, 9.999]).counts).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('quantiles that fall together are one edge', () => {
    const reference = [
      ...Array.from({ length: 80 }, () => 0),
      ...Array.from({ length: 40 }, (_, i) => i + 1),
    ];
    const profile = profileCells(reference);
    expect(profile).toMatchObject({ bins: { kind: 'edges' } });
    if (typeof profile === 'string' || profile.bins.kind !== 'edges') throw new Error('edges');
    expect(profile.bins.edges[0]).toBe(0);
    expect(new Set(profile.bins.edges).size).toBe(profile.bins.edges.length);
    // What is below everything that was ever seen has a bin of its own.
    expect(profile.counts[0]).toBe(0);
    expect(countCells(profile, [-1, -2]).counts[0]).toBe(2);
  });

  test('few values get a bin each, and a new one is seen', () => {
    const reference = Array.from({ length: 400 }, (_, index) => index % 2);
    const found = drift(reference, [...reference.slice(0, 300), ...Array.from({ length: 100 }, () => 7)]);
    expect(found.bins).toBe(3);
    expect(found.verdict).toBe('breached');
  });

  test('missing and infinite values are counted, and measure nothing', () => {
    const reference = normal(500);
    const dirty = [...normal(500, 0, 2), null, undefined, Number.NaN, Infinity, -Infinity];
    const found = drift(reference, dirty);
    expect(found.current).toEqual({ n: 500, missing: 3, nonFinite: 2, missingShare: 5 / 505 });
    expect(value(found, 'psi')).toBe(value(drift(reference, normal(500, 0, 2)), 'psi'));
  });

  test('fixed edges are taken as they are', () => {
    const settings = { feature: { kind: 'numeric', edges: [2, 4] } } as const;
    expect(profileCells([1, 2, 3, 4, 5], settings)).toMatchObject({ counts: [1, 2, 2] });
  });

  test('whole numbers of 64 bits and truth values are numbers where that is said', () => {
    expect(profileCells([1n, 2n, 2n])).toMatchObject({ bins: { kind: 'values', values: [1, 2] } });
    expect(profileCells([true, false], { feature: { kind: 'numeric' } })).toMatchObject({
      counts: [1, 1, 0],
    });
  });
});

describe('text that may be numbers', () => {
  test.each([
    ['1.5', 1.5],
    [' 2 ', 2],
    ['-3e-4', -3e-4],
    ['1e5', 1e5],
    ['+7', 7],
    ['.5', 0.5],
  ])('%j is a number', (text, expected) => {
    expect(profileCells([text], { rules: textual })).toMatchObject({
      bins: { kind: 'values', values: [expected] },
    });
  });

  test.each(['0x10', '0b1', ' ', '1_000', '1,5', 'abc', '12abc', '--1'])('%j is none', (text) => {
    expect(profileCells([text, 'a'], { rules: textual })).toMatchObject({ kind: 'categorical' });
  });

  test('what tools write for missing and infinite', () => {
    const cells = ['1', '2', '', 'NaN', 'nan', 'NA', 'null', 'None', 'inf', '-inf', 'Infinity'];
    expect(profileCells(cells, { rules: textual })).toMatchObject({
      kind: 'numeric',
      missing: 6,
      nonFinite: 3,
    });
  });

  test('a stray text among numbers is told with its row', () => {
    const cells = [...Array.from({ length: 50 }, (_, index) => `${index}`), 'oops'];
    expect(() => profileCells(cells, { rules: textual })).toThrow('row 50: oops is not a number');
  });
});

describe('categories', () => {
  const many = Array.from({ length: 300 }, (_, index) => ['a', 'b', 'b', 'c', 'c', 'c'][index % 6]);

  test('the most frequent come first, and what is new counts as other', () => {
    const profile = profileCells(many);
    expect(profile).toMatchObject({
      bins: { kind: 'categories', categories: ['c', 'b', 'a'] },
      counts: [150, 100, 50, 0],
    });
    if (typeof profile === 'string') throw new Error(profile);
    expect(countCells(profile, ['z', 'y', 'a', null]).counts).toEqual([0, 0, 1, 2]);
  });

  test('truth values and whole decimals of two tools are one category', () => {
    const profile = profileCells(['True', 'False', 'True'], { rules: textual });
    if (typeof profile === 'string') throw new Error(profile);
    expect(countCells(profile, [true, false]).counts).toEqual([1, 1, 0]);
    const codes = profileCells(['1', '2', '2'], { rules: textual, feature: { kind: 'categorical' } });
    if (typeof codes === 'string') throw new Error(codes);
    expect(countCells(codes, ['1.0', 2], { rules: textual }).counts).toEqual([1, 1, 0]);
  });

  test('beyond fifty they count together', () => {
    const cells = Array.from({ length: 300 }, (_, index) => `k${index % 60}`);
    const profile = profileCells(cells);
    expect(profile).toMatchObject({ kind: 'categorical' });
    if (typeof profile === 'string') throw new Error(profile);
    expect(profile.counts).toHaveLength(51);
    expect(profile.counts.at(-1)).toBe(50);
  });

  test('identifiers are left out, unless they were asked for', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `id${index}`);
    expect(profileCells(ids)).toContain('identifiers');
    expect(profileCells(ids, { feature: { kind: 'categorical' } })).toMatchObject({ kind: 'categorical' });
  });

  test.each([
    ['times', [new Date(0), new Date(1)], 'times'],
    ['nested values', [{ a: 1 }], 'nested'],
    ['nothing at all', [null, null], 'no value'],
  ])('%s are left out', (_name, cells, why) => {
    expect(profileCells(cells)).toContain(why);
  });
});

describe('embeddings', () => {
  const vectors = (count: number, shift: number, seed: number): number[][] => {
    const flat = normal(count * 3, 0, seed);
    return Array.from({ length: count }, (_, index) => [
      (flat[3 * index] ?? 0) + shift,
      flat[3 * index + 1] ?? 0,
      flat[3 * index + 2] ?? 0,
    ]);
  };

  test('are measured by the distance to the centroid of the reference', () => {
    expect(drift(vectors(600, 0, 1), vectors(600, 0, 2))).toMatchObject({
      kind: 'embedding',
      verdict: 'within',
    });
    expect(drift(vectors(600, 0, 1), vectors(600, 3, 2))).toMatchObject({ verdict: 'breached' });
    const profile = profileCells([
      [0, 0],
      [2, 4],
    ]);
    expect(profile).toMatchObject({ kind: 'embedding', bins: { values: [Math.sqrt(5)] } });
    if (typeof profile === 'string') throw new Error(profile);
    expect([...(profile.centroid ?? [])]).toEqual([1, 2]);
  });

  test('as text, as CSV holds them', () => {
    expect(profileCells(['[0, 0]', '[2, 4]', ''], { rules: textual })).toMatchObject({
      kind: 'embedding',
      missing: 1,
    });
  });

  test('of another length are told', () => {
    const profile = profileCells([[1, 2]]);
    if (typeof profile === 'string') throw new Error(profile);
    expect(() => countCells(profile, [[1, 2, 3]])).toThrow('2 numbers, as in the reference');
    expect(() => profileCells([[1, 2], [1]])).toThrow('2 numbers, as in the rows before');
  });

  test('with a hole are missing, and with an infinite number are counted', () => {
    const profile = profileCells([[1, 2]]);
    if (typeof profile === 'string') throw new Error(profile);
    expect(countCells(profile, [[1, Number.NaN], [1, Infinity], null])).toMatchObject({
      missing: 2,
      nonFinite: 1,
    });
  });
});

describe('the verdict', () => {
  test('needs enough samples, and says how many', () => {
    const found = drift(normal(150), normal(1000, 3, 2));
    expect(found.verdict).toBe('unmeasured');
    expect(found.why).toContain('150 reference and 1000 current values');
    expect(drift(normal(150), normal(1000, 3, 2), { judging: { minSamples: 100 } }).verdict).toBe('breached');
  });

  test('does not call drift what chance brings about', () => {
    // 100 bins with 220 a side: the PSI is far above 0.2, and below what chance makes of it.
    const found = drift(normal(220), normal(220, 0, 2), { bins: 100 });
    expect(value(found, 'psi')).toBeGreaterThan(0.2);
    expect(found.verdict).toBe('unmeasured');
    expect(found.why).toContain('fewer than 5');
    // With ten bins it can be told.
    expect(drift(normal(220), normal(220, 0, 2)).verdict).toBe('within');
  });

  test('does not call drift what stays below the chance limit', () => {
    const judging = { thresholds: new Map([['psi', 0.01]] as const) };
    const found = drift(normal(400), normal(400, 0, 2), { judging });
    expect(value(found, 'psi')).toBeGreaterThan(0.01);
    expect(found).toMatchObject({ verdict: 'unmeasured' });
    expect(found.why).toContain('by chance in 1 run of 20');
  });

  test('is no drift at the threshold, and drift above it', () => {
    const [reference, current] = [normal(1000), normal(1000, 0.7, 2)];
    const psi = value(drift(reference, current), 'psi') ?? 0;
    const at = (threshold: number): string =>
      drift(reference, current, { judging: { thresholds: new Map([['psi', threshold]]) } }).verdict;
    expect(psi).toBeGreaterThan(0.05);
    expect([at(psi), at(psi - 1e-9)]).toEqual(['within', 'breached']);
  });

  test('can rest on other measures, and never on a p-value', () => {
    const judging = { thresholds: new Map([['missing-share', 0.1]] as const) };
    const holes = normal(500, 0, 2).map((number, index) => (index % 5 === 0 ? null : number));
    expect(drift(normal(500), holes, { judging })).toMatchObject({ verdict: 'breached' });
    expect(drift(normal(100_000), normal(100_000, 0.05, 2))).toMatchObject({ verdict: 'within' });
  });

  test('without a current value is unmeasured', () => {
    const found = drift(normal(500), [null, null]);
    expect(found).toMatchObject({ verdict: 'unmeasured', why: 'the current file has no value', ks: null });
  });
});
