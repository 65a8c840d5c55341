// A table in a file, read in batches of rows and never as a whole.
import type { Batch } from '../../lifecycle/drift/batch.js';

/** Some rows, and where in the file each of them is. */
export interface TableBatch extends Batch {
  /** Where a row is: a line of a text file, else a row of the table; both count from 1. */
  place: (row: number) => { line: number } | { row: number };
}

/** A table whose columns are known. */
export interface Table {
  /** As the user named it. */
  file: string;
  format: 'csv' | 'json-lines' | 'parquet';
  /** Whether every cell is text that may stand for a number. */
  textual: boolean;
  /** Whether reading one column costs less than reading all: batches may then be asked for column by column. */
  columnar: boolean;
  columns: readonly string[];
  /** Reads the table from its beginning; each call reads it anew. */
  batches: (columns: readonly string[]) => AsyncIterable<TableBatch>;
}
