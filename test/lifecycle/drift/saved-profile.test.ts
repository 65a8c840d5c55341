// Saved profiles: what they keep, that they measure what the data did, and that damage is told.
import type { ProfiledColumn } from '../../../src/generated/types.js';
import { describe, expect, test } from 'vitest';
import { compareColumn } from '../../../src/lifecycle/drift/compare.js';
import type { ColumnProfile } from '../../../src/lifecycle/drift/profile.js';
import {
  columnFault,
  decodeVector,
  encodeVector,
  profileDetails,
  profileOf,
  savedColumn,
} from '../../../src/lifecycle/drift/saved-profile.js';
import { countCells, drift, normal, profileCells, usual } from './support.js';

const full = { gridParts: 50, categories: 50, edges: 'whole' } as const;

function made(cells: readonly unknown[]): ColumnProfile {
  const profile = profileCells(cells);
  if (typeof profile === 'string') throw new Error(profile);
  return profile;
}

const columns: [string, unknown[], unknown[]][] = [
  ['numbers', normal(1000), normal(800, 0.4, 2)],
  ['few values', normal(1000).map(Math.round), normal(800, 1, 2).map(Math.round)],
  ['thirds, which no decimal ends', normal(900).map((n) => Math.round(n) / 3), normal(800, 0, 2)],
  [
    'categories',
    normal(900).map((n) => `k${Math.round(n)}`),
    normal(900, 1, 2).map((n) => `k${Math.round(n)}`),
  ],
  ['vectors', normal(900).map((n) => [n, 1]), normal(900, 2, 2).map((n) => [n, 1])],
];

describe.each(columns)('%s', (_name, reference, current) => {
  const profile = made(reference);

  test.each(profileDetails.map((detail) => [detail.gridParts, detail] as const))(
    'with %d grid parts measure the same PSI from the file as from the data',
    (_parts, detail) => {
      const saved = JSON.parse(JSON.stringify(savedColumn(profile, detail))) as ProfiledColumn;
      expect(columnFault(saved)).toBeUndefined();
      const back = profileOf(saved);
      const found = compareColumn(back, countCells(back, current), usual);
      const direct = drift(reference, current);
      // The barest rounds edges, which moves a few values to the next bin.
      if (detail.edges === 'whole') expect(found.measures[0]).toEqual(direct.measures[0]);
      else expect(found.measures[0]?.value).toBeCloseTo(direct.measures[0]?.value ?? 0, 3);
      expect(found.verdict).toBe(direct.verdict);
      expect(found.reference).toEqual(direct.reference);
    },
  );

  test('the statistic on quantiles is below the exact one, which is below its bound', () => {
    const back = profileOf(savedColumn(profile, full));
    const { ks } = compareColumn(back, countCells(back, current), usual);
    const exact = drift(reference, current).ks;
    if (!exact) return;
    expect(ks?.on).toBe('quantiles');
    expect(ks?.statistic).toBeLessThanOrEqual(exact.statistic + 1e-12);
    expect(ks?.statisticAtMost).toBeGreaterThanOrEqual(exact.statistic - 1e-12);
    expect(exact.statistic - (ks?.statistic ?? 0)).toBeLessThan(0.03);
  });
});

test('vectors survive their text', () => {
  const vector = Float32Array.from([0, -1.5, 3.25e-20, 1e30]);
  expect(decodeVector(encodeVector(vector))).toEqual(vector);
  expect(decodeVector('AAA')).toBeUndefined();
  expect(decodeVector('not base64!')).toBeUndefined();
});

describe('damage is told', () => {
  const saved = savedColumn(made(normal(500)), full);
  const broken: [string, Partial<ProfiledColumn>, string][] = [
    ['a count too few', { counts: '1 2' }, 'counts for 10 bins'],
    ['a negative count', { counts: saved.counts.replace(/^\d+/, '-3') }, 'whole number'],
    ['edges in disorder', { edges: '3 2 1', counts: '1 2 3 4' }, 'edges do not ascend'],
    ['more than there are rows', { rows: 10 }, 'exceed its rows'],
    ['a point too many', { points: `${saved.points} 99` }, 'counts for'],
    ['counts that fall', { points: '1 2', at_or_below: '5 4' }, 'do not ascend to the whole'],
    ['more below a point than there is', { points: '1', at_or_below: '99999' }, 'do not ascend to the whole'],
    ['edges that are no numbers', { edges: '1 x', counts: '1 2 3' }, 'edges do not ascend'],
  ];
  test.each(broken)('%s', (_name, change, said) => {
    expect(columnFault({ ...saved, ...change })).toContain(said);
  });
});
