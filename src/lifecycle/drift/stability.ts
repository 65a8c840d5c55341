// The population stability index of two histograms, and how large it gets by chance.
import { chiSquareQuantile } from './chi-square.js';

/** What becomes of a bin that one side has nothing in, where the index would be infinite. */
export type ZeroRule =
  /** No bin counts as less than this share. */
  | { kind: 'floor'; share: number }
  /** This many are added to every bin of both sides before shares are taken. */
  | { kind: 'laplace'; count: number }
  /** Bins that are empty on either side are left out: what vanished or is new is not seen. */
  | { kind: 'skip' };

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Shares of the bins under a rule; 0 stays 0 under `skip`. */
function sharesOf(counts: readonly number[], rule: ZeroRule): number[] {
  const sum = total(counts);
  if (rule.kind === 'laplace')
    return counts.map((count) => (count + rule.count) / (sum + rule.count * counts.length));
  const least = rule.kind === 'floor' ? rule.share : 0;
  return counts.map((count) => Math.max(count / sum, least));
}

/**
 * The population stability index: the sum over bins of (c - r) ln(c / r), where c and r are the shares of the current and
 * the reference side (Lewis 1994; Jeffreys divergence). Shares that a floor raised are not scaled down again.
 *
 * @returns undefined where a side has nothing at all
 */
export function stabilityIndex(
  reference: readonly number[],
  current: readonly number[],
  rule: ZeroRule,
): number | undefined {
  if (total(reference) === 0 || total(current) === 0) return undefined;
  // A bin that nobody is in says nothing, and under Laplace's rule it would dilute the others.
  const used = reference.flatMap((count, index) => (count + (current[index] ?? 0) > 0 ? [index] : []));
  const expected = sharesOf(
    used.map((index) => reference[index] ?? 0),
    rule,
  );
  const actual = sharesOf(
    used.map((index) => current[index] ?? 0),
    rule,
  );
  let sum = 0;
  for (const [index, share] of expected.entries()) {
    const other = actual[index] ?? 0;
    if (share > 0 && other > 0) sum += (other - share) * Math.log(other / share);
  }
  return sum;
}

/** How many bins hold something on either side. */
export function usedBins(reference: readonly number[], current: readonly number[]): number {
  return reference.filter((count, index) => count + (current[index] ?? 0) > 0).length;
}

/**
 * What the index exceeds by chance alone in one run of twenty: the 95 % point of chi-square with one degree of freedom
 * fewer than bins, times (1/n + 1/m) (Yurdakul and Naranjo 2020).
 */
export function chanceLimit(bins: number, referenceSize: number, currentSize: number): number {
  if (bins < 2) return 0;
  return chiSquareQuantile(0.95, bins - 1) * (1 / referenceSize + 1 / currentSize);
}
