// The built program with the compiled code of earlier runs: the same answers, whatever became of it meanwhile.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCodeCache } from '../../src/loading/code-cache.js';
import { temporaryFolder } from '../support/folders.js';

const program = path.join(import.meta.dirname, '..', '..', 'bin', 'mlc.js');
const words = ['schema', 'version'];
let folder = '';
let caches = '';
let expected = '';

function env(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    XDG_CACHE_HOME: caches,
    NODE_COMPILE_CACHE: undefined,
    NODE_DISABLE_COMPILE_CACHE: undefined,
  };
}

function mlc(settings: NodeJS.ProcessEnv = env()): string {
  const said = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    env: settings,
    encoding: 'utf8',
  });
  return said.stdout + said.stderr;
}

function cacheFile(): string {
  const [name = '', ...others] = readdirSync(path.join(caches, 'mlc'));
  expect(others).toEqual([]);
  return path.join(caches, 'mlc', name);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  caches = await temporaryFolder();
  expected = mlc({ ...env(), NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(expected).toContain('"$schema"');
  expect(readdirSync(caches)).toEqual([]);
});

test('the first run keeps it, and the next answers the same from it', () => {
  expect(mlc()).toBe(expected);
  const kept = readFileSync(cacheFile());
  expect(readCodeCache(cacheFile()).commands).toEqual(['schema']);
  expect(mlc()).toBe(expected);
  expect(readFileSync(cacheFile()).equals(kept)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([0, 0.3, 0.99])('cut off after %d of it, it is written again', (share) => {
  const bytes = readFileSync(cacheFile());
  writeFileSync(cacheFile(), bytes.subarray(0, Math.floor(bytes.length * share)));
  expect(mlc()).toBe(expected);
  expect(readFileSync(cacheFile()).length).toBeGreaterThan(bytes.length / 2);
  expect(mlc()).toBe(expected);
});

test('four at once leave one whole file', async () => {
  writeFileSync(cacheFile(), '');
  const answers = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const child = spawn(process.execPath, [program, ...words], { cwd: folder, env: env() });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await new Promise((resolve) => child.on('close', resolve));
      return said;
    }),
  );
  expect(answers).toEqual([expected, expected, expected, expected]);
  expect(readCodeCache(cacheFile()).commands).toEqual(['schema']);
  expect(mlc()).toBe(expected);
});
