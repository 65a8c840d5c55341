// Tables read from files: what formats mean, where faults are, and that no way of cutting a file into blocks matters.
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../../src/adapters/tables/open-table.js';
import { Failure } from '../../../src/errors.js';
import { temporaryFolder } from '../../support/folders.js';

async function fileOf(name: string, content: string | Buffer): Promise<{ cwd: string; name: string }> {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, name), content);
  return { cwd, name };
}

/** Every cell of a table, by column. */
async function read(name: string, content: string | Buffer): Promise<Record<string, unknown[]>> {
  const place = await fileOf(name, content);
  const table = await openTable(place.cwd, place.name);
  const cells: Record<string, unknown[]> = Object.fromEntries(table.columns.map((column) => [column, []]));
  for await (const batch of table.batches(table.columns))
    for (const column of table.columns) cells[column]?.push(...batch.column(column));
  return cells;
}

async function fault(name: string, content: string | Buffer): Promise<Failure> {
  const thrown: unknown = await read(name, content).catch((error: unknown) => error);
  if (!(thrown instanceof Failure)) throw new Error(`it was read, or failed as a bug: ${String(thrown)}`);
  return thrown;
}

describe('CSV', () => {
  test.each([
    ['commas', 'a,b\n1,x\n2,y\n'],
    ['semicolons', 'a;b\n1;x\n2;y\n'],
    ['tabs', 'a\tb\n1\tx\n2\ty\n'],
    ['bars', 'a|b\n1|x\n2|y\n'],
    ['a byte order mark', '\uFEFFa,b\n1,x\n2,y\n'],
    ['carriage returns', 'a,b\r\n1,x\r\n2,y\r\n'],
    ['carriage returns alone', 'a,b\r1,x\r2,y\r'],
    ['no line break at the end', 'a,b\n1,x\n2,y'],
    ['quotes', '"a","b"\n"1","x"\n"2","y"\n'],
    ['blank lines', 'a,b\n\n1,x\n\n2,y\n\n'],
    ['spaces around names', ' a , b \n1,x\n2,y\n'],
  ])('%s', async (_name, text) => {
    expect(await read('t.csv', text)).toEqual({ a: ['1', '2'], b: ['x', 'y'] });
    expect(await read('t.csv.gz', gzipSync(text))).toEqual({ a: ['1', '2'], b: ['x', 'y'] });
  });

  test('a name of a column may hold the other delimiters', async () => {
    expect(await read('t.csv', '"a;b;c",d\n1,2\n')).toEqual({ 'a;b;c': ['1'], d: ['2'] });
  });

  test('row names that pandas writes are no column', async () => {
    expect(await read('t.csv', ',a\n0,5\n1,6\n')).toEqual({ a: ['5', '6'] });
  });

  test.each([
    ['a short row', 'a,b\n1,2\n3\n', 'csv/ragged', 't.csv:3: the row has 1 values, and the header 2'],
    ['a long row after a value of two lines', 'a,b\n"1\n1",2\n3,4,5\n', 'csv/ragged', 't.csv:4:'],
    ['an open quote', 'a,b\n1,"2\n3,4\n', 'csv/quotes', 't.csv:2: a quote is opened and never closed'],
    ['text after a quote', 'a,b\n1,2\n"3"x,4\n', 'csv/quotes', 't.csv:3: text stands after'],
    ['one name twice', 'a,a\n1,2\n', 'csv/header', 'two columns are called "a"'],
    ['no names', '1,2\n3,4\n', 'csv/header', 'the first line holds numbers'],
    ['nothing', '', 'input/empty', 'is empty'],
    ['Latin-1', Buffer.from([0x61, 0x0a, 0xe9, 0x0a]), 'input/encoding', 'not valid UTF-8'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'input/encoding', 'UTF-16'],
  ])('%s is told', async (_name, content, code, said) => {
    const failure = await fault('t.csv', content);
    expect(failure).toMatchObject({ code, exitCode: 2 });
    expect(failure.message).toContain(said);
    expect(failure.hint ?? '').not.toBe('');
  });

  test('a damaged gzip file is told', async () => {
    const zipped = gzipSync(`a,b\n${'1,2\n'.repeat(1000)}`);
    expect(await fault('t.csv.gz', zipped.subarray(0, 40))).toMatchObject({ code: 'input/gzip' });
  });

  test('a fault far into the file has its line', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `${index},"x\ny"`);
    rows[90_000] = '1,2,3';
    expect((await fault('t.csv', `a,b\n${rows.join('\n')}\n`)).message).toContain(`t.csv:${2 * 90_000 + 2}:`);
  });

  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', '😀', ';'), maxLength: 8 });

  test('any values survive, wherever blocks end', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, kilobytes) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          // Filling moves the rows across the borders of blocks.
          const filling = Array.from(
            { length: 4 },
            () => [`${'é'.repeat(kilobytes * 1024)}`, 'end'] as const,
          );
          const all = filling.flatMap((fill) => [fill, ...rows]);
          const text = `x,y\n${all.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
          const found = await read('t.csv', text);
          expect(found.x).toEqual(all.map(([x]) => x));
          expect(found.y).toEqual(all.map(([, y]) => y));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('JSON Lines', () => {
  test('objects a line, with keys that come and go', async () => {
    const text = '{"a": 1, "b": "x"}\n\n{"a": null}\n{"b": "\\"NaN\\"", "a": NaN}\n{"a": -Infinity}\n';
    expect(await read('t.jsonl', text)).toEqual({
      a: [1, null, null, -Infinity],
      b: ['x', undefined, '"NaN"', undefined],
    });
    expect(await read('t.txt', '\uFEFF{"a": 1}')).toEqual({ a: [1] });
    expect(await read('t.gz', gzipSync('{"a": [1, 2]}\n'))).toEqual({ a: [[1, 2]] });
  });

  test('a key may have any name', async () => {
    const text = '{"__proto__": 1, "constructor": 2}\n{"x": 1}\n';
    const place = await fileOf('t.jsonl', text);
    const table = await openTable(place.cwd, place.name);
    expect(table.columns).toEqual(['__proto__', 'constructor', 'x']);
    for await (const batch of table.batches(table.columns))
      expect(batch.column('constructor')).toEqual([2, undefined]);
  });

  test.each([
    ['a broken line', '{"a": 1}\n{"a": \n', 't.jsonl:2: not valid JSON'],
    ['an array', '[{"a": 1}]\n', 'the line holds no object'],
    ['an array over several lines', '[\n{"a": 1}\n]\n', 't.jsonl:1: the file is one JSON array'],
    ['a number', '{"a": 1}\n5\n', 't.jsonl:2: the line holds no object'],
  ])('%s is told', async (_name, text, said) => {
    const failure = await fault('t.jsonl', text);
    expect(failure).toMatchObject({ code: 'json-lines/syntax', exitCode: 2 });
    expect(failure.message).toContain(said);
  });

  test('no rows are told', async () => {
    expect(await fault('t.jsonl', '\n\n')).toMatchObject({ code: 'input/empty' });
  });
});

describe('Parquet', () => {
  test('a file that is none, and one that is cut off, are told', async () => {
    expect(await fault('t.parquet', 'a,b\n')).toMatchObject({ code: 'parquet/broken', exitCode: 2 });
    expect(await fault('t.parquet', 'PAR1 and no more')).toMatchObject({
      code: 'parquet/broken',
      exitCode: 2,
    });
    expect(await fault('t.csv', Buffer.from('PAR1\0\0\0\0PAR1'))).toMatchObject({ code: 'parquet/broken' });
  });
});

test('no file and a folder are told', async () => {
  const cwd = await temporaryFolder();
  await expect(openTable(cwd, 'none.csv')).rejects.toMatchObject({ code: 'path/not-found' });
  await expect(openTable(cwd, '.')).rejects.toMatchObject({ code: 'path/not-a-file' });
});
