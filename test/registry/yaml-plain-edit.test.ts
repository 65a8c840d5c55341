// The plain writer and editor do what the library does, character for character, or leave it to the library.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document } from 'yaml';
import { type Edit, append, applyEdits, set } from '../../src/lifecycle/edits.js';
import { editWithLibrary } from '../../src/registry/yaml-library-edit.js';
import { renderWithLibrary } from '../../src/registry/yaml-library-write.js';
import { editPlain } from '../../src/registry/yaml-plain-edit.js';
import { plainLines } from '../../src/registry/yaml-plain-write.js';
import { readPlain } from '../../src/registry/yaml-plain.js';
import { handWritten } from './hand-written.js';

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'traffic_pct', 'x-y', 'k.1', 'null', 'y', 'x-', '1.0', 'True', '_'),
  fc.string({ minLength: 1, maxLength: 3, unit: 'binary-ascii' }),
);
const text = fc.oneof(
  fc.constantFrom(
    '1.10',
    'no',
    'Null',
    'nULL',
    'tRUE',
    'FALSE',
    '2026-01-01T09:00:00Z',
    'Ada <ada@example.com>',
    's3://models/weights',
    'a: b',
    'a #b',
    'it ends:',
    'dash -',
    'dash-',
    '>= 0.95',
    '<= 5',
    '% of all',
    '@v1',
    '[1, 2]',
    '{a}',
    '*a',
    '&a',
    '!a',
    '|',
    '`a`',
    '? a',
    '- x',
    '~',
    '',
    'Zoë, "quoted"',
    '"',
    "it's",
    'a\\b',
    '-5',
    '.5',
    'é',
    'tab\there',
    'two\nlines',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.string({ maxLength: 12, unit: 'binary-ascii' }),
  fc.stringMatching(/^[A-Za-z0-9 _.,:#'"-]{0,20}$/),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.double({ min: -1e-6, max: 1e-6 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(-0),
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test('what the plain writer writes, the library writes alike', () => {
  let plain = 0;
  fc.assert(
    fc.property(value, (data) => {
      const lines = plainLines(data);
      if (!lines || lines.length === 0) return;
      plain += 1;
      expect(`${lines.join('\n')}\n`).toBe(renderWithLibrary(data));
    }),
    { numRuns: 5000, seed: 20261123 },
  );
  expect(plain).toBeGreaterThan(1000);
});

/** Records of the example models, as far as the plain reader takes them. */
async function exampleRecords(): Promise<string[]> {
  const folder = path.join(import.meta.dirname, '../../examples');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return [...texts, handWritten].filter((content) => readPlain(content));
}

/** What one edit may do to some data: a new key in a mapping, an entry in a list, another value for a key. */
function editsOf(data: unknown, to: unknown, path: readonly (string | number)[] = []): Edit[] {
  if (Array.isArray(data)) {
    const below = data.flatMap((item, index) => editsOf(item, to, [...path, index]));
    return [append(path, to), ...below];
  }
  if (typeof data !== 'object' || data === null) return [];
  const below = Object.entries(data).flatMap(([name, inner]) => [
    set([...path, name], to),
    ...editsOf(inner, to, [...path, name]),
  ]);
  return [
    set([...path, 'added'], to),
    set([...path, 'new', 'key'], to),
    append([...path, 'more'], to),
    ...below,
  ];
}

test('every place of the records there are is edited as the library edits it', async () => {
  const records = await exampleRecords();
  expect(records.length).toBeGreaterThan(5);
  let [plain, all] = [0, 0];
  const compare = (record: string, edit: Edit): void => {
    all += 1;
    const edited = editPlain(record, [edit]);
    if (edited === undefined) return;
    plain += 1;
    expect(edited, JSON.stringify(edit)).toBe(editWithLibrary(record, [edit]));
  };
  for (const record of records)
    for (const to of ['another text', '2026-01-01', 'a: "b"', 5, { by: 'Ada', pins: [1, 'two'] }])
      for (const edit of editsOf(readPlain(record), to)) compare(record, edit);
  expect(plain / all).toBeGreaterThan(0.5);
});

const layout = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
  defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const),
});
const plainKey = fc.constantFrom('a', 'b', 'traffic_pct', 'x-y');
const plainValue = fc.letrec<{ value: unknown; mapping: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom('x', 'two words', '1.10', 5, true, null, 'a: b'),
    fc.array(fc.oneof(fc.constantFrom('x', 'a: b', 2), tie('mapping')), { minLength: 1, maxLength: 3 }),
    tie('mapping'),
  ),
  mapping: fc.dictionary(plainKey, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
})).value;

test('random records in random layouts, with comments, are edited as the library edits them', () => {
  let plain = 0;
  fc.assert(
    fc.property(
      fc.dictionary(plainKey, plainValue, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
      layout,
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.tuple(fc.nat(), plainValue), { minLength: 1, maxLength: 3 }),
      (data, options, comments, wishes) => {
        const record = withComments(new Document(data).toString(options), comments);
        if (!readPlain(record)) return;
        const edits = wishes.flatMap(([choice, to]) => {
          const possible = editsOf(readPlain(record), to);
          return possible[choice % possible.length] ?? [];
        });
        const sequence = editPlain(record, edits);
        if (sequence === undefined) return;
        // What the data does not allow (a key in a list) is caught by reading the result again.
        const wanted = applyEdits(readPlain(record), edits);
        if (!isDeepStrictEqual(readPlain(sequence), wanted)) return;
        plain += 1;
        let edited = record;
        for (const edit of edits) edited = editWithLibrary(edited, [edit]);
        expect(sequence).toBe(edited);
      },
    ),
    { numRuns: 3000, seed: 20261123 },
  );
  expect(plain).toBeGreaterThan(250);
});

/** A comment behind every n-th line, and another above the next. */
function withComments(record: string, every: number): string {
  return record
    .split('\n')
    .flatMap((line, at) => {
      if (line === '' || at % every !== 0) return [line];
      return at % 2 === 0 ? [`${line} # note ${at}`] : [`${' '.repeat(at % 5)}# note ${at}`, line];
    })
    .join('\n');
}
