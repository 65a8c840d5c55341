// The tail of the two-sided one-sample Kolmogorov-Smirnov statistic, by the methods and limits of Simard and L'Ecuyer 2011.
import { durbinMatrix } from './durbin-matrix.js';
import { logBinomial, stirlingError } from './log-gamma.js';
import { pelzGood } from './pelz-good.js';

/**
 * The tail of the one-sided statistic: the sum over j of C(n, j) d (d + j/n)^(j-1) (1 - d - j/n)^(n-j) (Birnbaum and
 * Tingey 1951). Every term is positive, and a binomial probability but for a factor.
 */
function oneSidedTail(n: number, distance: number): number {
  let sum = 0;
  for (let j = 0; j <= n * (1 - distance) && j < n; j++) {
    const complement = n - n * distance - j;
    if (complement <= 0) break;
    const mean = n * distance + j;
    sum += (Math.exp(logBinomial(j, n, mean, complement)) * n * distance) / mean;
  }
  return sum;
}

/** P(D < t/n) for t between one half and one: n! (2t - 1)^n / n^n (Ruben and Gambino 1982). */
function smallDistance(n: number, t: number): number {
  const log = stirlingError(n) + 0.5 * Math.log(2 * Math.PI * n) - n + n * Math.log(2 * t - 1);
  return Math.exp(log);
}

/** P(D >= distance) for one sample of `n` values. */
export function oneSampleTail(n: number, distance: number): number {
  if (distance >= 1) return 0;
  const t = n * distance;
  if (t <= 0.5) return 1;
  if (t <= 1) return 1 - smallDistance(n, t);
  if (t >= n - 1) return 2 * (1 - distance) ** n;
  if (distance >= 0.5) return 2 * oneSidedTail(n, distance);
  const square = t * distance;
  if (n <= 140) return square <= 4 ? 1 - durbinMatrix(n, distance) : 2 * oneSidedTail(n, distance);
  if (square >= 370) return 0;
  if (square >= 2.2) return 2 * oneSidedTail(n, distance);
  const isNarrow = n <= 100_000 && n * distance ** 1.5 <= 1.4;
  return 1 - (isNarrow ? durbinMatrix(n, distance) : pelzGood(n, distance));
}
