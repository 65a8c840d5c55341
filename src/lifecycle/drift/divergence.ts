// Distances between two histograms: total variation and Jensen-Shannon.

function shares(counts: readonly number[]): number[] | undefined {
  const sum = counts.reduce((all, count) => all + count, 0);
  return sum === 0 ? undefined : counts.map((count) => count / sum);
}

/** Half the sum of the absolute differences of the shares: 0 to 1. Undefined where a side has nothing. */
export function totalVariation(reference: readonly number[], current: readonly number[]): number | undefined {
  const [p, q] = [shares(reference), shares(current)];
  if (!p || !q) return undefined;
  return p.reduce((sum, share, index) => sum + Math.abs(share - (q[index] ?? 0)), 0) / 2;
}

/**
 * The Jensen-Shannon distance with logarithms of base 2: the square root of the mean of both sides' Kullback-Leibler
 * divergence from their mixture, 0 to 1 (Endres and Schindelin 2003). Undefined where a side has nothing.
 */
export function jensenShannonDistance(
  reference: readonly number[],
  current: readonly number[],
): number | undefined {
  const [p, q] = [shares(reference), shares(current)];
  if (!p || !q) return undefined;
  const part = (share: number, mixed: number): number =>
    share === 0 ? 0 : (share * Math.log2(share / mixed)) / 2;
  let sum = 0;
  for (const [index, share] of p.entries()) {
    const other = q[index] ?? 0;
    const mixed = (share + other) / 2;
    sum += part(share, mixed) + part(other, mixed);
  }
  return Math.sqrt(Math.min(1, Math.max(0, sum)));
}
