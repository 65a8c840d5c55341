// The two-sample Kolmogorov-Smirnov test: statistic and p-value, exact for small samples, asymptotic beyond.
import { outsideBand } from './lattice-paths.js';
import type { Grid } from './profile.js';
import { oneSampleTail } from './one-sample-tail.js';

/** What a test came to. */
export interface KolmogorovSmirnov {
  /** The largest distance of the two empirical distribution functions. */
  statistic: number;
  /** The probability of a distance at least as large where both samples come from one distribution. */
  pValue: number;
  method: 'exact' | 'asymptotic';
  /** Where it was measured on a grid: the statistic on the values themselves is at most this. */
  statisticAtMost?: number;
}

/** Above this size of the larger sample the p-value is asymptotic, as it is in scipy. */
const largestExact = 10_000;

const largestInteger = 2 ** 31 - 1;

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** The p-value of a statistic of two samples with these sizes, and how it was found. */
function tail(statistic: number, n: number, m: number): Pick<KolmogorovSmirnov, 'pValue' | 'method'> {
  const divisor = greatestDivisor(n, m);
  if (Math.max(n, m) <= largestExact && n / divisor < largestInteger / (m / divisor)) {
    const steps = Math.round(statistic * (n / divisor) * m);
    return { pValue: clip(outsideBand(n, m, steps)), method: 'exact' };
  }
  // Half goes to the even neighbour, as Python rounds.
  const size = (n * m) / (n + m);
  const down = Math.floor(size);
  const whole = size - down === 0.5 ? down + (down % 2) : Math.round(size);
  return { pValue: clip(oneSampleTail(whole, statistic)), method: 'asymptotic' };
}

function clip(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}

/**
 * The two-sided test of two samples.
 *
 * @param first ascending
 * @param second ascending
 * @returns undefined where a sample is empty
 */
export function kolmogorovSmirnov(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): KolmogorovSmirnov | undefined {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return undefined;
  let [i, j, most] = [0, 0, 0];
  while (i < n && j < m) {
    const at = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < n && (first[i] ?? 0) <= at) i++;
    while (j < m && (second[j] ?? 0) <= at) j++;
    // In whole numbers, so that equal distances are equal.
    most = Math.max(most, Math.abs(i * m - j * n));
  }
  const statistic = most / (n * m);
  return { statistic, ...tail(statistic, n, m) };
}

/**
 * The same where only the counts at grid points are known. The statistic can be too small by what lies between two
 * points, and the p-value then too large; `statisticAtMost` says by how much.
 */
export function gridKolmogorovSmirnov(
  reference: Grid & { size: number },
  current: Grid & { size: number },
): KolmogorovSmirnov | undefined {
  const [n, m] = [reference.size, current.size];
  if (n === 0 || m === 0) return undefined;
  let [most, between, lastFirst, lastSecond] = [0, 0, 0, 0];
  const step = (first: number, second: number): void => {
    most = Math.max(most, Math.abs(first * m - second * n));
    between = Math.max(between, Math.min((first - lastFirst) * m, (second - lastSecond) * n));
    [lastFirst, lastSecond] = [first, second];
  };
  for (const [index, count] of reference.atOrBelow.entries()) step(count, current.atOrBelow[index] ?? 0);
  step(n, m);
  const statistic = most / (n * m);
  return {
    statistic,
    ...tail(statistic, n, m),
    statisticAtMost: Math.min(1, (most + between) / (n * m)),
  };
}
