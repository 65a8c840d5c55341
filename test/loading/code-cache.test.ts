// The file of compiled code: read as it was written, and empty for whoever could not have written it.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { cacheFileOf } from '../../src/loading/cache-file.js';
import { emptyCache, readCodeCache, writeCodeCache } from '../../src/loading/code-cache.js';
import { temporaryFolder } from '../support/folders.js';

let home = '';
let folder = '';
let file = '';
const codeFile = (number: number): string => `code-${String(number).padStart(16, '0')}`;
const cache = {
  commands: ['list', 'review'],
  chunks: new Map([
    ['core.cjs', { digest: 'a', data: Buffer.from([0, 10, 255, 10]) }],
    ['other.cjs', { digest: 'b', data: Buffer.from('later') }],
  ]),
};

beforeEach(async () => {
  home = await temporaryFolder();
  folder = path.join(home, 'caches', 'mlc');
  file = path.join(folder, codeFile(1));
});

test('what was written is read, by its user alone', () => {
  writeCodeCache(file, cache);
  expect(readCodeCache(file)).toEqual(cache);
  expect(readdirSync(folder)).toEqual([codeFile(1)]);
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

test.each(['group', 'others'])(
  'what %s may read is not believed either: a clone brings such files',
  (whose) => {
    writeCodeCache(file, cache);
    chmodSync(file, whose === 'group' ? 0o640 : 0o604);
    expect(readCodeCache(file)).toEqual(emptyCache);
  },
);

test('a link in place of the file or the folder is not followed', () => {
  writeCodeCache(file, cache);
  const elsewhere = path.join(home, 'elsewhere');
  renameSync(file, elsewhere);
  symlinkSync(elsewhere, file);
  expect(readCodeCache(file)).toEqual(emptyCache);
  rmSync(file);
  renameSync(elsewhere, file);
  renameSync(folder, elsewhere);
  symlinkSync(elsewhere, folder);
  expect(readCodeCache(file)).toEqual(emptyCache);
  writeCodeCache(path.join(folder, codeFile(2)), cache);
  expect(readdirSync(elsewhere)).toEqual([codeFile(1)]);
});

test.each([0, 1, 2])('nothing is read or written in a repository, %i folders up', (up) => {
  writeCodeCache(file, cache);
  const repository = path.join(folder, ...Array<string>(up).fill('..'));
  mkdirSync(path.join(repository, '.git'));
  expect(readCodeCache(file)).toEqual(emptyCache);
  rmSync(file);
  writeCodeCache(file, cache);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['that others may write', 0o777, false],
  ['that others may write, and nobody but the owner take from', 0o1777, true],
])('below a folder %s', (_what, mode, isKept) => {
  chmodSync(home, mode);
  writeCodeCache(file, cache);
  expect(readCodeCache(file)).toEqual(isKept ? cache : emptyCache);
});

test.runIf(process.getuid?.() === 0)('root leaves nothing in the home of somebody else', () => {
  chownSync(home, 65_534, 65_534);
  writeCodeCache(file, cache);
  expect(readdirSync(home)).toEqual([]);
});

test('nothing is written into a folder that others may write', () => {
  writeCodeCache(file, cache);
  chmodSync(folder, 0o777);
  writeCodeCache(path.join(folder, codeFile(2)), cache);
  expect(readdirSync(folder)).toEqual([codeFile(1)]);
});

test('where nothing can be written, nothing is left and nothing is said', () => {
  writeCodeCache(file, cache);
  expect(() => writeCodeCache(path.join(file, 'below-a-file'), cache)).not.toThrow();
  expect(readdirSync(folder)).toEqual([codeFile(1)]);
});

test('a folder for caches is made where the home is there, and nowhere else', () => {
  const far = path.join(folder, 'a', 'b', codeFile(1));
  writeCodeCache(far, cache);
  expect(readCodeCache(far)).toEqual(emptyCache);
  expect(() => writeCodeCache(`/proc/none/mlc/${codeFile(1)}`, cache)).not.toThrow();
});

test('the newest four files stay, and whatever is not a cache', () => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const others = ['code', 'code-notes.txt', 'data-1', 'data-2', 'data-3', 'data-4', 'data-5'];
  for (const name of others) writeFileSync(path.join(folder, name), 'mine');
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const other = path.join(folder, codeFile(number));
    writeCodeCache(other, cache);
    utimesSync(other, 1_000_000 - number, 1_000_000 - number);
  }
  writeCodeCache(path.join(folder, codeFile(7)), cache);
  expect(readdirSync(folder).sort()).toEqual([...[1, 2, 3, 7].map(codeFile), ...others].sort());
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
