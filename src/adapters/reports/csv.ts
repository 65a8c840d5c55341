// Takes a table apart that is separated by commas, semicolons or tabs, with cells in quotes (RFC 4180).
import { usage } from '../../errors.js';
import type { Row, Table } from './content.js';

const separators = [',', ';', '\t'] as const;

/** The separator that the first line has most of, outside of quotes; undefined where it has none. */
export function separatorOf(text: string): string | undefined {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*(?:""[^"]*)*"/g, '');
  const counted = separators.map((separator) => ({ separator, times: line.split(separator).length - 1 }));
  const best = counted.reduce((a, b) => (b.times > a.times ? b : a));
  return best.times > 0 ? best.separator : undefined;
}

function cut(text: string, separator: string, file: string): Row[] {
  // A cell in quotes, or up to the next separator or end of line; then what ends it.
  const cell = new RegExp(
    `("[^"]*(?:""[^"]*)*"|[^"\\r\\n${separator}][^\\r\\n${separator}]*|)(${separator}|\\r\\n|\\r|\\n|$)`,
    'y',
  );
  const rows: Row[] = [];
  let [line, at, cells] = [1, 0, [] as string[]];
  let start = line;
  while (at < text.length || cells.length > 0) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (!match) {
      throw usage(
        'input/syntax',
        `${file}:${line} has a quote that is not closed, or text after one`,
        'write the table again; the file may be cut off',
      );
    }
    const [whole, content = '', ending = ''] = match;
    cells.push(content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content);
    line += content.split('\n').length - 1;
    at += whole.length;
    if (ending === separator) continue;
    if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line: start, cells });
    cells = [];
    start = ++line;
  }
  return rows;
}

/** Takes a table apart; every row has as many cells as the first. */
export function parseTable(text: string, separator: string, file: string): Table {
  const [first, ...rows] = cut(text, separator, file);
  const header = (first?.cells ?? []).map((cell) => cell.trim());
  const odd = rows.find(({ cells }) => cells.length !== header.length);
  if (odd) {
    throw usage(
      'input/syntax',
      `${file}:${odd.line} has ${odd.cells.length} cells, and the first line has ${header.length}`,
      'write the table again; the file may be cut off',
    );
  }
  const places = new Map(header.map((name, index) => [name, index]));
  const twice = header.find((name, index) => name !== '' && places.get(name) !== index);
  if (twice !== undefined && !header.includes('chunk')) {
    throw usage('input/duplicate-key', `${file} has two columns "${twice}"`, 'name every column once');
  }
  return { header, rows };
}
