// Reads tables into profiles and counts: once for all features, or feature by feature where columns are stored apart.
import { usage } from '../../errors.js';
import type { CellFault } from '../../lifecycle/drift/batch.js';
import { type CellRules, missingRules, missingTexts } from '../../lifecycle/drift/cells.js';
import { type CurrentReader, currentReader } from '../../lifecycle/drift/current.js';
import type { Feature } from '../../lifecycle/drift/features.js';
import type { ColumnCounts, ColumnProfile } from '../../lifecycle/drift/profile.js';
import { type Profiled, type ReferenceReader, referenceReader } from '../../lifecycle/drift/reference.js';
import type { Table, TableBatch } from './table.js';

/** How tables are read. */
export interface MeasureSettings {
  bins: number;
  /** Texts that mean missing beside the usual ones. */
  missing: readonly string[];
  /** How many numbers of a column are kept. */
  capacity: number;
  onRows?: ((rows: number) => void) | undefined;
}

/** Takes batches, and says where a cell is wrong. */
interface Reader {
  add: (batch: TableBatch) => CellFault | undefined;
}

function rulesFor(table: Table, settings: MeasureSettings): CellRules {
  const usual = table.textual ? missingTexts : [];
  return { textual: table.textual, ...missingRules([...usual, ...settings.missing]) };
}

function faultError(table: Table, batch: TableBatch, fault: CellFault): Error {
  const place = batch.place(fault.row);
  const where = 'line' in place ? `${table.file}:${place.line}` : `${table.file}, row ${place.row}`;
  const message = `column ${fault.column} holds "${fault.found}", where ${fault.expected} should be`;
  const code = 'table/cell';
  return usage(
    code,
    `${where}: ${message}`,
    `if it means that there is no value: --missing '${fault.found}'; if the column holds categories: --categorical ${fault.feature}`,
    [{ code, message, file: table.file, ...('line' in place ? { line: place.line } : {}) }],
  );
}

async function readAll(
  table: Table,
  columns: readonly string[],
  readers: readonly Reader[],
  settings: MeasureSettings,
): Promise<void> {
  let rows = 0;
  for await (const batch of table.batches(columns)) {
    // A column of a batch is put together once, however many ask for it.
    const known = new Map<string, readonly unknown[]>();
    const shared: TableBatch = {
      ...batch,
      column: (name) => {
        const cells = known.get(name) ?? batch.column(name);
        known.set(name, cells);
        return cells;
      },
    };
    for (const reader of readers) {
      const fault = reader.add(shared);
      if (fault) throw faultError(table, batch, fault);
    }
    rows += batch.rows;
    settings.onRows?.(rows);
  }
}

/** Reads a table for every feature, in as few passes as the table allows. */
async function pass<R extends Reader>(
  table: Table,
  features: readonly Feature[],
  readers: readonly R[],
  settings: MeasureSettings,
  wanted: (reader: R) => boolean,
): Promise<void> {
  const chosen = features.flatMap((feature, index) => {
    const reader = readers[index];
    return reader && wanted(reader) ? [{ feature, reader }] : [];
  });
  if (chosen.length === 0) return;
  if (table.columnar) {
    for (const { feature, reader } of chosen) await readAll(table, feature.columns, [reader], settings);
    return;
  }
  const columns = chosen.flatMap(({ feature }) => feature.columns);
  await readAll(
    table,
    columns,
    chosen.map(({ reader }) => reader),
    settings,
  );
}

/** Profiles the features of a reference. */
export async function profileTable(
  table: Table,
  features: readonly Feature[],
  settings: MeasureSettings,
): Promise<{ feature: Feature; outcome: Profiled }[]> {
  const rules = rulesFor(table, settings);
  const { bins, capacity } = settings;
  const readers = features.map((feature) => referenceReader(feature, { rules, bins, capacity }));
  await pass(table, features, readers, settings, () => true);
  await pass(table, features, readers, settings, (reader: ReferenceReader) => reader.again());
  return features.map((feature, index) => ({
    feature,
    outcome: readers[index]?.finish() ?? { leftOut: 'it was not read' },
  }));
}

/** Counts the features of a current table in the bins of their profiles. */
export async function countTable(
  table: Table,
  profiled: readonly { feature: Feature; profile: ColumnProfile }[],
  settings: MeasureSettings,
): Promise<ColumnCounts[]> {
  const rules = rulesFor(table, settings);
  const readers: CurrentReader[] = profiled.map(({ feature, profile }) =>
    currentReader(
      feature,
      profile,
      // A column that the reference holds as numbers may be written as text here.
      profile.kind === 'numeric' && feature.kind === 'numeric' ? { ...rules, textual: true } : rules,
      settings.capacity,
    ),
  );
  const features = profiled.map(({ feature }) => feature);
  await pass(table, features, readers, settings, () => true);
  return readers.map((reader) => reader.finish());
}
