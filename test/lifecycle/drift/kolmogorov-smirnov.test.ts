// The two-sample Kolmogorov-Smirnov test against published and recorded values, and its rules on any samples.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countAtOrBelow } from '../../../src/lifecycle/drift/counting.js';
import { gridKolmogorovSmirnov, kolmogorovSmirnov } from '../../../src/lifecycle/drift/kolmogorov-smirnov.js';
import { oneSampleTail } from '../../../src/lifecycle/drift/one-sample-tail.js';

const spread = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));

function closeTo(found: number | undefined, expected: number, relative = 1e-12): void {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe('exact, as scipy 1.17 has it', () => {
  test.each([
    ['two values each, apart', [0, 1], [2, 3], 1, 1 / 3],
    ['one against two', [0], [1, 2], 1, 2 / 3],
    ['ties across the samples', [1, 2, 2, 3, 3, 3], [3, 3, 4, 4, 5, 5], 2 / 3, 0.14285714285714285],
    ['the same', [1, 2, 3], [1, 2, 3], 0, 1],
  ])('%s', (_name, first, second, statistic, pValue) => {
    const found = kolmogorovSmirnov(first, second);
    closeTo(found?.statistic, statistic);
    closeTo(found?.pValue, pValue);
    expect(found?.method).toBe('exact');
  });

  test('100 against 110 values on a line', () => {
    const first = spread(1, 100, 100);
    const second = spread(1, 100, 110).map((value) => value + 20 + 0.1);
    const found = kolmogorovSmirnov(first, second);
    closeTo(found?.statistic, 232 / 1100);
    closeTo(found?.pValue, 0.015739183865607353);
  });

  test('small probabilities keep their precision', () => {
    const [low, high] = [spread(0, 1, 40), spread(2, 3, 30)];
    // Complete separation: two paths of all C(70, 30).
    closeTo(kolmogorovSmirnov(low, high)?.pValue, 3.6135170070159586e-20, 1e-9);
    closeTo(kolmogorovSmirnov(spread(0, 1, 30), spread(2, 3, 30))?.pValue, 1.6911233892144735e-17, 1e-9);
  });
});

describe('the one-sample tail, which is the asymptotic p-value', () => {
  // scipy.stats.kstwo.sf(d, n), one value for each of the branches.
  test.each([
    [3, 0.2, 0.9982222222222222],
    [10, 0.08, 0.9999978058034054],
    [100, 0.05, 0.9532159710635725],
    [100, 0.17, 0.005376406596376887],
    [100, 0.25, 5.408871776434847e-6],
    [8, 0.9, 1.9999999999999964e-8],
    [20, 0.6, 2.0483011649719853e-7],
    [500, 0.03, 0.7473166700457021],
    [5000, 0.01, 0.6954557253913853],
    [5000, 0.017320508075688773, 0.0984126180778756],
    [5000, 0.028635642126552705, 0.0005383088582867486],
    [100_000, 0.00894427190999916, 2.2367656965053332e-7],
    [200_000, 0.002, 0.39995085369038097],
  ])('n = %d, D = %d', (n, distance, expected) => {
    closeTo(oneSampleTail(n, distance), expected, 1e-9);
  });

  test('beyond 10,000 values it is what answers, with the rounded size', () => {
    const [first, second] = [spread(0, 1, 10_001), spread(0.02, 1.02, 8000)];
    const found = kolmogorovSmirnov(first, second);
    expect(found?.method).toBe('asymptotic');
    closeTo(found?.pValue, oneSampleTail(Math.round((10_001 * 8000) / 18_001), found?.statistic ?? 0));
  });
});

const numbers = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -9, max: 9 })),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

describe('for any samples', () => {
  test('the statistic is the largest distance of the distribution functions', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const [a, b] = [ascending(one), ascending(other)];
        const share = (values: readonly number[], at: number): number =>
          values.filter((value) => value <= at).length / values.length;
        const slow = Math.max(...[...a, ...b].map((at) => Math.abs(share(a, at) - share(b, at))));
        const found = kolmogorovSmirnov(a, b);
        expect(found?.statistic).toBeCloseTo(slow, 12);
        expect(found?.pValue).toBeGreaterThanOrEqual(0);
        expect(found?.pValue).toBeLessThanOrEqual(1);
        expect(kolmogorovSmirnov(b, a)).toEqual(found);
      }),
    );
  });

  test('on a grid it is at most the true statistic, and says how far it can be off', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (one, other, points) => {
        const [a, b] = [ascending(one), ascending(other)];
        const grid = [...new Set(ascending(points))];
        const side = (values: number[]) => ({
          points: grid,
          atOrBelow: grid.map((point) => countAtOrBelow(values, point)),
          size: values.length,
        });
        const exact = kolmogorovSmirnov(a, b)?.statistic ?? 0;
        const found = gridKolmogorovSmirnov(side(a), side(b));
        expect(found?.statistic).toBeLessThanOrEqual(exact + 1e-12);
        expect(found?.statisticAtMost).toBeGreaterThanOrEqual(exact - 1e-12);
      }),
    );
  });

  test('nothing on a side is no test', () => {
    expect(kolmogorovSmirnov([], [1])).toBeUndefined();
  });
});

test('every count of lattice paths of small samples', () => {
  // All orders of n and m values are equally likely under the hypothesis, so the p-value can be counted.
  const orders = (n: number, m: number): number[][] =>
    n + m === 0
      ? [[]]
      : [
          ...(n > 0 ? orders(n - 1, m).map((rest) => [0, ...rest]) : []),
          ...(m > 0 ? orders(n, m - 1).map((rest) => [1, ...rest]) : []),
        ];
  for (const [n, m] of [
    [1, 1],
    [2, 3],
    [4, 4],
    [5, 3],
    [6, 4],
  ] as const) {
    const statistics = orders(n, m).map((order) => {
      const of = (side: number): number[] => order.flatMap((which, at) => (which === side ? [at] : []));
      return kolmogorovSmirnov(of(0), of(1));
    });
    for (const found of statistics) {
      const atLeast = statistics.filter((other) => (other?.statistic ?? 0) >= (found?.statistic ?? 0) - 1e-9);
      expect(found?.pValue).toBeCloseTo(atLeast.length / statistics.length, 12);
    }
  }
});
