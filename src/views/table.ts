// Tables: aligned and fitted to the terminal for a person, tab-separated for a program.
import { escapeLine } from '../lifecycle/escape.js';
import type { Style } from './style.js';

/** One column. */
export interface Column<T> {
  title: string;
  value: (row: T) => string;
  /** A mark for the padded text, by meaning. */
  mark?: (row: T, style: Style) => (text: string) => string;
  align?: 'right';
  /** Gives way first when the terminal is narrow; a higher number goes earlier. Without it the column stays. */
  yields?: number;
}

const gap = '  ';
const least = 6;

/** Cuts a text to a width in terminal columns, and says so with an ellipsis. */
function clip(text: string, width: number, style: Style): string {
  if (style.columnsOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (style.columnsOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Cuts or fills a text to a width. Only the text itself is marked, not the space around it. */
function pad<T>(
  text: string,
  width: number,
  column: Column<T> | undefined,
  mark: (text: string) => string,
  style: Style,
): string {
  const shown = clip(text, width, style);
  const space = ' '.repeat(Math.max(0, width - style.columnsOf(shown)));
  return column?.align === 'right' ? space + mark(shown) : mark(shown) + space;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1);
}

/** Drops the columns that yield, then narrows the widest, until the table fits. */
function fit<T>(
  columns: readonly Column<T>[],
  widths: number[],
  available: number,
): { columns: Column<T>[]; widths: number[] } {
  let kept = columns.map((column, index) => ({ column, width: widths[index] ?? 0 }));
  const tooWide = (): boolean => total(kept.map((entry) => entry.width)) > available;
  for (const entry of [...kept]
    .filter(({ column }) => column.yields !== undefined)
    .sort((a, b) => (b.column.yields ?? 0) - (a.column.yields ?? 0))) {
    if (!tooWide()) break;
    kept = kept.filter((other) => other !== entry);
  }
  while (tooWide()) {
    const widest = kept.reduce((a, b) => (b.width > a.width ? b : a));
    if (widest.width <= least) break;
    widest.width -= 1;
  }
  return { columns: kept.map((entry) => entry.column), widths: kept.map((entry) => entry.width) };
}

/** A table of rows. Off a terminal there are no titles, and every value is whole. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], style: Style): string {
  if (!style.interactive) {
    return rows.map((row) => columns.map((column) => escapeLine(column.value(row))).join('\t')).join('\n');
  }
  const cells = rows.map((row) => columns.map((column) => escapeLine(column.value(row))));
  const natural = columns.map((column, index) =>
    cells.reduce(
      (most, row) => Math.max(most, style.columnsOf(row[index] ?? '')),
      style.columnsOf(column.title),
    ),
  );
  const fitted = fit(columns, natural, style.width);
  const line = (texts: readonly string[], mark: (index: number) => (text: string) => string): string =>
    texts
      .map((text, index) => pad(text, fitted.widths[index] ?? 0, fitted.columns[index], mark(index), style))
      .join(gap)
      .trimEnd();
  const plain = (text: string): string => text;
  const head = line(
    fitted.columns.map((column) => column.title),
    () => style.quiet,
  );
  const body = rows.map((row) =>
    line(
      fitted.columns.map((column) => escapeLine(column.value(row))),
      (index) => fitted.columns[index]?.mark?.(row, style) ?? plain,
    ),
  );
  return [head, ...body].join('\n');
}

/** Folds text to the terminal, with an indent. */
export function wrap(text: string, style: Style, indent = ''): string {
  if (!Number.isFinite(style.width)) return indent + text;
  const width = Math.max(30, style.width) - indent.length;
  return text
    .split('\n')
    .flatMap((paragraph) => {
      const lines = [''];
      for (const word of paragraph.split(' ')) {
        const last = lines.at(-1) ?? '';
        if (last !== '' && style.columnsOf(last) + 1 + style.columnsOf(word) > width) lines.push(word);
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
      return lines;
    })
    .map((line) => indent + line)
    .join('\n');
}
