// What tests of drift share: batches out of plain columns, and measuring them from end to end without files.
import type { Batch } from '../../../src/lifecycle/drift/batch.js';
import { type CellRules, missingRules, missingTexts } from '../../../src/lifecycle/drift/cells.js';
import { type ColumnDrift, type Judging, compareColumn } from '../../../src/lifecycle/drift/compare.js';
import { currentReader } from '../../../src/lifecycle/drift/current.js';
import type { Feature } from '../../../src/lifecycle/drift/features.js';
import type { ColumnCounts, ColumnProfile } from '../../../src/lifecycle/drift/profile.js';
import { referenceReader } from '../../../src/lifecycle/drift/reference.js';

/** Cells of typed data, as JSON and Parquet have them. */
const typed: CellRules = { textual: false, ...missingRules([]) };
/** Cells of CSV. */
export const textual: CellRules = { textual: true, ...missingRules(missingTexts) };

/** The thresholds and limits that count where none are given. */
export const usual: Judging = {
  zeros: { kind: 'floor', share: 0.0001 },
  thresholds: new Map([['psi', 0.2]]),
  minSamples: 200,
};

/** A column in batches of a size. */
function batches(cells: readonly unknown[], size = 1000): Batch[] {
  const made: Batch[] = [];
  for (let at = 0; at < cells.length; at += size) {
    const part = cells.slice(at, at + size);
    made.push({ rows: part.length, column: () => part });
  }
  return made;
}

/** The feature `x`. */
function feature(more: Partial<Feature> = {}): Feature {
  return { name: 'x', columns: ['x'], ...more };
}

/** Settings of a measurement. */
export interface Settings {
  rules?: CellRules;
  size?: number;
  bins?: number;
  capacity?: number;
  feature?: Partial<Feature>;
}

/** Profiles cells, or tells why not. */
export function profileCells(cells: readonly unknown[], settings: Settings = {}): ColumnProfile | string {
  const { rules = typed, size, bins = 10, capacity = 1e6 } = settings;
  const reader = referenceReader(feature(settings.feature), { rules, bins, capacity });
  const add = (): void => {
    for (const batch of batches(cells, size)) {
      const fault = reader.add(batch);
      if (fault) throw new Error(`row ${fault.row}: ${fault.found} is not ${fault.expected}`);
    }
  };
  add();
  if (reader.again()) add();
  const outcome = reader.finish();
  return 'profile' in outcome ? outcome.profile : outcome.leftOut;
}

/** Counts cells in the bins of a profile. */
export function countCells(
  profile: ColumnProfile,
  cells: readonly unknown[],
  settings: Settings = {},
): ColumnCounts {
  const { rules = typed, size, capacity = 1e6 } = settings;
  const reader = currentReader(feature(settings.feature), profile, rules, capacity);
  for (const batch of batches(cells, size)) {
    const fault = reader.add(batch);
    if (fault) throw new Error(`row ${fault.row}: ${fault.found} is not ${fault.expected}`);
  }
  return reader.finish();
}

/** Measures cells against cells. */
export function drift(
  reference: readonly unknown[],
  current: readonly unknown[],
  settings: Settings & { judging?: Partial<Judging> } = {},
): ColumnDrift {
  const profile = profileCells(reference, settings);
  if (typeof profile === 'string') throw new Error(profile);
  return compareColumn(profile, countCells(profile, current, settings), { ...usual, ...settings.judging });
}

/** Numbers that look random and are the same in every run, roughly normal. */
export function normal(count: number, mean = 0, seed = 1): number[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    let sum = 0;
    for (let part = 0; part < 12; part++) sum += next();
    return mean + sum - 6;
  });
}
