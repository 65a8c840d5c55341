// Quantiles of sorted numbers, and the bin edges and grid points that are made of them.

/**
 * A quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, numpy's default).
 *
 * @param sorted ascending, not empty
 * @param share between 0 and 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  return interpolate(
    sorted[below] ?? Number.NaN,
    sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN,
    at - below,
  );
}

/** The number at a share of the way from one order statistic to the next. */
export function interpolate(low: number, high: number, share: number): number {
  // Half the way from a huge number to its negative would overflow as a difference.
  if (low === high || share === 0) return low;
  const difference = high - low;
  if (!Number.isFinite(difference)) return low * (1 - share) + high * share;
  return share < 0.5 ? low + difference * share : high - difference * (1 - share);
}

/** The shares at which `bins` bins of equal probability meet: one fewer than bins. */
export function innerShares(bins: number): number[] {
  return Array.from({ length: bins - 1 }, (_, index) => (index + 1) / bins);
}

/** The shares of the grid: both ends and what is between. */
export function gridShares(parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, index) => index / parts);
}

/** Ascending numbers, each once. */
export function distinct(sorted: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let index = 0; index < sorted.length; index++) {
    const value = sorted[index] ?? Number.NaN;
    if (found.length === 0 || value !== found.at(-1)) found.push(value);
  }
  return found;
}

/** The distinct values of sorted numbers where there are at most `most`, else undefined. */
export function fewValues(sorted: ArrayLike<number>, most: number): number[] | undefined {
  const found: number[] = [];
  for (let index = 0; index < sorted.length; index++) {
    const value = sorted[index] ?? Number.NaN;
    if (found.length > 0 && value === found.at(-1)) continue;
    if (found.length === most) return undefined;
    found.push(value);
  }
  return found;
}
