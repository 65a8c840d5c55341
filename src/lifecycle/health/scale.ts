// The vertical scale of a small chart: from the lowest to the highest of its values, with the threshold in sight.

/** Where a value stands: 0 at the bottom, 1 at the top. */
export interface Scale {
  low: number;
  high: number;
  /** Whether all that is shown is one value. */
  flat: boolean;
  position: (value: number) => number;
}

/**
 * The scale of finite values and thresholds. What is bad when high (distances, latency, cost) begins at zero, since
 * zero has a meaning there; others begin at their lowest value, or at zero where that is near. Undefined where there is nothing to show.
 */
export function scaleOf(
  values: readonly number[],
  thresholds: readonly number[],
  badSide: 'high' | 'low' | null,
): Scale | undefined {
  const all = [...values, ...thresholds];
  if (all.length === 0) return undefined;
  const high = all.reduce((a, b) => Math.max(a, b));
  const least = all.reduce((a, b) => Math.min(a, b));
  const low = least > 0 && (badSide === 'high' || least < high / 2) ? 0 : least;
  if (low === high) return { low, high, flat: true, position: () => 0.5 };
  // The span of the largest numbers is no number, so everything is divided first.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = high / size - low / size;
  return { low, high, flat: false, position: (value) => (value / size - low / size) / span };
}
