// The exact tail of the two-sample statistic, by counting lattice paths (Hodges 1958).

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Two samples of one size: reflections of the band give an alternating sum of binomials, taken from its far end. */
function outsideSquare(n: number, steps: number): number {
  let sum = 0;
  for (let k = Math.floor(n / steps); k >= 1; k--) {
    // C(2n, n - k·steps) / C(2n, n - (k-1)·steps)
    let ratio = 1;
    for (let j = 0; j < steps; j++) ratio *= (n - (k - 1) * steps - j) / (n + (k - 1) * steps + j + 1);
    sum = ratio * (1 - sum);
  }
  return 2 * sum;
}

/**
 * Two samples of different sizes: the share of paths to each point that have touched the band's border, column by column.
 * A path comes to (i, j) from the left in i of i + j cases. Shares are added and never subtracted, so that small ones
 * keep their precision.
 */
function outsideRectangle(width: number, height: number, divisor: number, steps: number): number {
  const [across, up] = [width / divisor, height / divisor];
  // Outside of the band every path has touched it.
  const outside = new Float64Array(height + 1).fill(1);
  outside.fill(0, 0, Math.min(height, Math.ceil(steps / across) - 1) + 1);
  for (let i = 1; i <= width; i++) {
    const middle = i * up;
    const low = Math.max(0, Math.floor((middle - steps) / across) + 1);
    const high = Math.min(height, Math.ceil((middle + steps) / across) - 1);
    if (high < low) return 1;
    let below = low === 0 ? 0 : 1;
    for (let j = low; j <= high; j++) {
      const left = outside[j] ?? 1;
      // Along the bottom there is one path, which comes from the left.
      below = j === 0 ? left : (left * i + below * j) / (i + j);
      outside[j] = below;
    }
  }
  return outside[height] ?? 1;
}

/**
 * The probability that two samples of `n` and `m` values of one distribution are at least `steps` steps of
 * 1 / lcm(n, m) apart.
 */
export function outsideBand(n: number, m: number, steps: number): number {
  if (steps === 0) return 1;
  if (n === m) return outsideSquare(n, steps);
  return outsideRectangle(Math.max(n, m), Math.min(n, m), greatestDivisor(n, m), steps);
}
