// Counts one feature of the current rows in the bins of its profile.
import type { Batch, CellFault } from './batch.js';
import { categoryCounter } from './category-column.js';
import { eachCategory, eachNumber } from './cell-loops.js';
import type { CellRules } from './cells.js';
import type { Feature } from './features.js';
import { numberCounter } from './number-column.js';
import type { ColumnCounts, ColumnProfile, Tally } from './profile.js';
import { distanceTo, eachVector } from './vectors.js';

/** Reads a feature's batches, the whole table once. */
export interface CurrentReader {
  add: (batch: Batch) => CellFault | undefined;
  finish: () => ColumnCounts;
}

/**
 * A reader of what is held against a profile.
 *
 * @param capacity how many values to keep for the exact Kolmogorov-Smirnov test, where the profile has its values
 */
export function currentReader(
  feature: Feature,
  profile: ColumnProfile,
  rules: CellRules,
  capacity: number,
): CurrentReader {
  const tally: Tally = { rows: 0, missing: 0, nonFinite: 0 };
  if (profile.kind === 'categorical') {
    const counter = categoryCounter(profile);
    return {
      add: (batch) => eachCategory(feature, batch, rules, tally, counter.add),
      finish: () => counter.counts(tally),
    };
  }
  const counter = numberCounter(profile, profile.values ? capacity : 0);
  const { centroid } = profile;
  return {
    add: (batch) =>
      centroid
        ? eachVector(feature, batch, rules, tally, (vector) => {
            if (vector.length !== centroid.length) return `${centroid.length} numbers, as in the reference`;
            counter.add(distanceTo(centroid, vector));
            return undefined;
          })
        : eachNumber(feature, batch, rules, tally, counter.add),
    finish: () => counter.counts(tally),
  };
}
