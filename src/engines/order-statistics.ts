// Quantiles by linear interpolation where a database has order statistics alone: which to ask for, and what is between.
import { interpolate } from '../lifecycle/drift/quantiles.js';
import { numberLiteral } from './standard-sql.js';

/** The positions of the two order statistics around a quantile. */
function around(share: number, size: number): { below: number; above: number; part: number } {
  const at = (size - 1) * share;
  const below = Math.floor(at);
  return { below, above: Math.min(below + 1, size - 1), part: at - below };
}

/**
 * Levels that mean the order statistics around each quantile, two a quantile. A level in the middle of what means the
 * k-th of n is understood by databases that round it up and by those that round it down.
 */
export function levelsFor(shares: readonly number[], size: number): string {
  const levels = shares.flatMap((share) => {
    const { below, above } = around(share, size);
    return [below, above].map((position) => numberLiteral((position + 0.5) / size));
  });
  return levels.join(', ');
}

/** The quantiles between the order statistics that those levels answered. */
export function quantilesBetween(
  answer: readonly number[],
  shares: readonly number[],
  size: number,
): number[] {
  return shares.map((share, index) =>
    interpolate(
      answer[2 * index] ?? Number.NaN,
      answer[2 * index + 1] ?? Number.NaN,
      around(share, size).part,
    ),
  );
}
