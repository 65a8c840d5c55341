// Profiles one feature of the reference from batches of rows.
import type { Batch, CellFault } from './batch.js';
import { type CategoryTally, categoryTally } from './category-column.js';
import { eachCategory, eachNumber } from './cell-loops.js';
import type { CellRules } from './cells.js';
import { type ChosenKind, chooseKind } from './column-kind.js';
import type { Feature } from './features.js';
import { numberProfile } from './number-column.js';
import { type ColumnProfile, type Tally, measured } from './profile.js';
import { type NumberSample, numberSample } from './sample.js';
import { centroidOf, distanceTo, eachVector } from './vectors.js';

/** How a reference is profiled. */
export interface ReferenceSettings {
  rules: CellRules;
  bins: number;
  /** How many numbers of a column are kept. */
  capacity: number;
}

/** What came of a feature. */
export type Profiled = { profile: ColumnProfile } | { leftOut: string };

/** Reads a feature's batches, the whole table once or twice. */
export interface ReferenceReader {
  add: (batch: Batch) => CellFault | undefined;
  /** Whether the table has to be read once more: distances to a centroid come after the centroid. */
  again: () => boolean;
  finish: () => Profiled;
}

function emptyTally(): Tally {
  return { rows: 0, missing: 0, nonFinite: 0 };
}

function numberReader(feature: Feature, settings: ReferenceSettings): ReferenceReader {
  const tally = emptyTally();
  const sample = numberSample(settings.capacity);
  return {
    add: (batch) => eachNumber(feature, batch, settings.rules, tally, sample.add),
    again: () => false,
    finish: () => ({
      profile: numberProfile(feature.name, 'numeric', tally, sample.sorted(), {
        bins: settings.bins,
        edges: feature.edges,
      }),
    }),
  };
}

function categoryReader(feature: Feature, settings: ReferenceSettings): ReferenceReader {
  const tally = emptyTally();
  const categories: CategoryTally = categoryTally();
  return {
    add: (batch) => eachCategory(feature, batch, settings.rules, tally, categories.add),
    again: () => false,
    finish: () =>
      categories.isUnique() && feature.kind === undefined
        ? { leftOut: 'every value is another, as in a column of identifiers' }
        : { profile: categories.profile(feature.name, tally) },
  };
}

function vectorReader(feature: Feature, settings: ReferenceSettings): ReferenceReader {
  let tally = emptyTally();
  const sums = centroidOf();
  let centroid: Float32Array | undefined;
  let distances: NumberSample | undefined;
  return {
    add: (batch) =>
      eachVector(feature, batch, settings.rules, tally, (vector) => {
        if (!centroid) return sums.add(vector);
        distances?.add(distanceTo(centroid, vector));
        return undefined;
      }),
    again: () => {
      if (centroid) return false;
      centroid = sums.mean();
      if (!centroid) return false;
      tally = emptyTally();
      distances = numberSample(settings.capacity);
      return true;
    },
    finish: () => ({
      profile: {
        ...numberProfile(feature.name, 'embedding', tally, distances?.sorted() ?? new Float64Array(), {
          bins: settings.bins,
        }),
        centroid,
      },
    }),
  };
}

const readers = { numeric: numberReader, categorical: categoryReader, embedding: vectorReader };

/** A reader that waits for the first values before it chooses the kind. */
export function referenceReader(feature: Feature, settings: ReferenceSettings): ReferenceReader {
  if (feature.kind) return readers[feature.kind](feature, forced(feature, settings));
  const tally = emptyTally();
  const waiting: Batch[] = [];
  let chosen: ChosenKind | undefined;
  let reader: ReferenceReader | undefined;
  return {
    add: (batch) => {
      if (chosen && 'leftOut' in chosen) return undefined;
      if (reader) return reader.add(batch);
      chosen = chooseKind(batch.column(feature.columns[0] ?? feature.name), settings.rules);
      waiting.push({ rows: batch.rows, column: () => [] });
      if (!chosen || 'leftOut' in chosen) {
        tally.rows += batch.rows;
        return undefined;
      }
      waiting.pop();
      reader = readers[chosen.kind](feature, settings);
      // Batches without any value before this one have nothing but missing cells.
      for (const empty of waiting) reader.add(empty);
      return reader.add(batch);
    },
    again: () => reader?.again() ?? false,
    finish: () => {
      if (chosen && 'leftOut' in chosen) return chosen;
      return reader?.finish() ?? { leftOut: 'the reference has no value in it' };
    },
  };
}

/** Where a column was said to hold numbers, texts that read as numbers are taken for them. */
function forced(feature: Feature, settings: ReferenceSettings): ReferenceSettings {
  return feature.kind === 'numeric' ? { ...settings, rules: { ...settings.rules, textual: true } } : settings;
}

/** Whether a profile rests on a sample of the values. */
export function isSampled(profile: ColumnProfile): boolean {
  return profile.values !== undefined && profile.values.length < measured(profile);
}
