// The user's hooks are honoured as `git commit` would: what refuses stops everything, what rewrites is refused.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, gitIn, runMlc } from '../support/world.js';
import {
  type Transition,
  changedBy,
  copyOf,
  hook,
  made,
  make,
  morning,
  newRecord,
  otherEntries,
  record,
  refusedUntouched,
  registeredWorld,
  userWork,
} from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

const written = { approve: record, register: newRecord };

describe.each<Transition>(['approve', 'register'])('%s', (which) => {
  test.each(['pre-commit', 'prepare-commit-msg', 'commit-msg'])(
    'a %s hook that refuses stops it, and its words are shown',
    async (name) => {
      const world = await copyOf(origin);
      await userWork(world);
      await hook(world, name, 'echo "not on a Friday" >&2; exit 1');
      const { exit, error } = await refusedUntouched(world, which);
      expect([exit, error.code]).toEqual([1, 'git/hook-refused']);
      expect(error.message).toContain('not on a Friday');
      expect(error.message).toContain(name);
      expect(error.hint).toBeTruthy();
    },
  );

  test('a hook that refuses in silence is no success', async () => {
    const world = await copyOf(origin);
    await hook(world, 'pre-commit', 'exit 1');
    expect(await refusedUntouched(world, which)).toMatchObject({
      exit: 1,
      error: { code: 'git/hook-refused' },
    });
  });

  test('a hook that dies by a signal is no success', async () => {
    const world = await copyOf(origin);
    await hook(world, 'pre-commit', 'kill -9 $$');
    expect((await refusedUntouched(world, which)).exit).toBe(1);
  });

  test('pre-commit finds the new record in working tree and index, and nothing of what the user has staged', async () => {
    const world = await copyOf(origin);
    await userWork(world);
    const entries = otherEntries(world);
    const [seen, file] = [path.join(world.folder, '.git/seen'), written[which]];
    await hook(
      world,
      'pre-commit',
      `git diff --cached --name-only > "${seen}"; git show ":${file}" | cmp - "${file}" && echo same >> "${seen}"; pwd >> "${seen}"`,
    );
    await made(world, which);
    expect((await world.read('.git/seen')).trim().split('\n')).toEqual([
      file,
      'same',
      world.git('rev-parse', '--show-toplevel'),
    ]);
    expect(otherEntries(world)).toEqual(entries);
    expect(changedBy(world, 'HEAD')).toEqual([file]);
  });

  test.each([
    ['the record', (file: string) => `echo "# by hook" >> ${file}; git add ${file}`],
    ['another file', () => 'echo x > extra.txt; git add extra.txt; rm extra.txt'],
    ['the record away', (file: string) => `git rm -q --cached ${file}`],
  ])(
    'a hook that stages %s is refused, and neither the branch nor the index follows it',
    async (_name, script) => {
      const world = await copyOf(origin);
      await hook(world, 'pre-commit', script(written[which]));
      const [head, entries] = [world.git('rev-parse', 'HEAD'), world.git('ls-files', '-s')];
      const said = await make(world, which);
      expect(said.code).toBe(1);
      expect(JSON.parse(said.stdout)).toMatchObject({ error: { code: 'git/hook-changed' } });
      expect(world.git('rev-parse', 'HEAD')).toBe(head);
      expect(world.git('ls-files', '-s')).toBe(entries);
    },
  );

  test.each([0, 1])(
    'a hook that rewrites the record in the working tree and exits %i leaves no record behind',
    async (exit) => {
      const world = await copyOf(origin);
      // As fixers do that run under pre-commit: they mend the file, and let the commit fail so that a person looks at it.
      const file = written[which];
      await hook(
        world,
        'pre-commit',
        `echo "# fixed" >> ${file}; ${exit === 0 ? `git add ${file}` : ':'}; exit ${exit}`,
      );
      expect((await refusedUntouched(world, which)).exit).toBe(1);
      await rm(path.join(world.folder, '.git/hooks/pre-commit'));
      await made(world, which);
    },
  );
});

test('a commit-msg hook that drops the trailers is refused', async () => {
  const world = await copyOf(origin);
  await hook(world, 'commit-msg', 'head -1 "$1" > "$1.x"; mv "$1.x" "$1"');
  expect(await refusedUntouched(world, 'approve')).toMatchObject({
    exit: 1,
    error: { code: 'git/hook-changed' },
  });
});

