// Files of numbers: what Python writes, nesting, limits, and what is no such file.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readNumbersFile } from '../../src/adapters/numbers-file.js';
import { Failure } from '../../src/errors.js';
import { temporaryFolder } from '../support/folders.js';

let cwd = '';
beforeAll(async () => {
  cwd = await temporaryFolder();
});

async function read(name: string, text: string | Buffer): Promise<Record<string, unknown>> {
  await writeFile(path.join(cwd, name), text);
  return (await readNumbersFile(cwd, name)).data;
}

/** The failure that reading ends in; always a question that could not be put. */
async function failure(name: string, text?: string | Buffer): Promise<Failure> {
  if (text !== undefined) await writeFile(path.join(cwd, name), text);
  const error: unknown = await readNumbersFile(cwd, name).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).exitCode).toBe(2);
  expect((error as Failure).message).toContain(name);
  return error as Failure;
}

describe('JSON as Python writes it', () => {
  test('NaN and Infinity are the numbers that they are, at any depth', async () => {
    const text = '{"a": NaN, "b": [Infinity, -Infinity], "c": {"d": NaN}, "e": -0.5, "f": 1e-7}';
    expect(await read('a.json', text)).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      c: { d: Number.NaN },
      e: -0.5,
      f: 1e-7,
    });
  });

  test('the words inside of texts and keys stay texts', async () => {
    const data = { NaN: 1, note: 'NaN, -Infinity and "NaN"', 'a\\"NaN': 2, n: 'Infinity' };
    expect(await read('b.json', JSON.stringify(data))).toEqual(data);
  });

  test('a text that looks like the mark of the reader is a text', async () => {
    const data = { a: '\u0000number:NaN', b: '\u0000number:7' };
    expect(await read('c.json', JSON.stringify(data))).toEqual(data);
  });

  test.each(['{"a": Nan}', '{"a": +Infinity}', '{"a": NaN1}', '{"a": 1,}', "{'a': 1}", '{"a": 1'])(
    '%s is no JSON',
    async (text) => {
      expect((await failure('bad.json', text)).code).toBe('input/syntax');
    },
  );

  test('a key that stands twice is refused: nobody can say which value counts', async () => {
    await failure('twice.json', '{"accuracy": 0.5, "accuracy": 0.99}');
    await failure('twice-deep.json', '{"report": {"accuracy": 0.5, "accuracy": 0.99}}');
  });

  test('a key of the prototype is data, or refused, and changes nothing', async () => {
    await read('proto.json', '{"__proto__": {"polluted": 1}, "a": 1}').catch(() => undefined);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('nesting without end is refused, without a crash', async () => {
    const depth = 200_000;
    const error = await failure('deep.json', `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(error.code).toMatch(/^input\//);
  });
});

describe('YAML', () => {
  test('nested, with .nan and .inf, by name or by look', async () => {
    expect(await read('a.yaml', 'a: {b: .nan, c: -.inf}\nd: 1.5\n')).toEqual({
      a: { b: Number.NaN, c: Number.NEGATIVE_INFINITY },
      d: 1.5,
    });
    expect(await read('plain.txt', 'a: 1\n')).toEqual({ a: 1 });
    expect(await read('json.yml', '{"a": 1}')).toEqual({ a: 1 });
  });

  test.each(['a: 1\na: 2\n', 'a: [1', 'a: 1\n\tb: 2\n', 'a: *x\n'])('%j is refused', async (text) => {
    expect((await failure('bad.yaml', text)).code).toMatch(/^input\//);
  });

  test('aliases that grow without end are refused', async () => {
    const lines = ['a0: &a0 [1,1,1,1,1,1,1,1,1]'];
    for (let level = 1; level < 12; level++)
      lines.push(
        `a${level}: &a${level} [${Array<string>(9)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      );
    await failure('bomb.yaml', lines.join('\n'));
  });

  test('a large file is refused before it is parsed, with the way out', async () => {
    const error = await failure('large.yaml', `a: 1\n${'# \n'.repeat(100_000)}`);
    expect(error).toMatchObject({ code: 'input/too-large', hint: 'write it as JSON' });
  });
});

describe('what is no such file', () => {
  test.each(['[1]', '"text"', '3', 'null', ''])('%j maps no names to values', async (text) => {
    expect((await failure('shape.json', text)).code).toMatch(/^input\/(shape|syntax)$/);
  });

  test('none, a folder, and one that is too large', async () => {
    expect((await failure('none.json')).code).toBe('path/not-found');
    await mkdir(path.join(cwd, 'folder.json'));
    expect((await failure('folder.json')).code).toBe('path/not-a-file');
    const large = Buffer.alloc(16 * 1024 * 1024 + 1, 0x20);
    expect((await failure('large.json', large)).code).toBe('input/too-large');
  });

  test('bytes that are no UTF-8 are refused, not replaced', async () => {
    await failure('latin1.json', Buffer.from('{"caf\xe9": 1}', 'latin1'));
  });
});

test('a large JSON file is read quickly enough to wait for', async () => {
  const metrics = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`m${index}`, index / 7]));
  expect(Object.keys(await read('many.json', JSON.stringify(metrics)))).toHaveLength(50_000);
});

test('a byte order mark is skipped, and the digest is that of the bytes', async () => {
  const bytes = Buffer.from('\ufeff{"a": 1}');
  await writeFile(path.join(cwd, 'mark.json'), bytes);
  expect(await readNumbersFile(cwd, 'mark.json')).toEqual({
    data: { a: 1 },
    evidence: { file: 'mark.json', sha256: createHash('sha256').update(bytes).digest('hex'), format: 'json' },
  });
});
