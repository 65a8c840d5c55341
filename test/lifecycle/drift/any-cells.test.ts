// What holds for any cells: order, batches and samples change nothing, and no row is lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnDrift, Measure } from '../../../src/lifecycle/drift/compare.js';
import { countCells, drift, normal, profileCells, usual } from './support.js';

const value = (found: ColumnDrift, method: Measure['method']): number | null | undefined =>
  found.measures.find((measure) => measure.method === method)?.value;

const cells = fc.array(
  fc.oneof(fc.double({ min: -100, max: 100 }), fc.integer({ min: 0, max: 3 }), fc.constant(null)),
  { minLength: 1, maxLength: 200 },
);

describe('for any cells', () => {
  test('order and batches change nothing', () => {
    fc.assert(
      fc.property(cells, cells, fc.integer({ min: 1, max: 50 }), (reference, current, size) => {
        fc.pre(reference.some((cell) => cell !== null && Number.isFinite(cell)));
        const settings = { feature: { kind: 'numeric' as const } };
        const whole = drift(reference, current, settings);
        expect(drift(reference, current, { ...settings, size })).toEqual(whole);
        expect(drift([...reference].reverse(), [...current].reverse(), settings)).toEqual(whole);
      }),
    );
  });

  test('no row is lost: values, missing and infinite ones are all rows, and counts are all values', () => {
    fc.assert(
      fc.property(cells, cells, (reference, current) => {
        const profile = profileCells(reference, { feature: { kind: 'numeric' } });
        if (typeof profile === 'string') throw new Error(profile);
        for (const [side, rows] of [
          [profile, reference],
          [countCells(profile, current), current],
        ] as const) {
          expect(side.rows).toBe(rows.length);
          const counted = side.counts.reduce((sum, count) => sum + count, 0);
          expect(counted + side.missing + side.nonFinite).toBe(rows.length);
        }
      }),
    );
  });

  test('a column against itself has not drifted', () => {
    fc.assert(
      fc.property(cells, (column) => {
        fc.pre(column.some((cell) => cell !== null && Number.isFinite(cell)));
        const found = drift(column, column, { feature: { kind: 'numeric' }, judging: usual });
        expect(value(found, 'psi')).toBe(0);
        expect(value(found, 'ks-statistic')).toBe(0);
        expect(value(found, 'ks-p-value')).toBe(1);
      }),
    );
  });
});

test('a sample stands for what does not fit, and is the same in every run', () => {
  const [reference, current] = [normal(20_000), normal(20_000, 0.5, 2)];
  const [whole, part] = [drift(reference, current), drift(reference, current, { capacity: 4000 })];
  expect(part.ks).toMatchObject({ on: 'sample', method: 'exact' });
  expect(part.reference.n).toBe(20_000);
  expect(value(part, 'ks-statistic')).toBeCloseTo(value(whole, 'ks-statistic') ?? 0, 1);
  expect(value(part, 'psi')).toBeCloseTo(value(whole, 'psi') ?? 0, 1);
  expect(drift(reference, current, { capacity: 4000 })).toEqual(part);
});
