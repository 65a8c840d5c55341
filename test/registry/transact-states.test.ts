// What git is in the middle of, who holds its locks and who the user is: where that forbids a transition, nothing is written.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import {
  type Transition,
  copyOf,
  hook,
  made,
  refusedUntouched,
  registeredWorld,
  stateOf,
  transitions,
} from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

/** A copy with a branch `other` that conflicts with main in notes.txt. */
async function conflicting(): Promise<World> {
  const world = await copyOf(origin);
  const commit = async (text: string): Promise<void> => {
    await world.write('notes.txt', text);
    world.git('add', 'notes.txt');
    world.git('commit', '-qm', text);
  };
  await commit('base');
  world.git('checkout', '-qb', 'other');
  await commit('theirs');
  world.git('checkout', '-q', 'main');
  await commit('ours');
  return world;
}

function fails(world: World, ...args: string[]): void {
  expect(() => world.git(...args)).toThrow();
}

const states: [name: string, prepare: () => Promise<World>, code: string, way: RegExp][] = [
  [
    'a detached HEAD',
    async () => {
      const world = await copyOf(origin);
      world.git('checkout', '-q', '--detach');
      return world;
    },
    'git/detached',
    /git switch/,
  ],
  [
    'a merge',
    async () => {
      const world = await conflicting();
      fails(world, 'merge', 'other');
      return world;
    },
    'git/in-progress',
    /git merge --(continue|abort)/,
  ],
  [
    'a rebase',
    async () => {
      const world = await conflicting();
      fails(world, 'rebase', 'other');
      return world;
    },
    'git/in-progress',
    /git rebase --/,
  ],
  [
    'a rebase of patches',
    async () => {
      const world = await conflicting();
      fails(world, 'rebase', '--apply', 'other');
      return world;
    },
    'git/in-progress',
    /git rebase --/,
  ],
  [
    'a cherry-pick',
    async () => {
      const world = await conflicting();
      fails(world, 'cherry-pick', 'other');
      return world;
    },
    'git/in-progress',
    /cherry-pick --/,
  ],
  [
    'a revert',
    async () => {
      const world = await conflicting();
      fails(world, 'revert', 'HEAD~1');
      return world;
    },
    'git/in-progress',
    /revert --/,
  ],
  [
    'a bisect',
    async () => {
      const world = await conflicting();
      world.git('bisect', 'start');
      return world;
    },
    'git/in-progress',
    /bisect reset/,
  ],
];

describe.each<Transition>(['approve', 'register'])('%s', (which) => {
  test.each(states)('in the middle of %s is refused', async (_name, prepare, code, way) => {
    const { exit, error } = await refusedUntouched(await prepare(), which);
    expect(exit).toBe(2);
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(way);
  });
});

test('inside of a hook a transition is refused, and does not start another', async () => {
  const inside: Record<string, string>[] = [
    { GIT_INDEX_FILE: '.git/index' },
    { GIT_DIR: '.git' },
    { MLC_TRANSACTION: 'x' },
  ];
  for (const env of inside) {
    const { exit, error } = await refusedUntouched(await copyOf(origin), 'approve', { env });
    expect([exit, error.code]).toEqual([2, 'git/inside-hook']);
  }
});

test('without an identity nothing is written', async () => {
  const world = await copyOf(origin);
  const before = await stateOf(world.folder);
  const said = { stdout: '', stderr: '' };
  const { PATH = '' } = process.env;
  const code = await run([...(await transitions.register()), '--json'], {
    cwd: world.folder,
    env: {
      PATH,
      HOME: await temporaryFolder(),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
    },
    stdin: new PassThrough(),
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
  });
  expect(code).toBe(2);
  expect(JSON.parse(said.stdout)).toMatchObject({
    error: { code: 'git/no-identity', hint: expect.stringContaining('user.name') as string },
  });
  expect(await stateOf(world.folder)).toEqual(before);
  for (const name of ['GIT_AUTHOR_NAME', 'GIT_COMMITTER_EMAIL'])
    expect((await refusedUntouched(world, 'register', { env: { [name]: '' } })).exit).toBe(2);
});

test('a lock of somebody else on the index is waited for, then refused, and left alone', async () => {
  const world = await copyOf(origin);
  await writeFile(path.join(world.folder, '.git/index.lock'), '');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect([exit, error.code]).toEqual([1, 'git/index-locked']);
  expect(error.hint).toContain('index.lock');
});

test('a lock that is given back in time is waited for', async () => {
  const world = await copyOf(origin);
  const lock = path.join(world.folder, '.git/index.lock');
  await writeFile(lock, '');
  const done = made(world, 'approve');
  setTimeout(() => void rm(lock), 1500);
  await done;
  expect(world.git('status', '--porcelain')).toBe('');
});

test('a hook that stops the branch from moving is told, and leaves nothing behind', async () => {
  const world = await copyOf(origin);
  await hook(
    world,
    'reference-transaction',
    '[ "$1" = prepared ] && { echo "frozen until Monday" >&2; exit 1; }; exit 0',
  );
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect(exit).toBe(1);
  expect(`${error.message} ${error.hint}`).toMatch(/frozen until Monday/);
});
