// Every regular expression takes time in proportion to the text, on texts made so that a careless one takes minutes.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { attacksOn } from './support/pumped.js';
import { type Found, collectRegularExpressions } from './support/regular-expressions.js';

const { found, dynamic } = collectRegularExpressions();
const workerFile = path.join(import.meta.dirname, 'support', 'pump-worker.js');
// Milliseconds of processor time on 12,000 characters: what grows with the text takes one, what grows with its square a hundred.
const limit = 50;
const longest = 4_000;
let worker = new Worker(workerFile);
afterAll(() => worker.terminate());

/** How an expression fails; empty where it does not. */
async function fault({ source, flags }: Found, attacks: readonly string[]): Promise<string> {
  const said = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => resolve('without an end'), longest);
    worker.once('error', reject).once('message', (message: string) => {
      clearTimeout(timer);
      resolve(message);
    });
    worker.postMessage({ source, flags, attacks, limit });
  });
  const slow = await said;
  if (slow !== '') {
    await worker.terminate();
    worker = new Worker(workerFile);
  }
  return slow;
}

test('the attacks find what grows with the square of a text, and worse', async () => {
  for (const source of ['\\s+$', '^(a+)+$', '(?:\\d+\\.?\\d*)$', '"(?:[^"\\\\]|\\\\.)*"', ':[^@]*:[^@]*@']) {
    const expression = { source, flags: '', place: 'here' };
    expect(await fault(expression, attacksOn(expression)), source).not.toBe('');
  }
}, 300_000);

test('the files that put an expression together while the program runs are known', () => {
  // What comes from outside has to be escaped there.
  expect(dynamic.filter((file) => !file.startsWith('src/generated/'))).toEqual([
    'src/adapters/reports/csv.ts',
    'src/lifecycle/secrets.ts',
    'src/orchestrators/redact.ts',
    'src/registry/audit/seal.ts',
    'src/registry/audit/signatures.ts',
    'src/registry/books/report-lines.ts',
    'src/registry/own-text.ts',
  ]);
});

test('every regular expression of the sources and the schemas', async () => {
  // Fewer than these, and the search for them has gone wrong.
  expect(found.length).toBeGreaterThan(250);
  expect(found.filter(({ place }) => place.startsWith('schemas/')).length).toBeGreaterThan(4);
  const slow: string[] = [];
  for (const expression of found) {
    const how = await fault(expression, attacksOn(expression));
    if (how !== '') slow.push(`${expression.place} /${expression.source}/${expression.flags} ${how}`);
  }
  expect(slow).toEqual([]);
}, 900_000);
