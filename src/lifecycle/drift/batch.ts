// A run of rows of a table, column by column, and what can be wrong with one of its cells.

/** Some rows. */
export interface Batch {
  rows: number;
  /** The cells of a column; empty where the table has no such column. */
  column: (name: string) => readonly unknown[];
}

/** A cell that its column can't hold. */
export interface CellFault {
  feature: string;
  column: string;
  /** Position in the batch. */
  row: number;
  /** What stands there, shortened. */
  found: string;
  expected: string;
}

/** A value as an error may quote it. */
export function quoted(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? String(cell));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
