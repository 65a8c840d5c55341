// The stability index, the rule for empty bins, the chance limit, and the other distances, on known and on any counts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareQuantile } from '../../../src/lifecycle/drift/chi-square.js';
import { jensenShannonDistance, totalVariation } from '../../../src/lifecycle/drift/divergence.js';
import {
  type ZeroRule,
  chanceLimit,
  stabilityIndex,
  usedBins,
} from '../../../src/lifecycle/drift/stability.js';

const floor: ZeroRule = { kind: 'floor', share: 0.0001 };

describe('the stability index', () => {
  test('by hand: 50/50 becomes 70/30', () => {
    const expected = 0.2 * Math.log(0.7 / 0.5) + -0.2 * Math.log(0.3 / 0.5);
    expect(stabilityIndex([50, 50], [70, 30], floor)).toBeCloseTo(expected, 14);
  });

  test.each([
    // One category of a fifth gone, and one of a fifth come: the rule decides the size.
    ['floor:0.0001', floor, 2 * (0.2 - 0.0001) * Math.log(0.2 / 0.0001)],
    ['floor:0.01', { kind: 'floor', share: 0.01 } as const, 2 * (0.2 - 0.01) * Math.log(0.2 / 0.01)],
    ['laplace', { kind: 'laplace', count: 1 } as const, 2 * (20 / 103) * Math.log(21 / 1)],
    ['skip', { kind: 'skip' } as const, 0],
  ])('an empty bin under %s', (_name, rule, expected) => {
    expect(stabilityIndex([80, 20, 0], [80, 0, 20], rule)).toBeCloseTo(expected, 12);
  });

  test('a share below the floor is raised to it, as an empty one is', () => {
    const almost = stabilityIndex([1, 99_999_999], [50_000_000, 50_000_000], floor) ?? 0;
    expect(almost).toBeCloseTo(stabilityIndex([0, 100_000_000], [50_000_000, 50_000_000], floor) ?? 0, 6);
  });

  test('a bin that nobody is in changes nothing, under any rule', () => {
    for (const rule of [floor, { kind: 'laplace', count: 1 }, { kind: 'skip' }] as const)
      expect(stabilityIndex([5, 0, 7], [6, 0, 1], rule)).toBe(stabilityIndex([5, 7], [6, 1], rule));
  });

  test('nothing on a side is no index', () => {
    expect(stabilityIndex([0, 0], [1, 2], floor)).toBeUndefined();
    expect(stabilityIndex([1, 2], [0, 0], floor)).toBeUndefined();
  });
});

const histograms = fc
  .integer({ min: 1, max: 12 })
  .chain((bins) => {
    const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: bins, maxLength: bins });
    return fc.tuple(counts, counts);
  })
  .filter(([a, b]) => [a, b].every((counts) => counts.some((count) => count > 0)));
const rules = fc.oneof(
  fc.record({ kind: fc.constant('floor' as const), share: fc.double({ min: 1e-6, max: 0.1, noNaN: true }) }),
  fc.record({ kind: fc.constant('laplace' as const), count: fc.double({ min: 0.1, max: 5, noNaN: true }) }),
  fc.constant({ kind: 'skip' as const }),
);

describe('for any counts', () => {
  test('the index is never negative, symmetric, and finite', () => {
    fc.assert(
      fc.property(histograms, rules, ([a, b], rule) => {
        const index = stabilityIndex(a, b, rule) ?? Number.NaN;
        expect(index).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(index)).toBe(true);
        expect(stabilityIndex(b, a, rule)).toBeCloseTo(index, 12);
        expect(stabilityIndex(a, a, rule)).toBe(0);
      }),
    );
  });

  test('total variation and Jensen-Shannon lie between 0 and 1, are symmetric, and 1 apart where nothing is shared', () => {
    fc.assert(
      fc.property(histograms, ([a, b]) => {
        for (const distance of [totalVariation, jensenShannonDistance]) {
          const value = distance(a, b) ?? Number.NaN;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
          expect(distance(b, a)).toBeCloseTo(value, 12);
          expect(distance(a, a)).toBeCloseTo(0, 7);
          expect(distance([...a, ...b.map(() => 0)], [...a.map(() => 0), ...b])).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('total variation bounds the Jensen-Shannon distance squared', () => {
    fc.assert(
      fc.property(histograms, ([a, b]) => {
        const [variation, distance] = [totalVariation(a, b) ?? 0, jensenShannonDistance(a, b) ?? 0];
        expect(distance ** 2).toBeLessThanOrEqual(variation + 1e-12);
      }),
    );
  });
});

describe('the chance limit', () => {
  test.each([
    // Tables of the distribution.
    [1, 3.841458820694124],
    [9, 16.918977604620448],
    [50, 67.504806549541],
    [199, 232.911821768],
  ])('chi-square with %d degrees of freedom', (degrees, expected) => {
    expect(chiSquareQuantile(0.95, degrees)).toBeCloseTo(expected, 9);
  });

  test('ten bins with 200 a side stay below 0.2 in 19 of 20 runs, with 100 a side they do not', () => {
    expect(chanceLimit(10, 200, 200)).toBeCloseTo(0.1692, 4);
    expect(chanceLimit(10, 100, 100)).toBeGreaterThan(0.3);
    expect(chanceLimit(1, 10, 10)).toBe(0);
  });

  test('only bins that hold something count', () => {
    expect(usedBins([1, 0, 0, 2], [0, 0, 3, 1])).toBe(3);
  });
});
