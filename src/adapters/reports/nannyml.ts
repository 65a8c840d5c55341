// NannyML's results as flat CSV: one chunk of the analysis period, its window and its sample sizes.
import { usage } from '../../errors.js';
import type { Observation, ParsedReport, Window } from '../../lifecycle/monitoring/observation.js';
import { badSide, methodOf } from '../../lifecycle/monitoring/methods.js';
import type { Content, ReadContext, ReportFormat, Row, Table } from './content.js';
import { windowOf } from './moments.js';
import { type MeasureColumns, measuresOf } from './nannyml-columns.js';
import { countOf, flagOf, numberOrNull } from './numbers.js';
import { observe } from './observe.js';

const exportHint = 'in Python: result.to_df(multilevel=False).to_csv("report.csv", index=False)';

type Cell = (row: Row, column: string) => string;

interface Chunk {
  key: string;
  row: Row;
  window: Window | undefined;
  rows: number | undefined;
}

function cellOf(header: readonly string[]): Cell {
  const places = new Map(header.map((name, index) => [name, index]));
  return (row, column) => row.cells[places.get(column) ?? -1] ?? '';
}

function chunkOf(row: Row, cell: Cell): Chunk {
  const [first, last] = [countOf(cell(row, 'chunk_start_index')), countOf(cell(row, 'chunk_end_index'))];
  return {
    key: cell(row, 'chunk_key'),
    row,
    window: windowOf(cell(row, 'chunk_start_date'), cell(row, 'chunk_end_date')),
    rows: first === undefined || last === undefined || last < first ? undefined : last - first + 1,
  };
}

function told({ key, window }: Chunk): string {
  return window ? `${window.start} to ${window.end}` : key;
}

/** The chunk that is asked for: the only one within the window, or the last. */
function choose(chunks: readonly Chunk[], { window, file }: ReadContext): Chunk {
  const last = chunks.at(-1);
  if (!last) {
    throw usage(
      'report/no-analysis',
      `${file} has no chunk of the analysis period, and the reference is no observation of production`,
      exportHint,
    );
  }
  if (!window || chunks.every((chunk) => !chunk.window)) return last;
  const [from, to] = [Date.parse(window.start), Date.parse(window.end)];
  const within = chunks.filter(
    (chunk) => chunk.window && Date.parse(chunk.window.start) >= from && Date.parse(chunk.window.end) <= to,
  );
  const [only] = within;
  if (only && within.length === 1) return only;
  const listed = (only ? within : chunks).slice(-8).map(told).join('; ');
  throw usage(
    'report/window',
    `${within.length === 0 ? 'no chunk' : `${within.length} chunks`} of ${file} lies in ${window.start} to ${window.end}: ${listed}`,
    'name the window of one chunk, or leave it out for the last',
  );
}

/** Why a chunk says less than the others: the last one of a period is often cut off. */
function smallness(chunk: Chunk, before: Chunk | undefined): string[] {
  if (chunk.rows === undefined || before?.rows === undefined || chunk.rows * 2 >= before.rows) return [];
  return [`this chunk has ${chunk.rows} rows and the one before ${before.rows}: --window chooses another`];
}

/** The limit to show: that on the side where drift lies, the one that was crossed, or the only one. */
function limitOf(
  columns: MeasureColumns,
  value: number | null,
  breached: boolean | null,
  row: Row,
): number | null {
  const [upper, lower] = [numberOrNull(row.cells[columns.upper]), numberOrNull(row.cells[columns.lower])];
  const method = methodOf(columns.method);
  if (method) return badSide(method) === 'high' ? upper : lower;
  if (upper === null || lower === null) return upper ?? lower;
  if (breached !== true || value === null) return null;
  return value > upper ? upper : value < lower ? lower : null;
}

function observationOf(columns: MeasureColumns, row: Row): Observation {
  const raw = row.cells[columns.value];
  const breached = flagOf(row.cells[columns.alert]);
  const threshold = limitOf(columns, numberOrNull(raw), breached, row);
  const isOpen = breached === null && numberOrNull(raw) !== null;
  return observe(columns.name, columns.method, raw, {
    threshold,
    breached,
    // The tool leaves the alert empty where its calculation failed.
    unmeasured: isOpen ? 'its alert is empty, so the calculation failed' : undefined,
  });
}

function parse(content: Content, context: ReadContext): ParsedReport {
  const table: Table = content.kind === 'table' ? content.table : { header: [], rows: [] };
  const measures = measuresOf(table.header);
  if (table.header.includes('chunk') || measures.length === 0)
    throw usage('report/columns', `${context.file} has NannyML's columns on several levels`, exportHint);
  const cell = cellOf(table.header);
  const isReference = (row: Row): boolean => cell(row, 'chunk_period').trim().toLowerCase() === 'reference';
  const analysis = table.rows.filter((row) => !isReference(row)).map((row) => chunkOf(row, cell));
  const chunk = choose(analysis, context);
  const reference = table.rows.filter(isReference).map((row) => chunkOf(row, cell).rows);
  const counted = reference.length > 0 && reference.every((rows) => rows !== undefined);
  const total = reference.reduce<number>((all, rows) => all + (rows ?? 0), 0);
  const place = analysis.indexOf(chunk) + 1;
  return {
    format: 'nannyml',
    producer: 'nannyml',
    // A chunk that was chosen by a window is the answer for that window.
    window: chunk.window && (context.window ?? chunk.window),
    samples: { reference: counted ? total : undefined, current: chunk.rows },
    observations: measures.map((columns) => observationOf(columns, chunk.row)),
    notes: [
      `chunk ${place} of ${analysis.length} of the analysis period, ${told(chunk)}`,
      ...smallness(chunk, analysis[place - 2]),
      ...(chunk.window ? ["NannyML's times have no zone and are read as UTC"] : []),
    ],
  };
}

export const nannyml: ReportFormat = {
  id: 'nannyml',
  detect: (content) => {
    const header = content.kind === 'table' ? content.table.header : [];
    return header.includes('chunk_key') || header.filter((name) => name === 'chunk').length > 1;
  },
  parse,
};
