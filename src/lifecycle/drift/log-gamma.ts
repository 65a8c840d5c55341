// The logarithm of the gamma function, and Stirling's error, which keeps its precision where the logarithm is large.

// Coefficients of Stirling's series: B(2k) / (2k (2k - 1)).
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];

function series(x: number): number {
  const square = x * x;
  let power = x;
  let sum = 0;
  for (const coefficient of stirling) {
    sum += coefficient / power;
    power *= square;
  }
  return sum;
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 15) {
    shift += Math.log(at);
    at += 1;
  }
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series(at) - shift;
}

/** ln n! - [ln √(2πn) + n ln n - n] for a whole n; 0 for 0. */
export function stirlingError(n: number): number {
  if (n === 0) return 0;
  if (n >= 15) return series(n);
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return Math.log(factorial) - 0.5 * Math.log(2 * Math.PI * n) - n * Math.log(n) + n;
}

/** x ln(x / mean) - x + mean, without cancellation where the two are close (Loader 2000). */
function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let k = 1; k < 1000; k++) {
    power *= v * v;
    const next = sum + power / (2 * k + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** The logarithm of the binomial probability of `k` of `n` at mean `n p`, given also `n (1 - p)` (Loader 2000). */
export function logBinomial(k: number, n: number, mean: number, complement: number): number {
  if (k === 0) return n === 0 ? 0 : -mean - deviance(n, complement);
  if (k === n) return -complement - deviance(n, mean);
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, mean) -
    deviance(n - k, complement) +
    0.5 * Math.log(n / (2 * Math.PI * k * (n - k)))
  );
}
