// bin/mlc.js around a program: its exit code, whatever becomes of the program.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gitIn } from '../support/world.js';
import { temporaryFolder } from '../support/folders.js';

const root = path.join(import.meta.dirname, '..', '..');

/** Starts bin/mlc.js with a bundle of one line. */
async function started(start: string, options = ''): Promise<{ status: number | null; said: string }> {
  const folder = await temporaryFolder();
  for (const name of ['bin', 'dist']) mkdirSync(path.join(folder, name));
  for (const file of ['bin/mlc.js', 'bin/package.json', 'dist/loader.cjs'])
    copyFileSync(path.join(root, file), path.join(folder, file));
  writeFileSync(path.join(folder, 'dist/mlc.cjs'), `exports.start=${start};`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'bin/mlc.js'), 'list'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: options },
  });
  return { status, said: stdout + stderr };
}

test.each([
  ['async()=>0', 0],
  ['async()=>{process.stdout.write("said");return 3}', 3],
  ['()=>new Promise(()=>{})', 70],
  ['async()=>{throw new Error("broken")}', 70],
])('%s ends with %i', async (start, status) => {
  for (const options of ['', '--unhandled-rejections=warn'])
    expect((await started(start, options)).status).toBe(status);
});

test('what a broken program said of itself is told', async () => {
  expect((await started('async()=>{throw new Error("broken")}')).said).toContain('Error: broken');
});

test('every file that a chunk starts as a thread is there', () => {
  const folder = path.join(root, 'dist', 'chunks');
  const named = readdirSync(folder).flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'latin1').matchAll(/new URL\(["`]\.\/([^"`]+)["`]/g)].map(
      ([, file]) => file,
    ),
  );
  expect(named.sort()).toEqual(['book-worker.cjs', 'check-worker.cjs']);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(named));
});

test('a clone that brings compiled code along has it ignored, where it is the folder for caches', async () => {
  const folder = await temporaryFolder();
  gitIn(folder, ['init', '-q', 'theirs']);
  const theirs = path.join(folder, 'theirs');
  const mlc = (caches: string): string =>
    spawnSync(process.execPath, [path.join(root, 'bin/mlc.js'), 'schema', 'common'], {
      cwd: theirs,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: caches },
    }).stdout;
  // What mlc keeps elsewhere, and what is valid there, in the clone: it is not even written anew.
  const caches = await temporaryFolder();
  const expected = mlc(caches);
  const [name = ''] = readdirSync(path.join(caches, 'mlc'));
  mkdirSync(path.join(theirs, '.cache', 'mlc'), { recursive: true, mode: 0o700 });
  const brought = path.join(theirs, '.cache', 'mlc', name);
  const poison = readFileSync(path.join(caches, 'mlc', name), 'latin1').replace('"schema"', '"poison"');
  writeFileSync(brought, poison, { encoding: 'latin1', mode: 0o600 });
  expect(mlc(path.join(theirs, '.cache'))).toBe(expected);
  expect(readFileSync(brought, 'latin1')).toBe(poison);
});
