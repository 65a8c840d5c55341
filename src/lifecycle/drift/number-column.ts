// A column of numbers: the profile of its reference, and the counts of what is held against one.
import { countBelow, countSorted, gridCounts, numberBinner, runningSums } from './counting.js';
import type { NumberBins } from './counting.js';
import {
  type ColumnCounts,
  type ColumnProfile,
  type Tally,
  binCount,
  gridParts,
  mostValues,
} from './profile.js';
import { distinct, fewValues, gridShares, innerShares, quantile } from './quantiles.js';
import { type NumberSample, numberSample } from './sample.js';

/** Bins of a reference's values: fixed edges, one bin a value where there are few, else bins of equal probability. */
function numberBins(
  sorted: ArrayLike<number>,
  bins: number,
  fixed: readonly number[] | undefined,
): NumberBins {
  if (fixed) return { kind: 'edges', edges: fixed };
  const few = fewValues(sorted, mostValues);
  if (few) return { kind: 'values', values: few };
  return { kind: 'edges', edges: distinct(innerShares(bins).map((share) => quantile(sorted, share))) };
}

/** Points of the grid: the values where there are few, else quantiles. */
export function gridPoints(sorted: ArrayLike<number>, parts = gridParts): number[] {
  if (sorted.length === 0) return [];
  return fewValues(sorted, mostValues) ?? distinct(gridShares(parts).map((share) => quantile(sorted, share)));
}

/** The profile of ascending values. */
export function numberProfile(
  name: string,
  kind: 'numeric' | 'embedding',
  tally: Tally,
  values: Float64Array,
  settings: { bins: number; edges?: readonly number[] | undefined },
): ColumnProfile {
  const bins = numberBins(values, settings.bins, settings.edges);
  const points = gridPoints(values);
  return {
    ...tally,
    name,
    kind,
    bins,
    counts: countSorted(values, bins),
    grid: { points, atOrBelow: gridCounts(values, points) },
    values,
  };
}

/** Counts numbers as they come, in the bins and on the grid of a profile. */
export interface NumberCounter {
  add: (value: number) => void;
  counts: (tally: Tally) => ColumnCounts;
}

/**
 * A counter for what is held against a profile.
 *
 * @param capacity how many values to keep for the exact Kolmogorov-Smirnov test; 0 where the profile has none either
 */
export function numberCounter(profile: ColumnProfile, capacity: number): NumberCounter {
  if (profile.bins.kind === 'categories') throw new TypeError(`${profile.name} is no column of numbers`);
  const binOf = numberBinner(profile.bins);
  const counts = new Float64Array(binCount(profile.bins));
  const points = Float64Array.from(profile.grid?.points ?? []);
  const cells = new Float64Array(points.length + 1);
  const sample: NumberSample | undefined = capacity > 0 ? numberSample(capacity) : undefined;
  return {
    add: (value) => {
      const bin = binOf(value);
      counts[bin] = (counts[bin] ?? 0) + 1;
      if (sample) {
        sample.add(value);
        return;
      }
      const cell = countBelow(points, value);
      cells[cell] = (cells[cell] ?? 0) + 1;
    },
    counts: (tally) => ({
      ...tally,
      counts: [...counts],
      ...(sample
        ? { values: sample.sorted() }
        : { grid: { points: [...points], atOrBelow: runningSums(cells) } }),
    }),
  };
}
