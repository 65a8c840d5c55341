// What list and show say of drift: the series of the versions that have reports.
import type { VersionRecord } from '../generated/types.js';
import { glanceOf, tellingSeries } from '../lifecycle/health/glance.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import { readBooks } from '../registry/books/read-books.js';
import type { Registry } from '../registry/registry.js';
import type { DriftOf } from './listing.js';

/** The drift series of every version that says most, in the models that have reports. */
export async function driftOf(
  registry: Registry,
  commit: string,
  model: string | undefined,
  watched: ReadonlySet<string>,
): Promise<DriftOf> {
  const { books } = await readBooks(registry, commit, model);
  const known = new Map(books.map((book) => [book.model.model_id, book]));
  return (id, version) => {
    const book = watched.has(id) ? known.get(id) : undefined;
    const record = book?.versions.find((entry) => entry.version === version);
    return book && record && glanceOf(book, record);
  };
}

/** Every series of a version, most telling first. */
export async function seriesOf(
  registry: Registry,
  commit: string,
  record: VersionRecord,
): Promise<HealthSeries[]> {
  const { books } = await readBooks(registry, commit, record.model_id);
  return books.flatMap((book) => tellingSeries(book, record));
}
