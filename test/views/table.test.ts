// Tables: aligned, fitted to the terminal by real columns, and tab-separated off it.
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Style, plainStyle } from '../../src/views/style.js';
import { type Column, table, wrap } from '../../src/views/table.js';

interface Row {
  name: string;
  note: string;
  count: number;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'COUNT', value: (row) => String(row.count), align: 'right' },
  { title: 'NOTE', value: (row) => row.note, yields: 1 },
];
const on = (width: number): Style => ({ ...plainStyle, width, interactive: true, columnsOf: stringWidth });
const rows: readonly Row[] = [
  { name: 'churn@1.0.0', note: 'the first of many versions', count: 7 },
  { name: '解約予測@2.0.0', note: 'ひらがなとカタカナの説明文です', count: 1200 },
  { name: '🚀👩‍👩‍👧‍👦 launch', note: 'emoji of several code points 🇪🇺', count: 3 },
  { name: 'e\u0301tude', note: 'combining marks', count: 0 },
];

describe('on a terminal', () => {
  test.each([20, 30, 40, 60, 80, 120])('no line is wider than %d columns', (width) => {
    for (const line of table(rows, columns, on(width)).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test('columns begin at the same place, wide characters counted as they are drawn', () => {
    const style: Style = { ...on(200), good: (text) => `<${text}>` };
    const marked = columns.map((column) =>
      column.title === 'COUNT' ? { ...column, mark: () => style.good } : column,
    );
    const lines = table(rows, marked, style).split('\n').slice(1);
    expect(new Set(lines.map((line) => stringWidth(line.slice(0, line.indexOf('>'))))).size).toBe(1);
  });

  test('titles stand above, numbers to the right', () => {
    expect(table(rows.slice(0, 1), columns, on(80))).toBe(
      'NAME         COUNT  NOTE\nchurn@1.0.0      7  the first of many versions',
    );
  });

  test('what yields goes first, the highest number before the others', () => {
    const yielding: readonly Column<Row>[] = [
      { title: 'A', value: () => 'a'.repeat(10) },
      { title: 'B', value: () => 'b'.repeat(10), yields: 1 },
      { title: 'C', value: () => 'c'.repeat(10), yields: 2 },
    ];
    const titles = (width: number): string =>
      (table(rows.slice(0, 1), yielding, on(width)).split('\n')[0] ?? '').replace(/ +/g, ' ').trim();
    expect([titles(34), titles(33), titles(22), titles(21), titles(10)]).toEqual([
      'A B C',
      'A B',
      'A B',
      'A',
      'A',
    ]);
  });

  test('what is cut ends in an ellipsis, between characters that are drawn as one', () => {
    const wide: readonly Column<string>[] = [{ title: 'W', value: (text) => text }];
    const cut = (text: string, width: number): string => table([text], wide, on(width)).split('\n')[1] ?? '';
    expect(cut('abcdefghij', 8)).toBe('abcdefg…');
    expect(cut('日本語日本語', 8)).toBe('日本語…');
    expect(stringWidth(cut('日本語日本語', 8))).toBeLessThanOrEqual(8);
    expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 7)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
    expect(cut('xxxxxe\u0301e\u0301e\u0301', 7)).toBe('xxxxxe\u0301…');
  });

  test('a narrow terminal still gets its rows', () => {
    expect(table(rows, columns, on(1)).split('\n')).toHaveLength(5);
  });

  test('no trailing spaces, and no rows but the titles where there are none', () => {
    for (const line of table(rows, columns, on(100)).split('\n')) expect(line).toBe(line.trimEnd());
    expect(table([], columns, on(100))).toBe('NAME  COUNT  NOTE');
  });
});

describe('off a terminal', () => {
  test('no titles, tabs between values, every value whole on its line', () => {
    expect(table([{ name: 'a\tb', note: 'one\ntwo', count: 1 }], columns, plainStyle)).toBe(
      'a b\t1\tone two',
    );
    expect(table(rows, columns, plainStyle).split('\n')).toHaveLength(rows.length);
  });

  test('escapes are shown', () => {
    expect(table([{ name: '\u001b[31m', note: '\u202e', count: 1 }], columns, plainStyle)).toBe(
      '\\u001b[31m\t1\t\\u202e',
    );
  });
});

describe('wrap', () => {
  test('folds at words, by columns, with an indent on each line', () => {
    const folded = wrap('日本語 '.repeat(10).trim(), on(32), '  ').split('\n');
    for (const line of folded) {
      expect(stringWidth(line)).toBeLessThanOrEqual(32);
      expect(line.startsWith('  ')).toBe(true);
    }
    expect(folded.join(' ').replace(/ +/g, ' ').trim()).toBe('日本語 '.repeat(10).trim());
  });

  test('leaves text alone off a terminal, and words that are too long whole', () => {
    expect(wrap('a b c', plainStyle)).toBe('a b c');
    expect(wrap('x'.repeat(100), on(40))).toBe('x'.repeat(100));
    expect(wrap('a\n\nb', on(40))).toBe('a\n\nb');
  });
});
