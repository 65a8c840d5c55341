// Counting numbers and texts into bins, and numbers at or below grid points.
import type { Bins } from './profile.js';

/** How many of ascending numbers are at or below a value. */
export function countAtOrBelow(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of ascending numbers are below a value. */
export function countBelow(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bins of numbers. */
export type NumberBins = Exclude<Bins, { kind: 'categories' }>;

/** A function from a number to the position of its bin. */
export function numberBinner(bins: NumberBins): (value: number) => number {
  if (bins.kind === 'edges') {
    const edges = Float64Array.from(bins.edges);
    return (value) => countAtOrBelow(edges, value);
  }
  // A map takes 0 and -0 for the same key.
  const positions = new Map(bins.values.map((value, index) => [value, index]));
  return (value) => positions.get(value) ?? bins.values.length;
}

/** A function from a text to the position of its bin. */
export function textBinner(categories: readonly string[]): (value: string) => number {
  const positions = new Map(categories.map((value, index) => [value, index]));
  return (value) => positions.get(value) ?? categories.length;
}

/** Counts ascending numbers into bins. */
export function countSorted(sorted: ArrayLike<number>, bins: NumberBins): number[] {
  if (bins.kind === 'edges') {
    const below = [...bins.edges.map((edge) => countBelow(sorted, edge)), sorted.length];
    return below.map((count, index) => count - (below[index - 1] ?? 0));
  }
  const own = bins.values.map((value) => countAtOrBelow(sorted, value) - countBelow(sorted, value));
  return [...own, sorted.length - own.reduce((sum, count) => sum + count, 0)];
}

/** How many of ascending numbers are at or below each of ascending points. */
export function gridCounts(sorted: ArrayLike<number>, points: readonly number[]): number[] {
  return points.map((point) => countAtOrBelow(sorted, point));
}

/** Running sums of the counts between points; what is above the last point is left out. */
export function runningSums(cells: ArrayLike<number>): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let index = 0; index < cells.length - 1; index++) sums.push((sum += cells[index] ?? 0));
  return sums;
}