test('a commit-msg hook that changes one trailer is refused', async () => {
  const world = await copyOf(origin);
  await hook(world, 'commit-msg', 'sed -i "s/^Mlc-Version: .*/Mlc-Version: 9.9.9/" "$1"');
  expect(await refusedUntouched(world, 'approve')).toMatchObject({
    exit: 1,
    error: { code: 'git/hook-changed' },
  });
});

test('a commit-msg hook that adds a line of its own works, and history reads the transition', async () => {
  const world = await copyOf(origin);
  await hook(world, 'commit-msg', 'git interpret-trailers --in-place --trailer "Change-Id: I0123" "$1"');
  const { commit } = await made(world, 'approve');
  expect(world.git('log', '-1', '--format=%(trailers:key=Change-Id,valueonly)')).toBe('I0123');
  const { data } = await world.json<{ entries: { commit: string; operation: string | null }[] }>(['history']);
  expect(data.entries[0]).toMatchObject({ commit, operation: 'approve' });
});

test('post-commit runs after the branch has moved, and cannot undo it', async () => {
  const world = await copyOf(origin);
  await hook(
    world,
    'post-commit',
    'git rev-parse HEAD > .git/after; git status --porcelain >> .git/after; exit 1',
  );
  const { commit } = await made(world, 'approve');
  expect(await world.read('.git/after')).toBe(`${String(commit)}\n`);
});

test('hooks: skip in mlc.yaml leaves them out', async () => {
  const world = await copyOf(origin);
  const config = await world.read('mlc.yaml');
  await world.write('mlc.yaml', `${config.trimEnd()}\ngit:\n  hooks: skip\n`);
  world.git('commit', '-qam', 'no hooks');
  for (const name of ['pre-commit', 'prepare-commit-msg', 'commit-msg']) await hook(world, name, 'exit 1');
  await made(world, 'approve');
});

test.each(['.githooks', 'absolute'])(
  'core.hooksPath is honoured (%s), from a folder below too',
  async (kind) => {
    const world = await copyOf(origin);
    await hook(world, 'pre-commit', 'echo refused here >&2; exit 1', '.githooks');
    await hook(world, 'pre-commit', 'exit 0');
    world.git('config', 'core.hooksPath', kind === 'absolute' ? path.join(world.folder, '.githooks') : kind);
    for (const cwd of [world.folder, path.join(world.folder, 'models/churn')]) {
      const { exit, error } = await refusedUntouched(world, 'approve', { cwd });
      expect([exit, error.code]).toEqual([1, 'git/hook-refused']);
      expect(error.message).toContain('refused here');
    }
  },
);

test('hooks of the repository run when a command starts in a folder below', async () => {
  const world = await copyOf(origin);
  await hook(world, 'pre-commit', 'exit 1');
  expect(
    (await refusedUntouched(world, 'approve', { cwd: path.join(world.folder, 'models') })).error.code,
  ).toBe('git/hook-refused');
});

test('hooks run in a linked working tree', async () => {
  const world = await copyOf(origin);
  await hook(world, 'pre-commit', 'exit 1');
  await mkdir(path.join(world.folder, 'x'));
  gitIn(world.folder, ['worktree', 'add', '-q', '-b', 'side', path.join(world.folder, 'x/tree')]);
  const said = await runMlc(['approve', 'churn@1.0.0', '--json'], {
    cwd: path.join(world.folder, 'x/tree'),
    as: 'grace',
    at: morning,
  });
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('git/hook-refused');
});

test('a file that is no program is no hook', async () => {
  const world = await copyOf(origin);
  await world.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
  await made(world, 'approve');
});

test('mlc in a pre-commit hook validates what is staged, and a transition in it is refused', async () => {
  const world = await copyOf(origin);
  await hook(
    world,
    'pre-commit',
    '[ -n "$MLC_TRANSACTION" ] || exit 1; env | grep -c ^GIT_INDEX_FILE= > .git/inside',
  );
  await made(world, 'approve');
  expect((await world.read('.git/inside')).trim()).toBe('1');
});
