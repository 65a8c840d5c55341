// Mutated records never make the reader throw or take long, and the fast reader agrees with the library's on all of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { readPlain } from '../../src/registry/yaml-plain.js';
import { readRecord } from '../../src/registry/read-record.js';
import { readYaml } from '../../src/registry/yaml-read.js';
import { handWritten } from './hand-written.js';

const seed = 20260301;
const pieces = [
  ...[
    '\n',
    '\t',
    ' ',
    '  ',
    ':',
    ': ',
    '-',
    '- ',
    '? ',
    '#',
    ' #',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>',
    '&a ',
    '*a',
    '!t ',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\r',
    '\r\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\u00a0',
    '\\',
    '"\\e"',
    '<<: *a',
    '~',
    'null',
    '.nan',
  ],
  ...[
    '1e9999',
    '0x1F',
    '0o17',
    '1_000',
    '2.10',
    'no',
    'é',
    'e\u0301',
    '😀',
    '\ud800',
    '__proto__: 1\n',
    '<<<<<<< a\n',
    '=======\n',
    '@',
    '`',
    '%',
  ],
];

const mutation = fc.record({
  at: fc.nat({ max: handWritten.length }),
  remove: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 }), fc.constant('')),
  repeat: fc.integer({ min: 1, max: 3 }),
});

const mutated = fc
  .array(mutation, { minLength: 1, maxLength: 6 })
  .map((changes) =>
    changes.reduce(
      (text, { at, remove, insert, repeat }) =>
        text.slice(0, at) + insert.repeat(repeat) + text.slice(at + remove),
      handWritten,
    ),
  );

test('2,000 mutations of a record are answered in bounded time, and never with an exception', async () => {
  let slowest = 0;
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const begun = performance.now();
      const read = await readRecord(
        'version',
        { kind: 'version', model: 'churn', version: '1.0.0' },
        Buffer.from(text),
        'x.yaml',
      );
      slowest = Math.max(slowest, performance.now() - begun);
      for (const problem of read.problems) {
        expect(problem.code).toMatch(/^(yaml|schema|record)\//);
        expect(problem.message).not.toBe('');
      }
      expect(read.data !== undefined || read.problems.length > 0).toBe(true);
    }),
    { numRuns: 2000, seed },
  );
  expect(slowest).toBeLessThan(2000);
});

test('500 mutations of its bytes too', async () => {
  const bytes = fc.array(fc.tuple(fc.nat({ max: handWritten.length - 1 }), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(bytes, async (changes) => {
      const mangled = Buffer.from(handWritten);
      for (const [at, byte] of changes) mangled[at] = byte;
      const outcome = await readYaml(mangled, 'x.yaml');
      expect(outcome.ok || outcome.problems.length === 1).toBe(true);
    }),
    { numRuns: 500, seed },
  );
});

test('the fast reader reads what the library reads, or nothing', async () => {
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const outcome = await readYaml(Buffer.from(text), 'x.yaml');
      const data = outcome.ok ? readPlain(text) : undefined;
      if (data === undefined) return;
      plain += 1;
      const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' });
      expect(document.errors).toEqual([]);
      expect(data).toEqual(document.toJS());
    }),
    { numRuns: 2000, seed },
  );
  // Otherwise the test would say nothing.
  expect(plain).toBeGreaterThan(100);
});
