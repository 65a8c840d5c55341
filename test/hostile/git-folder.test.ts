// What lies in the git folder of a copied registry (journals, caches, queues) writes, deletes and prints nothing elsewhere.
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ErrorAnswer, copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';

let base: World;
let world: World;
let victim: string;
let known: string;
beforeAll(async () => {
  base = await servingWorld();
  world = await copyOf(base);
});
beforeEach(async () => {
  victim = await temporaryFolder();
  await writeFile(path.join(victim, 'known'), 'known\n');
  await writeFile(path.join(victim, 'main.lock'), '');
  known = execFileSync('git', ['hash-object', path.join(victim, 'known')], { encoding: 'utf8' }).trim();
});

const dead = { pid: 2 ** 22 - 1, host: hostname(), started: '1' };

async function journalWith(content: unknown, name = `${randomUUID()}.json`): Promise<void> {
  const folder = path.join(world.folder, '.git', 'mlc', 'journal');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

async function untouched(): Promise<void> {
  expect((await readdir(victim)).sort()).toEqual(['known', 'main.lock']);
  expect(await readFile(path.join(victim, 'known'), 'utf8')).toBe('known\n');
}

const file = 'models/churn/model.yaml';
const plain = {
  transaction: '',
  ref: 'refs/heads/main',
  owner: dead,
  files: [{ path: file, old: null, new: 'a'.repeat(40) }],
};

describe('a journal that came with the repository', () => {
  const up = (): string => path.relative(world.folder, victim);
  test.each<[string, (name: string) => unknown]>([
    [
      'a path that leads out',
      (name) => ({ ...plain, transaction: name, files: [{ path: `${up()}/known`, old: known, new: known }] }),
    ],
    [
      'an absolute path',
      (name) => ({
        ...plain,
        transaction: name,
        files: [{ path: path.join(victim, 'known'), old: known, new: known }],
      }),
    ],
    [
      'a path into the git folder',
      (name) => ({ ...plain, transaction: name, files: [{ path: '.git/config', old: null, new: known }] }),
    ],
    [
      'a path into the git folder, in capitals',
      (name) => ({ ...plain, transaction: name, files: [{ path: 'x/.GIT/config', old: null, new: known }] }),
    ],
    [
      'a path with a backslash',
      (name) => ({ ...plain, transaction: name, files: [{ path: '..\\..\\known', old: null, new: known }] }),
    ],
    [
      'an empty path',
      (name) => ({ ...plain, transaction: name, files: [{ path: '', old: null, new: known }] }),
    ],
    [
      'a ref that leads out',
      (name) => ({
        ...plain,
        transaction: name,
        ref: `${path.relative(path.join(world.folder, '.git'), victim)}/main`,
      }),
    ],
    [
      'a branch that leads out',
      (name) => ({
        ...plain,
        transaction: name,
        ref: `refs/heads/../../${path.relative(path.join(world.folder, '.git'), victim)}/main`,
      }),
    ],
    ['a transaction that leads out', () => ({ ...plain, transaction: `../../../../${up()}/known` })],
    ['a transaction that is not its name', () => ({ ...plain, transaction: randomUUID() })],
    ['no transaction', () => ({ ...plain, transaction: undefined })],
    [
      'an object name that is none',
      (name) => ({ ...plain, transaction: name, files: [{ path: file, old: null, new: '--help' }] }),
    ],
    ['no files', (name) => ({ ...plain, transaction: name, files: undefined })],
    ['files that are no list', (name) => ({ ...plain, transaction: name, files: 'models' })],
    ['files that are nothing', (name) => ({ ...plain, transaction: name, files: [null, 7, {}] })],
    ['no owner', (name) => ({ ...plain, transaction: name, owner: null })],
    [
      'an owner that is odd',
      (name) => ({ ...plain, transaction: name, owner: { pid: 'x', host: hostname(), started: 7 } }),
    ],
    ['null', () => null],
    ['a list', () => []],
    ['a text', () => '"x"'],
    ['half a journal', () => '{"transaction": "'],
    ['a journal ten thousand levels deep', () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['a prototype', () => '{"__proto__": {"transaction": "x"}, "files": [{"__proto__": {"path": "x"}}]}'],
  ])('%s: nothing is written or deleted, and a read answers', async (_name, content) => {
    const transaction = randomUUID();
    await journalWith(content(transaction), `${transaction}.json`);
    expect((await world.mlc(['list'])).code).toBe(0);
    await untouched();
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('doctor tells of all of them, and mends none', async () => {
    const journals = path.join(world.folder, '.git', 'mlc', 'journal');
    const before = await readdir(journals);
    expect(before.length).toBeGreaterThan(20);
    for (const name of before) execFileSync('touch', ['-d', '2026-01-01', path.join(journals, name)]);
    const { code, data } = await world.json(['doctor', '--fix']);
    expect(code).toBe(0);
    expect(JSON.stringify(data).split(`"transition/unreadable"`)).toHaveLength(before.length + 1);
    expect(await readdir(journals)).toEqual(before);
    await untouched();
    execFileSync('rm', ['-rf', journals]);
  });

  test('one that is as mlc writes it is still mended', async () => {
    const transaction = randomUUID();
    const old = world.git('rev-parse', `HEAD:${file}`);
    await world.write(file, 'half\n');
    const half = world.git('hash-object', file);
    await journalWith(
      { ...plain, transaction, files: [{ path: file, old, new: half }] },
      `${transaction}.json`,
    );
    expect((await world.mlc(['list'])).code).toBe(0);
    expect(world.git('status', '--porcelain')).toBe('');
  });
});

const everyKind = [['list'], ['validate'], ['audit'], ['health'], ['hold', 'churn@1.0.0', '-m', 'x']];

describe('private folders that are links', () => {
  test.each(['mlc', 'mlc/cache', 'mlc/tmp', 'mlc/journal', 'mlc/queue', 'mlc/audit', 'mlc/books'])(
    '.git/%s: refused before anything is written',
    async (name) => {
      const world = await copyOf(base);
      const link = path.join(world.folder, '.git', name);
      await mkdir(path.dirname(link), { recursive: true });
      execFileSync('rm', ['-rf', link]);
      await symlink(victim, link);
      for (const args of name === 'mlc' ? everyKind : everyKind.slice(0, 1)) {
        const { code, data } = await world.json<ErrorAnswer>(args, { at: now });
        expect({ args, code, error: data.error.code }).toEqual({ args, code: 2, error: 'git/private-link' });
      }
      await untouched();
    },
  );

  test('.git/mlc is a file', async () => {
    const world = await copyOf(base);
    execFileSync('rm', ['-rf', path.join(world.folder, '.git', 'mlc')]);
    await writeFile(path.join(world.folder, '.git', 'mlc'), 'x');
    const { code, data } = await world.json<ErrorAnswer>(['list']);
    expect({ code, error: data.error.code }).toEqual({ code: 2, error: 'git/private-link' });
  });
});

describe('tickets, locks and leftovers', () => {
  test.each([
    '',
    '{',
    'null',
    '7',
    '{"pid": -1}',
    '{"pid": 0, "host": "x"}',
    `{"pid": "x", "host": "${hostname()}"}`,
    '[]',
  ])('a ticket that holds %j does not stop a writer for long', async (text) => {
    const world = base;
    const folder = path.join(world.folder, '.git', 'mlc', 'queue');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 't-000000000000001-x'), text);
    execFileSync('touch', ['-d', '2020-01-01', path.join(folder, 't-000000000000001-x')]);
    expect((await world.mlc(['review', 'churn@1.0.0'], { at: now })).code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a lock that says it is ours, of a transaction that leads out', async () => {
    await writeFile(path.join(world.folder, '.git', 'index.lock'), `mlc ../../../../${victim}/known\n`);
    expect([0, 1]).toContain((await world.mlc(['doctor', '--fix'])).code);
    await untouched();
    expect(existsSync(path.join(world.folder, '.git', 'index.lock'))).toBe(true);
  });
});
