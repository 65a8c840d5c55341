// What a profile of a column is: enough of a distribution to hold another against it, and none of its rows.

/** How many rows one side of a column has, and what of them could not be measured. */
export interface Tally {
  rows: number;
  /** Empty, null or NaN. */
  missing: number;
  /** Positive or negative infinity. */
  nonFinite: number;
}

/**
 * Where values are counted.
 *
 * - `edges`: ascending; bin `i` holds `edges[i-1] <= x < edges[i]`, and the two outer bins are open. One count more than
 *   edges.
 * - `values`: ascending; one bin a value, and a last one for every other number.
 * - `categories`: one bin a category, and a last one for every other text.
 */
export type Bins =
  | { kind: 'edges'; edges: readonly number[] }
  | { kind: 'values'; values: readonly number[] }
  | { kind: 'categories'; categories: readonly string[] };

/** Points at which the share of values at or below is known, for Kolmogorov-Smirnov without the values. */
export interface Grid {
  /** Ascending. */
  points: readonly number[];
  /** How many values are at or below each point. */
  atOrBelow: readonly number[];
}

/** What is known of a column's distribution on one side. */
export interface ColumnCounts extends Tally {
  /** One count a bin. */
  counts: readonly number[];
  grid?: Grid | undefined;
  /** The values themselves, ascending, where they are at hand; a random sample where there are more than fit. */
  values?: Float64Array | undefined;
}

/** The reference side of one column. */
export interface ColumnProfile extends ColumnCounts {
  name: string;
  kind: 'numeric' | 'categorical' | 'embedding';
  bins: Bins;
  /** Of an embedding: the mean of the reference's vectors. The counts are those of the distances to it. */
  centroid?: Float32Array | undefined;
}

/** How many rows of a side have a value that can be measured. */
export function measured(side: Tally): number {
  return side.rows - side.missing - side.nonFinite;
}

/** How many bins there are, with the one for everything else. */
export function binCount(bins: Bins): number {
  if (bins.kind === 'edges') return bins.edges.length + 1;
  return (bins.kind === 'values' ? bins.values.length : bins.categories.length) + 1;
}

/** The most distinct numbers that get a bin each; above it bins are ranges. */
export const mostValues = 20;

/** The most categories that get a bin of their own, the most frequent of the reference first. */
export const mostCategories = 50;

/** Into how many parts of equal probability the grid cuts the reference. */
export const gridParts = 50;
