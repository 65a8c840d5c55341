// Files that are too large, too deep or too many are refused soon, and what is only unusual is taken.
import { expect, test } from 'vitest';
import { readYaml } from '../../src/registry/yaml-read.js';
import { handWritten, withText } from './hand-written.js';

const limit = 64 * 1024;

/** The code of the one problem, and how long it took to be found. */
async function refusal(text: string | Buffer): Promise<{ code: string; took: number; line: number }> {
  const begun = performance.now();
  const outcome = await readYaml(Buffer.from(text as string), 'x.yaml');
  const took = performance.now() - begun;
  if (outcome.ok) throw new Error('the file was taken');
  expect(outcome.problems).toHaveLength(1);
  const [problem] = outcome.problems;
  return { code: problem?.code ?? '', took, line: problem?.line ?? 0 };
}

test('10 MB are refused for their size alone', async () => {
  const { code, took, line } = await refusal(Buffer.alloc(10 * 1024 * 1024, 'a: b\n'));
  expect(code).toBe('yaml/too-large');
  expect(line).toBe(1);
  expect(took).toBeLessThan(500);
});

test('a file of just the allowed size is read, and one byte more is not', async () => {
  const filled = (size: number): string => `${handWritten}# ${'x'.repeat(size - handWritten.length - 3)}\n`;
  expect(Buffer.byteLength(filled(limit))).toBe(limit);
  expect((await readYaml(Buffer.from(filled(limit)), 'x.yaml')).ok).toBe(true);
  expect((await refusal(filled(limit + 1))).code).toBe('yaml/too-large');
});

test('32 levels are read, and 33 are not', async () => {
  const nested = (levels: number): string =>
    Array.from({ length: levels }, (_, depth) => `${'  '.repeat(depth)}k:`).join('\n') + ' x\n';
  expect((await readYaml(Buffer.from(nested(31)), 'x.yaml')).ok).toBe(true);
  expect((await refusal(nested(34))).code).toBe('yaml/too-deep');
  const flow = (levels: number): string => `a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
  expect((await readYaml(Buffer.from(flow(30)), 'x.yaml')).ok).toBe(true);
  expect((await refusal(flow(34))).code).toBe('yaml/too-deep');
});

test.each([
  ['in a flow list', (count: number) => `a: [${Array.from({ length: count }, () => 'x').join(', ')}]\n`],
  ['in a block list', (count: number) => `a:\n${'  - x\n'.repeat(count)}`],
  ['under keys', (count: number) => Array.from({ length: count }, (_, key) => `k${key}: 1\n`).join('')],
])('more than 5,000 values %s are refused, fewer are not', async (_name, render) => {
  expect((await readYaml(Buffer.from(render(4990)), 'x.yaml')).ok).toBe(true);
  expect((await refusal(render(5001))).code).toBe('yaml/too-many-nodes');
});

test('many half-open intervals in texts are not taken for nesting', async () => {
  const intervals = Array.from({ length: 140 }, (_, index) => `  range_${index}: "[0, 1)"\n`).join('');
  expect((await readYaml(Buffer.from(`extensions:\n${intervals}`), 'x.yaml')).ok).toBe(true);
  expect((await readYaml(Buffer.from(`labels: {a: b}\nextensions:\n${intervals}`), 'x.yaml')).ok).toBe(true);
});

test('what looks like another type and is text stays text', async () => {
  const outcome = await readYaml(Buffer.from(withText('assessed', 'no')), 'x.yaml');
  expect(outcome.ok && outcome.value.data.compliance).toMatchObject({ gdpr_status: 'no' });
  const more = await readYaml(
    Buffer.from('a: yes\nb: 12:30:45\nc: 2024-01-01\nd: off\ne: 1_000\n'),
    'x.yaml',
  );
  expect(more.ok && more.value.data).toEqual({
    a: 'yes',
    b: '12:30:45',
    c: '2024-01-01',
    d: 'off',
    e: '1_000',
  });
});

test('no key reaches the prototype of anything', async () => {
  for (const key of ['__proto__', 'constructor', 'prototype'])
    expect((await refusal(`${key}: {polluted: true}\n`)).code).toBe('yaml/key');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
