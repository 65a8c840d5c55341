// The file of compiled code: read as it was written, and empty for whoever could not have written it.
import { chmodSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { cacheFileOf } from '../../src/loading/cache-file.js';
import { emptyCache, readCodeCache, writeCodeCache } from '../../src/loading/code-cache.js';
import { temporaryFolder } from '../support/folders.js';

let folder = '';
let file = '';
const cache = {
  commands: ['list', 'review'],
  chunks: new Map([
    ['core.cjs', { digest: 'a', data: Buffer.from([0, 10, 255, 10]) }],
    ['other.cjs', { digest: 'b', data: Buffer.from('later') }],
  ]),
};

beforeEach(async () => {
  folder = path.join(await temporaryFolder(), 'caches', 'mlc');
  file = path.join(folder, 'code-1');
});

test('what was written is read, by its user alone', () => {
  writeCodeCache(file, cache);
  expect(readCodeCache(file)).toEqual(cache);
  expect(readdirSync(folder)).toEqual(['code-1']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that is absent or damaged is empty', () => {
  expect(readCodeCache(file)).toEqual(emptyCache);
  writeCodeCache(file, cache);
  for (const text of [
    '',
    '\n',
    'no heading\n',
    '{}\n',
    'null\n',
    '{"commands":1,"chunks":[]}\n',
    '{"commands":[]',
  ]) {
    writeFileSync(file, text);
    expect(readCodeCache(file), text).toEqual(emptyCache);
  }
});

test('of a file that ends early, what is missing has another length', () => {
  writeCodeCache(file, cache);
  writeFileSync(file, readFileSync(file).subarray(0, -3));
  expect(readCodeCache(file).chunks.get('other.cjs')?.data.toString()).toBe('la');
});

test.each([
  ['the file', () => file],
  ['its folder', () => folder],
])('%s that others may write is not believed', (_what, target) => {
  writeCodeCache(file, cache);
  chmodSync(target(), 0o722);
  expect(readCodeCache(file)).toEqual(emptyCache);
});

test('nothing is written into a folder that others may write', () => {
  writeCodeCache(file, cache);
  chmodSync(folder, 0o777);
  writeCodeCache(path.join(folder, 'code-2'), cache);
  expect(readdirSync(folder)).toEqual(['code-1']);
});

test('where nothing can be written, nothing is left and nothing is said', () => {
  writeCodeCache(file, cache);
  expect(() => writeCodeCache(path.join(file, 'below-a-file'), cache)).not.toThrow();
  expect(readdirSync(folder)).toEqual(['code-1']);
});

test('a folder for caches is made where the home is there, and nowhere else', () => {
  const far = path.join(folder, 'a', 'b', 'code-1');
  writeCodeCache(far, cache);
  expect(readCodeCache(far)).toEqual(emptyCache);
  expect(() => writeCodeCache('/proc/none/mlc/code-1', cache)).not.toThrow();
});

test('the newest four files stay, whatever their names', () => {
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const other = path.join(folder, `code-${number}`);
    writeCodeCache(other, cache);
    utimesSync(other, 1_000_000 - number, 1_000_000 - number);
  }
  writeCodeCache(path.join(folder, 'code-7'), cache);
  expect(readdirSync(folder)).toEqual(['code-1', 'code-2', 'code-3', 'code-7']);
});

test('the place is the user’s folder for caches, or the one that node was told, and never a relative one', () => {
  const home = path.join(folder, 'home');
  const at = (env: NodeJS.ProcessEnv): string | undefined => {
    const found = cacheFileOf('bundle', env);
    return found === undefined ? undefined : path.dirname(found);
  };
  expect(at({ HOME: home, XDG_CACHE_HOME: '/var/caches' })).toBe('/var/caches/mlc');
  expect(at({ HOME: home, XDG_CACHE_HOME: '/var/caches', NODE_COMPILE_CACHE: '/var/node' })).toBe(
    '/var/node/mlc',
  );
  expect(at({ HOME: home, XDG_CACHE_HOME: 'here', NODE_COMPILE_CACHE: '.' })).toBe(at({ HOME: home }));
  expect(at({ HOME: home })).toMatch(new RegExp(`^${home}/.+/mlc$`));
  expect(at({ HOME: 'here' })).toBeUndefined();
  expect(at({})).toBeUndefined();
  expect(at({ HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' })).toBeUndefined();
});

test('another bundle, and node with other options, has a file of its own', () => {
  const files = [
    cacheFileOf('bundle', { HOME: '/home/ada' }),
    cacheFileOf('another', { HOME: '/home/ada' }),
    cacheFileOf('bundle', { HOME: '/home/ada', NODE_OPTIONS: '--no-lazy' }),
  ];
  expect(new Set(files).size).toBe(3);
});
