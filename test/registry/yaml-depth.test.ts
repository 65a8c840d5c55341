// 64 KiB of nothing but nesting is refused as too deep before a parser recurses into it: a stack that runs over can end the
// process (V8 gives up where a regular expression finds no stack), and no catch block helps against that.
import { expect, test } from 'vitest';
import { readYaml } from '../../src/registry/yaml-read.js';

const limit = 64 * 1024;
const half = limit / 2;
test.each([
  ['[', `a: ${'['.repeat(limit - 10)}\n`],
  ['{', `a: ${'{'.repeat(limit - 10)}\n`],
  ['{a: ', `a: ${'{a: '.repeat(limit / 4 - 10)}\n`],
  ['[ and back', `a: ${'['.repeat(half - 10)}${']'.repeat(half - 10)}\n`],
  ['- on one line', `${'- '.repeat(half - 10)}\n`],
  ['- below a key', `a:\n  ${'- '.repeat(half - 10)}x\n`],
  ['? on one line', `${'? '.repeat(half - 10)}\n`],
  ['[ over lines', `a: ${'[\n'.repeat(half - 10)}\n`],
  ['a deeper key a line', Array.from({ length: 350 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n')],
  [
    'a deeper dash a line',
    `a:\n${Array.from({ length: 350 }, (_, depth) => `${' '.repeat(depth + 1)}-`).join('\n')}`,
  ],
])('64 KiB of %s are refused soon', async (_name, text) => {
  const begun = performance.now();
  const outcome = await readYaml(Buffer.from(text), 'x.yaml');
  expect(performance.now() - begun).toBeLessThan(5000);
  expect(outcome.ok ? [] : outcome.problems).toMatchObject([{ code: 'yaml/too-deep' }]);
  expect(outcome.ok ? [] : outcome.problems.map(({ line, column }) => [line, column])).not.toEqual([[1, 1]]);
});
