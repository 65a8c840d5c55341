// The fast reader against the library: what it reads, the library reads alike; the rest it leaves to the library.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWithLibrary } from '../../src/registry/yaml-library.js';
import { type KnownPieces, readPieces } from '../../src/registry/yaml-pieces.js';
import { readPlain } from '../../src/registry/yaml-plain.js';
import { YamlFault, checkCharacters } from '../../src/registry/yaml-text.js';
import { renderWithLibrary } from '../../src/registry/yaml-library-write.js';

const examples = path.join(import.meta.dirname, '../../examples/breast-cancer');
const texts = ['gate.yaml', 'logistic/evidence.yaml', 'gradient-boosted/evidence.yaml'].map((file) =>
  readFileSync(path.join(examples, file), 'utf8'),
);
const small = `# a comment
model_id: churn # trailing
version: "1.0.0"
count: -12
share: 1.5e3
none: null
empty:
list: []
flow: {a: [1, two, "three"], b: {c: -0.5}}
items:
  - env: production
    traffic: 5
    nested:
      - x
      - 'y z'
same:
- one
- key: value
- "in-an-item": 0
quoted:
  "3.11":   spaced
  "a-b": "a # b" # comment
`;

/** What the strict reader makes of a text by the library alone; undefined where it refuses it. */
function byLibrary(text: string): unknown {
  try {
    checkCharacters(text);
    return readWithLibrary(text);
  } catch (error) {
    if (error instanceof YamlFault) return undefined;
    throw error;
  }
}

// Kept from text to text, as where many versions of a file are read.
const known: KnownPieces = new Map();

function agree(text: string): void {
  const shared = readPieces(text, known);
  if (shared !== undefined) expect({ text, data: shared }).toEqual({ text, data: byLibrary(text) });
  const plain = readPlain(text);
  if (plain === undefined) return;
  let refused = false;
  try {
    checkCharacters(text);
  } catch {
    refused = true;
  }
  if (!refused) expect({ text, data: plain }).toEqual({ text, data: byLibrary(text) });
}

const pieces = [
  ' ',
  '  ',
  '\n',
  '\n  ',
  '- ',
  '-',
  ': ',
  ':',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ', ',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  '%',
  '@',
  '`',
  '?',
  '? ',
  '~',
  'null',
  'true',
  'no',
  '0x1f',
  '0o7',
  '1_000',
  '.inf',
  '.5',
  '5.',
  '+1',
  '1e5',
  '-',
  '--',
  '---',
  '...',
  '<<',
  'a',
  'é',
  '\u00a0',
  '\t',
  '=',
  '\\',
  '__proto__',
  'NaN',
  '00',
  '12345678901234567890',
];

const mutated = fc
  .record({
    text: fc.constantFrom(small, small, small, ...texts),
    changes: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(4),
        piece: fc.constantFrom('', ...pieces),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ text, changes }) =>
    changes.reduce((current, { at, cut, piece }) => {
      const offset = Math.floor(at * current.length);
      return current.slice(0, offset) + piece + current.slice(offset + cut);
    }, text),
  );

describe('the fast reader', () => {
  test('reads what mlc writes, and the examples', () => {
    for (const text of [small, ...texts]) {
      const plain = readPlain(text);
      expect(plain).toBeDefined();
      expect(plain).toEqual(byLibrary(text));
    }
  });

  test('agrees with the library on every mutation that it reads', () => {
    fc.assert(fc.property(mutated, agree), { numRuns: 6000 });
  });

  test('agrees with the library on rendered data', () => {
    const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }), (data) =>
        agree(renderWithLibrary(data)),
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    '',
    '- a\n',
    'a: &x 1\n',
    'a: *x\n',
    'a: |\n  text\n',
    '%YAML 1.1\n---\na: no\n',
    'a: 1\na: 2\n',
    '<<: {a: 1}\n',
    'a:\tb\n',
    `a: ${'['.repeat(60)}${']'.repeat(60)}\n`,
    '1: a\n',
    'a: 0x10\n',
    'a: .nan\n',
    'a: "\\e"\n',
    '"a: 1\n',
    '"a"b: 1\n',
    '"": 1\n',
    '"a b": 1\n',
    'a:1\n',
    'a : 1\n',
    'a: b\rc\n',
    '"ab\': 1\n',
    'a: b: c\n',
    'a: b:\n',
    'a: "b" c\n',
    'a: "b\n',
  ])('leaves %j to the library', (text) => {
    expect(readPlain(text)).toBeUndefined();
  });
});
