// A thread answers, fails, or ends without a word: whoever waits for it always hears of it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { inThread } from '../../src/registry/threads.js';
import { temporaryFolder } from '../support/folders.js';

async function threadOf(code: string): Promise<URL> {
  const file = path.join(await temporaryFolder(), 'thread.cjs');
  writeFileSync(file, `const { parentPort, workerData } = require('node:worker_threads');${code}`);
  return pathToFileURL(file);
}

test('it is handed its task, and its message is the answer', async () => {
  const file = await threadOf('parentPort.postMessage(workerData.number + 1)');
  expect(await inThread(file, { number: 41 }, { maxOldGenerationSizeMb: 64 })).toBe(42);
});

test.each([
  ['fails', 'throw new Error("broken")', 'broken'],
  ['fails later', 'void Promise.reject(new Error("broken"))', 'broken'],
  ['ends without a word', '', 'without an answer'],
])('one that %s is told', async (_what, code, told) => {
  await expect(inThread(await threadOf(code), {})).rejects.toThrow(told);
});
