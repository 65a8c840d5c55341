// A user's own work stays as it is: what a transition commits is its own, and what it needs has to be clean.
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import {
  type Transition,
  changedBy,
  copyOf,
  listing,
  made,
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
  test('leaves staged, unstaged and untracked work byte for byte, and commits its own file alone', async () => {
    const world = await copyOf(origin);
    await userWork(world);
    const skip = (name: string): boolean => name === '.git' || name === written[which];
    const [files, entries, parent] = [
      await listing(world.folder, skip),
      otherEntries(world),
      world.git('rev-parse', 'HEAD'),
    ];
    const done = await made(world, which);
    expect(done.commit).toBe(world.git('rev-parse', 'HEAD'));
    expect(world.git('rev-parse', 'HEAD^')).toBe(parent);
    expect(changedBy(world, 'HEAD')).toEqual([written[which]]);
    expect(await listing(world.folder, skip)).toEqual(files);
    expect(otherEntries(world)).toEqual(entries);
    expect(world.git('status', '--porcelain', '--', written[which])).toBe('');
    expect(await readFile(path.join(world.folder, written[which]), 'utf8')).toBe(
      `${world.git('show', `HEAD:${written[which]}`)}\n`,
    );
    expect(world.git('diff', '--cached', '--name-status').split('\n')).toEqual(
      ['A\tnotes/new.txt', 'D\tnotes/gone.txt', 'M\tnotes/staged.txt'].sort((a, b) =>
        a.slice(2) < b.slice(2) ? -1 : 1,
      ),
    );
  });

  test.each(['models/churn/gate.yaml', 'mlc.yaml', 'models/churn/model.yaml'])(
    'is refused while %s has changes of the user, staged or not',
    async (file) => {
      const world = await copyOf(origin);
      await world.write(file, `${await world.read(file)}# mine\n`);
      const refused = await refusedUntouched(world, which);
      expect(refused).toMatchObject({
        exit: 1,
        error: { code: 'git/dirty', problems: [{ code: 'git/dirty', file }] },
      });
      expect(refused.error.problems[0]?.hint).toMatch(/git (commit|stash)/);
      world.git('add', file);
      expect(await refusedUntouched(world, which)).toMatchObject({ exit: 1, error: { code: 'git/dirty' } });
    },
  );

  test('is refused where a folder stands in the place of its file, or of one that it needs', async () => {
    const world = await copyOf(origin);
    for (const file of [written[which], 'models/churn/gate.yaml']) {
      await rm(path.join(world.folder, file), { force: true });
      await world.write(`${file}/inside.txt`, 'mine\n');
      const { exit, error } = await refusedUntouched(world, which);
      expect(exit, error.message).toBe(1);
      expect(error.code).toMatch(/^(path\/not-a-file|git\/dirty)$/);
      await rm(path.join(world.folder, file), { recursive: true });
      if (world.git('ls-files', file) !== '') world.git('checkout', '-q', '--', file);
    }
  });

  test('is refused where a folder of the model is a link out of the repository', async () => {
    const world = await copyOf(origin);
    const outside = await temporaryFolder();
    const folder = path.join(world.folder, 'models/churn');
    const moved = path.join(outside, 'churn');
    await cp(folder, moved, { recursive: true });
    await rm(folder, { recursive: true });
    await symlink(moved, folder);
    const before = await listing(outside);
    expect(await refusedUntouched(world, which)).toMatchObject({ exit: 1, error: { code: 'path/symlink' } });
    expect(await listing(outside)).toEqual(before);
  });

  test('is refused where models is a file, or the model a repository of its own', async () => {
    const world = await copyOf(origin);
    await writeFile(path.join(world.folder, 'models/churn/.git'), 'gitdir: elsewhere\n');
    expect(await refusedUntouched(world, which)).toMatchObject({
      exit: 1,
      error: { code: 'path/submodule' },
    });
    await rm(path.join(world.folder, 'models'), { recursive: true });
    await writeFile(path.join(world.folder, 'models'), 'mine\n');
    expect(await refusedUntouched(world, which)).toMatchObject({
      exit: 1,
      error: { code: 'path/not-a-folder' },
    });
  });
});

test('a dirty copy of the record is refused with the way out, and is not touched', async () => {
  const world = await copyOf(origin);
  await world.write(record, `${await world.read(record)}# mine\n`);
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect(exit).toBe(1);
  expect(error).toMatchObject({ code: 'git/dirty', problems: [{ file: record }] });
  expect(error.problems[0]?.hint).toContain(`git stash push -- ${record}`);
  world.git('stash', 'push', '-q', '--', record);
  await made(world, 'approve');
});

test('a staged copy of the record is refused, though the working tree is as committed', async () => {
  const world = await copyOf(origin);
  const text = await world.read(record);
  await world.write(record, `${text}# mine\n`);
  world.git('add', record);
  await world.write(record, text);
  expect(await refusedUntouched(world, 'approve')).toMatchObject({ exit: 1, error: { code: 'git/dirty' } });
});

test('a record that the user deleted, staged or not, is refused', async () => {
  const world = await copyOf(origin);
  await rm(path.join(world.folder, record));
  expect(await refusedUntouched(world, 'approve')).toMatchObject({ exit: 1, error: { code: 'git/dirty' } });
  world.git('rm', '-q', '--cached', record);
  expect(await refusedUntouched(world, 'approve')).toMatchObject({ exit: 1, error: { code: 'git/dirty' } });
});

test.each(['untracked', 'ignored', 'staged'])(
  'a file of the user, %s, in the place of a new record is refused',
  async (kind) => {
    const world = await copyOf(origin);
    if (kind === 'ignored') await writeFile(path.join(world.folder, '.git/info/exclude'), '*.yaml\n');
    await world.write(newRecord, 'mine: true\n');
    if (kind === 'staged') world.git('add', newRecord);
    const { exit, error } = await refusedUntouched(world, 'register');
    expect(exit).toBe(1);
    expect(error).toMatchObject({ code: 'git/dirty', problems: [{ file: newRecord }] });
    expect(error.problems[0]?.hint).toBeTruthy();
  },
);

test('a record that is a link is refused, and what it leads to is not written', async () => {
  const world = await copyOf(origin);
  const elsewhere = path.join(await temporaryFolder(), 'x.yaml');
  await writeFile(elsewhere, await world.read(record));
  await rm(path.join(world.folder, record));
  await symlink(elsewhere, path.join(world.folder, record));
  const before = await readFile(elsewhere, 'utf8');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect(exit).toBe(1);
  expect(['path/symlink', 'git/dirty']).toContain(error.code);
  expect(await readFile(elsewhere, 'utf8')).toBe(before);
});
