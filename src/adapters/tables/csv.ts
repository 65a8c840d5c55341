// Reads CSV block by block: delimiter by the header, ragged rows and wrong quotes told with their line.
import Papa from 'papaparse';
import { usage } from '../../errors.js';
import type { Table, TableBatch } from './table.js';
import { type TextBlock, textBlocks } from './text-blocks.js';

const delimiters = [',', ';', '\t', '|'];

/** The delimiter that the first line speaks for. */
function delimiterOf(header: string, name: string): string {
  if (/\.(tsv|tab)(\.gz)?$/i.test(name)) return '\t';
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The line of a row inside of its block: values with line breaks make rows longer than a line. */
function lineOf(block: TextBlock, rows: readonly (readonly string[])[], row: number): number {
  if (!block.text.includes('"')) return block.line + row;
  let line = block.line + row;
  for (const cells of rows.slice(0, row)) for (const cell of cells) line += cell.split('\n').length - 1;
  return line;
}

function at(name: string, line: number, message: string, code: string, hint: string): Error {
  return usage(code, `${name}:${line}: ${message}`, hint, [{ code, message, file: name, line }]);
}

function parseBlock(block: TextBlock, delimiter: string, name: string): string[][] {
  const text = block.text.endsWith('\n') ? block.text.slice(0, -1) : block.text;
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const [fault] = errors.filter((error) => error.type === 'Quotes');
  if (fault) {
    const line = lineOf(block, data, fault.row ?? 0);
    const message =
      fault.code === 'MissingQuotes'
        ? 'a quote is opened and never closed'
        : 'text stands after a closing quote';
    throw at(name, line, message, 'csv/quotes', 'write a quote inside of a quoted value twice: "5"" pipe"');
  }
  return data;
}

interface Header {
  columns: string[];
  delimiter: string;
}

function checkHeader(columns: readonly string[], name: string): void {
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw usage('csv/header', `${name}:1: two columns are called "${twice}"`, 'rename one of them');
  if (columns.every((column) => column === ''))
    throw usage('csv/header', `${name}:1: the first line names no columns`, `head -n 1 ${name}`);
  if (columns.every((column) => column.trim() !== '' && !Number.isNaN(Number(column))))
    throw usage(
      'csv/header',
      `${name}:1: the first line holds numbers, where the names of the columns should be`,
      'write the names of the columns above the values',
    );
}

async function readHeader(full: string, name: string): Promise<Header> {
  for await (const block of textBlocks(full, name, '"')) {
    const delimiter = delimiterOf(block.text.slice(0, block.text.indexOf('\n')), name);
    const columns = (parseBlock(block, delimiter, name)[0] ?? []).map((column) => column.trim());
    checkHeader(columns, name);
    return { columns, delimiter };
  }
  throw usage('input/empty', `${name} is empty`, `ls -l ${name}`);
}

function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0] === '';
}

function batchOf(
  block: TextBlock,
  rows: readonly (readonly string[])[],
  skipped: number,
  header: Header,
  name: string,
): TableBatch {
  const positions = new Map(header.columns.map((column, index) => [column, index]));
  const used: number[] = [];
  for (let row = skipped; row < rows.length; row++) {
    const cells = rows[row] ?? [];
    if (isBlank(cells)) continue;
    if (cells.length !== header.columns.length) {
      const message = `the row has ${cells.length} values, and the header ${header.columns.length}`;
      const line = lineOf(block, rows, row);
      throw at(name, line, message, 'csv/ragged', 'quote values that hold the delimiter');
    }
    used.push(row);
  }
  return {
    rows: used.length,
    column: (column) => {
      const position = positions.get(column);
      return position === undefined ? [] : used.map((row) => rows[row]?.[position]);
    },
    place: (row) => ({ line: lineOf(block, rows, used[row] ?? 0) }),
  };
}

/** Opens a CSV file. */
export async function openCsv(full: string, name: string): Promise<Table> {
  const header = await readHeader(full, name);
  return {
    file: name,
    format: 'csv',
    textual: true,
    columnar: false,
    // Row names that pandas writes have no column name, and are no feature.
    columns: header.columns.filter((column) => column !== ''),
    batches: async function* () {
      let isFirst = true;
      for await (const block of textBlocks(full, name, '"')) {
        yield batchOf(block, parseBlock(block, header.delimiter, name), isFirst ? 1 : 0, header, name);
        isFirst = false;
      }
    },
  };
}
