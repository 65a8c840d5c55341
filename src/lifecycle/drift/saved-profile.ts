// A profile as the registry keeps it: small, plain data, and what a later measurement needs and nothing of any row.
import type { ProfiledColumn, ReferenceProfile } from '../../generated/types.js';
import { type NumberBins, countSorted, gridCounts } from './counting.js';
import { gridPoints } from './number-column.js';
import { type Bins, type ColumnProfile, binCount, measured } from './profile.js';

/** Everything that a saved profile says, but for who saves it and when. */
export type ProfileToSave = Pick<ReferenceProfile, 'version' | 'signal' | 'source' | 'columns'> & {
  model: string;
};

/** The data of a profile's file. */
export function savedProfile(profile: ProfileToSave, who: { now: string; actor: string }): ReferenceProfile {
  const { model, version, signal, source, columns } = profile;
  const { file, sha256 } = source;
  return {
    schema: 'mlc/profile@1',
    model_id: model,
    version,
    signal,
    made_at: who.now,
    made_by: who.actor,
    source: sha256 === undefined ? { file } : { file, sha256 },
    columns,
  };
}

function joined(numbers: readonly number[]): string {
  return numbers.join(' ');
}

/** A number with six digits that is not below the given one: what equals the number has to stay at or below it. */
function roundedUp(value: number): number {
  const near = Number(value.toPrecision(6));
  if (near >= value) return near;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 5);
  return Number((near + step).toPrecision(6));
}

/** A grid of fewer points than the profile's, on numbers that are short to write. */
function smallGrid(profile: ColumnProfile, parts: number): Pick<ProfiledColumn, 'points' | 'at_or_below'> {
  if (parts === 0 || !profile.grid || profile.grid.points.length === 0) return {};
  const { values } = profile;
  if (!values) return { points: joined(profile.grid.points), at_or_below: joined(profile.grid.atOrBelow) };
  // The largest is kept whole, so that what is above all of the reference is seen.
  const rough = gridPoints(values, parts).map(roundedUp);
  const points = [...new Set([...rough, values.at(-1) ?? 0])].sort((a, b) => a - b);
  return { points: joined(points), at_or_below: joined(gridCounts(values, points)) };
}

/** How much of a profile is kept. */
export interface ProfileDetail {
  gridParts: number;
  categories: number;
  /** Whether bin edges keep all their digits, so that the bins are those of a measurement against the data itself. */
  edges: 'whole' | 'six digits';
}

/** From the fullest to the barest. */
export const profileDetails: readonly ProfileDetail[] = [
  { gridParts: 50, categories: 50, edges: 'whole' },
  { gridParts: 20, categories: 50, edges: 'whole' },
  { gridParts: 10, categories: 20, edges: 'whole' },
  { gridParts: 0, categories: 10, edges: 'six digits' },
];

/** Bins as they are saved. Values keep all their digits: what equals one has to go on doing so. */
function savedBins(profile: ColumnProfile, detail: ProfileDetail): NumberBins {
  const { bins, values } = profile;
  if (bins.kind === 'categories') throw new TypeError(`${profile.name} is no column of numbers`);
  // Without the values nothing can be counted anew.
  if (bins.kind === 'values' || detail.edges === 'whole' || !values) return bins;
  return { kind: 'edges', edges: [...new Set(bins.edges.map(roundedUp))] };
}

/** A column as it is saved. */
export function savedColumn(profile: ColumnProfile, detail: ProfileDetail): ProfiledColumn {
  const { name, kind, rows, missing, nonFinite } = profile;
  const head = { name, kind, rows, missing, non_finite: nonFinite };
  if (profile.bins.kind === 'categories') {
    const categories = profile.bins.categories.slice(0, detail.categories);
    const own = profile.counts.slice(0, categories.length);
    const other = profile.counts.slice(categories.length).reduce((sum, count) => sum + count, 0);
    return { ...head, categories, counts: joined([...own, other]) };
  }
  const bins = savedBins(profile, detail);
  return {
    ...head,
    ...(bins.kind === 'edges' ? { edges: joined(bins.edges) } : { values: joined(bins.values) }),
    counts: joined(profile.values ? countSorted(profile.values, bins) : profile.counts),
    ...smallGrid(profile, detail.gridParts),
    ...(profile.centroid ? { centroid: encodeVector(profile.centroid) } : {}),
  };
}

/** A vector as base64 of its numbers in single precision, little end first. */
export function encodeVector(vector: Float32Array): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(''));
}

/** The vector of such a text; undefined where it is none. */
export function decodeVector(text: string): Float32Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

function numbersOf(text: string | undefined): number[] {
  return text === undefined || text === '' ? [] : text.split(' ').map(Number);
}

function binsOf(column: ProfiledColumn): Bins {
  if (column.categories) return { kind: 'categories', categories: column.categories };
  if (column.values !== undefined) return { kind: 'values', values: numbersOf(column.values) };
  return { kind: 'edges', edges: numbersOf(column.edges) };
}

function ascends(numbers: readonly number[], step: (low: number, high: number) => boolean): boolean {
  return numbers.every(
    (value, index) => Number.isFinite(value) && (index === 0 || step(numbers[index - 1] ?? 0, value)),
  );
}

/** What is wrong with a column that fits the schema; undefined where nothing is. */
export function columnFault(column: ProfiledColumn): string | undefined {
  const bins = binsOf(column);
  const counts = numbersOf(column.counts);
  if (counts.length !== binCount(bins)) return `it has ${counts.length} counts for ${binCount(bins)} bins`;
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0))
    return 'a count is no whole number';
  const places = bins.kind === 'edges' ? bins.edges : bins.kind === 'values' ? bins.values : [];
  if (!ascends(places, (low, high) => low < high)) return `its ${bins.kind} do not ascend`;
  const size = counts.reduce((sum, count) => sum + count, 0);
  if (size > measured({ ...column, nonFinite: column.non_finite })) return 'its counts exceed its rows';
  const [points, below] = [numbersOf(column.points), numbersOf(column.at_or_below)];
  if (points.length !== below.length) return `it has ${below.length} counts for ${points.length} points`;
  if (!ascends(points, (low, high) => low < high)) return 'its points do not ascend';
  if (!ascends(below, (low, high) => low <= high) || (below.at(-1) ?? 0) > size)
    return 'its counts at or below the points do not ascend to the whole';
  if (column.kind === 'embedding' && column.centroid !== undefined && !decodeVector(column.centroid)?.length)
    return 'its centroid cannot be read';
  return undefined;
}

/** A saved column as a profile to hold values against. */
export function profileOf(column: ProfiledColumn): ColumnProfile {
  const points = numbersOf(column.points);
  return {
    name: column.name,
    kind: column.kind,
    rows: column.rows,
    missing: column.missing,
    nonFinite: column.non_finite,
    bins: binsOf(column),
    counts: numbersOf(column.counts),
    ...(points.length > 0 ? { grid: { points, atOrBelow: numbersOf(column.at_or_below) } } : {}),
    ...(column.centroid === undefined ? {} : { centroid: decodeVector(column.centroid) }),
  };
}
