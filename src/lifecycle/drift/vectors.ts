// Embeddings: reading a row's vector, the mean of all, and the distance to it.
import type { Batch, CellFault } from './batch.js';
import { quoted } from './batch.js';
import { type CellRules, readNumber, readVector } from './cells.js';
import type { Feature } from './features.js';
import type { Tally } from './profile.js';

/** Goes through the vectors of a batch and tells the first that is none. Missing and non-finite ones are counted. */
export function eachVector(
  feature: Feature,
  batch: Batch,
  rules: CellRules,
  tally: Tally,
  take: (vector: ArrayLike<number>) => string | undefined,
): CellFault | undefined {
  const columns = feature.columns.map((name) => batch.column(name));
  for (let row = 0; row < batch.rows; row++) {
    tally.rows += 1;
    const cells = columns.map((column) => column[row]);
    const vector =
      columns.length === 1 ? readVector(cells[0], rules) : cells.map((cell) => readNumber(cell, rules));
    const fault = (expected: string): CellFault => ({
      feature: feature.name,
      column: feature.columns[0] ?? feature.name,
      row,
      found: quoted(columns.length === 1 ? cells[0] : cells),
      expected,
    });
    if (vector === undefined) return fault('a list of numbers');
    const numbers: (number | undefined)[] = vector === null ? [Number.NaN] : Array.from(vector);
    if (numbers.includes(undefined)) return fault('numbers');
    if (numbers.some((value) => Number.isNaN(value))) tally.missing += 1;
    else if (!numbers.every((value) => Number.isFinite(value))) tally.nonFinite += 1;
    else {
      const wrong = take(numbers as number[]);
      if (wrong !== undefined) return fault(wrong);
    }
  }
  return undefined;
}

/** Sums up vectors of one length. */
export function centroidOf(): {
  add: (vector: ArrayLike<number>) => string | undefined;
  mean: () => Float32Array | undefined;
} {
  let sums: Float64Array | undefined;
  let count = 0;
  return {
    add: (vector) => {
      sums ??= new Float64Array(vector.length);
      if (vector.length !== sums.length) return `${sums.length} numbers, as in the rows before`;
      count += 1;
      for (let index = 0; index < sums.length; index++)
        sums[index] = (sums[index] ?? 0) + (vector[index] ?? 0);
      return undefined;
    },
    // Kept in single precision, as it is saved, so that a saved profile measures the same distances.
    mean: () => (sums ? Float32Array.from(sums, (sum) => sum / count) : undefined),
  };
}

/** The Euclidean distance of a vector to a centroid. */
export function distanceTo(centroid: Float32Array, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < centroid.length; index++)
    sum += ((vector[index] ?? 0) - (centroid[index] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
