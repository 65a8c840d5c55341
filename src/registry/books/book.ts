// A model's book: everything that watching it needs, taken from one tree of git, small enough to keep for every model.
import type { VersionRecord } from '../../generated/types.js';
import type { WatchedModel } from '../../lifecycle/health/watched-model.js';
import type { Problem } from '../../lifecycle/problems.js';
import { type PackedVersion, packSeries, unpackSeries } from './packed-series.js';

/** A model's book, or why there is none; with what could not be read of it. */
export interface BookEntry {
  book: WatchedModel | null;
  problems: Problem[];
}

/** A model's book as it is kept, and handed from thread to thread: plain JSON. */
export interface PackedEntry {
  book: (Omit<WatchedModel, 'reports'> & { reports: Record<string, PackedVersion> }) | null;
  problems: Problem[];
}

function eachVersion<A, B>(reports: Record<string, A>, change: (reports: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(reports).map(([version, all]) => [version, change(all)]));
}

/** Packs a book. */
export function packEntry({ book, problems }: BookEntry): PackedEntry {
  return { book: book && { ...book, reports: eachVersion(book.reports, packSeries) }, problems };
}

/** The book that was packed. */
export function unpackEntry({ book, problems }: PackedEntry): BookEntry {
  return { book: book && { ...book, reports: eachVersion(book.reports, unpackSeries) }, problems };
}

/** A version without what only registering and proving look at. */
export function slim(record: VersionRecord): VersionRecord {
  const { training, ...rest } = record;
  const copy: VersionRecord = { ...rest };
  delete copy.gate;
  delete copy.artifacts;
  delete copy.intended_use;
  delete copy.labels;
  delete copy.extensions;
  if (!training) return copy;
  const kept = { ...training };
  delete kept.hyperparameters;
  delete kept.environment;
  return { ...copy, training: kept };
}
