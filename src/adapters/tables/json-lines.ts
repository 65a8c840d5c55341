// Reads JSON Lines: an object a line, with Python's NaN and Infinity understood.
import { usage } from '../../errors.js';
import type { Table, TableBatch } from './table.js';
import { type TextBlock, textBlocks } from './text-blocks.js';

type Row = Record<string, unknown>;

// Strings are matched first, so that the words are found outside of them alone; one that is not closed too, once.
const pythonNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b/g;

/** A line of JSON as Python may write it. A number too large for JSON stands for infinity. */
function parseLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    const plain = text.replace(pythonNumbers, (token) =>
      token.startsWith('"') ? token : token.endsWith('NaN') ? 'null' : token.replace('Infinity', '1e999'),
    );
    return JSON.parse(plain) as unknown;
  }
}

function at(name: string, line: number, message: string, hint: string): Error {
  const code = 'json-lines/syntax';
  return usage(code, `${name}:${line}: ${message}`, hint, [{ code, message, file: name, line }]);
}

function rowsOf(block: TextBlock, name: string): { rows: Row[]; lines: number[] } {
  const rows: Row[] = [];
  const lines: number[] = [];
  for (const [index, text] of block.text.split('\n').entries()) {
    if (text.trim() === '') continue;
    const line = block.line + index;
    let value: unknown;
    try {
      value = parseLine(text);
    } catch (error) {
      const isArray = line === 1 && text.trimStart().startsWith('[');
      throw at(
        name,
        line,
        isArray ? 'the file is one JSON array' : `not valid JSON: ${(error as Error).message}`,
        isArray ? `write an object a line: jq -c '.[]' ${name}` : `sed -n ${line}p ${name}`,
      );
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw at(
        name,
        line,
        'the line holds no object',
        `write an object a line, as {"tenure": 12}; of an array: jq -c '.[]' ${name}`,
      );
    rows.push(value as Row);
    lines.push(line);
  }
  return { rows, lines };
}

/** Opens a JSON Lines file. Its columns are the keys of the rows of its first block. */
export async function openJsonLines(full: string, name: string): Promise<Table> {
  const columns = new Set<string>();
  for await (const block of textBlocks(full, name)) {
    for (const row of rowsOf(block, name).rows) for (const key of Object.keys(row)) columns.add(key);
    if (columns.size > 0) break;
  }
  if (columns.size === 0) throw usage('input/empty', `${name} is empty`, `ls -l ${name}`);
  return {
    file: name,
    format: 'json-lines',
    textual: false,
    columnar: false,
    columns: [...columns],
    batches: async function* () {
      for await (const block of textBlocks(full, name)) {
        const { rows, lines } = rowsOf(block, name);
        const batch: TableBatch = {
          rows: rows.length,
          column: (column) => rows.map((row) => (Object.hasOwn(row, column) ? row[column] : undefined)),
          place: (row) => ({ line: lines[row] ?? block.line }),
        };
        yield batch;
      }
    },
  };
}
