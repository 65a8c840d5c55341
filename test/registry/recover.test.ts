// What a killed transition leaves behind is mended by the next command; what is the user's, or a living writer's, is kept.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Journal } from '../../src/registry/journal.js';
import { ownMark } from '../../src/registry/processes.js';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { copyOf, made, make, newRecord, otherEntries, record, registeredWorld, userWork } from './scene.js';

const tag = '11111111-2222-4333-8444-555555555555';
/** No process has this number: it is above the largest that Linux gives. */
const deadOwner = { ...ownMark(), pid: 4_194_999, started: '1' };

let origin: World;
/** The same with the transition landed. */
let landed: { approve: World; register: World };
beforeAll(async () => {
  origin = await registeredWorld();
  landed = { approve: await copyOf(origin), register: await copyOf(origin) };
  await made(landed.approve, 'approve');
  await made(landed.register, 'register');
});

const written = { approve: record, register: newRecord };
type Which = keyof typeof written;

function inGit(world: World, ...parts: string[]): string {
  return path.join(world.folder, '.git', ...parts);
}

function blob(world: World, file: string): string | null {
  const line = world.git('ls-tree', 'HEAD', '--', file);
  return line === '' ? null : (line.split(/\s/)[2] ?? null);
}

/** Writes a journal as a transition of `which` would have. */
async function journal(world: World, which: Which, changes: Partial<Journal> = {}): Promise<string> {
  const file = written[which];
  const data: Journal = {
    transaction: tag,
    ref: 'refs/heads/main',
    owner: deadOwner,
    files: [{ path: file, old: blob(origin, file), new: blob(landed[which], file) ?? '' }],
    ...changes,
  };
  const name = inGit(world, 'mlc/journal', `${tag}.json`);
  await mkdir(path.dirname(name), { recursive: true });
  await writeFile(name, JSON.stringify(data));
  return name;
}

/** Files that a killed transition leaves on the way. */
async function debris(world: World): Promise<void> {
  await mkdir(inGit(world, 'mlc/tmp'), { recursive: true });
  for (const name of ['file-TAG-0', 'index-TAG', 'hooks-TAG', 'hooks-TAG.lock', 'lock-TAG'])
    await writeFile(inGit(world, 'mlc/tmp', name.replace('TAG', tag)), 'debris');
}

/** Puts index and working tree of a landed transition back to what was before it. */
async function outOfStep(world: World, which: Which): Promise<void> {
  const file = written[which];
  const old = blob(origin, file);
  if (old === null) {
    world.git('rm', '-q', '--cached', file);
    await rm(path.join(world.folder, file));
  } else {
    world.git('update-index', '--cacheinfo', `100644,${old},${file}`);
    await writeFile(
      path.join(world.folder, file),
      execFileSync('git', ['cat-file', 'blob', old], { cwd: world.folder }),
    );
  }
}

async function expectMended(world: World, told: RegExp = /interrupted; mended/): Promise<void> {
  const { code, stderr } = await world.mlc(['list']);
  expect(code).toBe(0);
  expect(stderr).toMatch(told);
  expect(await readdir(inGit(world, 'mlc/journal'))).toEqual([]);
  expect(existsSync(inGit(world, 'index.lock'))).toBe(false);
  expect(
    (await readdir(inGit(world, 'mlc/tmp')).catch(() => [])).filter((name) => name.includes(tag)),
  ).toEqual([]);
}

describe.each<Which>(['approve', 'register'])('%s', (which) => {
  test('killed before the commit, with the record placed for the hooks: the record goes back', async () => {
    const world = await copyOf(origin);
    await userWork(world);
    const [status, entries] = [world.git('status', '--porcelain'), otherEntries(world)];
    await world.write(written[which], await landed[which].read(written[which]));
    await journal(world, which);
    await debris(world);
    await expectMended(world);
    expect(world.git('status', '--porcelain')).toBe(status);
    expect(otherEntries(world)).toEqual(entries);
    await made(world, which);
  });

  test('killed after the branch moved, with our lock on the index: index and working tree follow', async () => {
    const world = await copyOf(landed[which]);
    await userWork(world);
    const [status, entries] = [world.git('status', '--porcelain'), otherEntries(world)];
    await outOfStep(world, which);
    expect(world.git('status', '--porcelain')).not.toBe(status);
    await journal(world, which);
    await debris(world);
    await writeFile(inGit(world, 'index.lock'), `mlc ${tag}\n`);
    await expectMended(world);
    expect(world.git('status', '--porcelain')).toBe(status);
    expect(otherEntries(world)).toEqual(entries);
    expect(await world.read(written[which])).toBe(await landed[which].read(written[which]));
  });

  test('killed again while it was mended, with a lock on the private index: it is mended all the same', async () => {
    const world = await copyOf(landed[which]);
    await outOfStep(world, which);
    await journal(world, which);
    await debris(world);
    await writeFile(inGit(world, 'mlc/tmp', `index-${tag}.lock`), '');
    await expectMended(world);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('killed between the two renames: the index follows', async () => {
    const world = await copyOf(landed[which]);
    const text = await world.read(written[which]);
    await outOfStep(world, which);
    await world.write(written[which], text);
    await journal(world, which);
    await expectMended(world);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('killed in the middle of moving the branch: its locks go, and the next transition works', async () => {
    const world = await copyOf(origin);
    await journal(world, which);
    for (const lock of ['refs/heads/main.lock', 'HEAD.lock']) await writeFile(inGit(world, lock), '');
    await writeFile(inGit(world, 'index.lock'), `mlc ${tag}\n`);
    await made(world, which);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('what the user did to the record since is kept, and told', async () => {
    const world = await copyOf(landed[which]);
    await world.write(written[which], 'mine: true\n');
    await journal(world, which);
    await expectMended(world, /interrupted; .*changed since, and is left/);
    expect(await world.read(written[which])).toBe('mine: true\n');
  });

  test('what the user staged since is kept', async () => {
    const world = await copyOf(landed[which]);
    await world.write(written[which], 'mine: true\n');
    world.git('add', written[which]);
    const entries = world.git('ls-files', '-s');
    await journal(world, which);
    await expectMended(world, /interrupted/);
    expect(world.git('ls-files', '-s')).toBe(entries);
  });

  test('a folder that the user put in the place of the record is kept', async () => {
    const world = await copyOf(landed[which]);
    await rm(path.join(world.folder, written[which]));
    await world.write(`${written[which]}/mine.txt`, 'mine\n');
    await journal(world, which);
    await expectMended(world, /interrupted/);
    expect(await world.read(`${written[which]}/mine.txt`)).toBe('mine\n');
  });

  test('nothing is written through a link that the user put in the place of a folder', async () => {
    const world = await copyOf(landed[which]);
    await outOfStep(world, which);
    const outside = path.join(await temporaryFolder(), 'versions');
    const folder = path.join(world.folder, 'models/churn/versions');
    await rename(folder, outside);
    await symlink(outside, folder);
    const before = await readdir(outside);
    await journal(world, which);
    await world.mlc(['list']);
    expect(await readdir(outside)).toEqual(before);
    if (which === 'approve') {
      expect(await readFile(path.join(outside, '1.0.0.yaml'), 'utf8')).toBe(await origin.read(record));
    }
  });
});

test("a living writer's journal, lock and files are left alone", async () => {
  const world = await copyOf(origin);
  const name = await journal(world, 'approve', { owner: ownMark() });
  await debris(world);
  await writeFile(inGit(world, 'index.lock'), `mlc ${tag}\n`);
  await world.write(record, await landed.approve.read(record));
  const { code, stderr } = await world.mlc(['list']);
  expect([code, stderr]).toEqual([0, '']);
  expect(existsSync(name)).toBe(true);
  expect(existsSync(inGit(world, 'index.lock'))).toBe(true);
  expect(existsSync(inGit(world, 'mlc/tmp', `file-${tag}-0`))).toBe(true);
  expect(await world.read(record)).toBe(await landed.approve.read(record));
});

test('a writer on another machine counts as living', async () => {
  const world = await copyOf(origin);
  const name = await journal(world, 'approve', { owner: { ...deadOwner, host: 'elsewhere' } });
  await world.ok(['list']);
  expect(existsSync(name)).toBe(true);
});

test('another process with the number of the dead one does not keep its journal alive', async () => {
  const world = await copyOf(origin);
  await journal(world, 'approve', { owner: { ...ownMark(), started: '1' } });
  await expectMended(world);
});

test('locks that are not ours are left: one on the index, and an old one on the branch', async () => {
  const world = await copyOf(origin);
  await journal(world, 'approve');
  await writeFile(inGit(world, 'index.lock'), 'somebody else');
  await writeFile(inGit(world, 'refs/heads/main.lock'), '');
  const longAgo = new Date(Date.now() - 3600_000);
  await utimes(inGit(world, 'refs/heads/main.lock'), longAgo, longAgo);
  await world.ok(['list']);
  expect(existsSync(inGit(world, 'index.lock'))).toBe(true);
  expect(existsSync(inGit(world, 'refs/heads/main.lock'))).toBe(true);
});

test('an index that somebody else holds at that moment is mended by the command after', async () => {
  const world = await copyOf(landed.approve);
  await outOfStep(world, 'approve');
  await journal(world, 'approve');
  await writeFile(inGit(world, 'index.lock'), 'somebody else');
  expect((await world.mlc(['list'])).code).toBe(0);
  await rm(inGit(world, 'index.lock'));
  expect((await world.mlc(['list'])).code).toBe(0);
  // Otherwise the user's next commit would take the transition back.
  expect(world.git('status', '--porcelain')).toBe('');
});

test.each(['', '{', '{}', '[]', 'null', '{"owner":{}}', '\u0000'])(
  'a journal that holds %j stops nothing',
  async (text) => {
    const world = await copyOf(origin);
    await mkdir(inGit(world, 'mlc/journal'), { recursive: true });
    await writeFile(inGit(world, 'mlc/journal', `${tag}.json`), text);
    await world.ok(['list']);
    expect((await make(world, 'approve')).code).toBe(0);
  },
);

test('a ticket of a dead writer in the queue does not make the next one wait', async () => {
  const world = await copyOf(origin);
  await mkdir(inGit(world, 'mlc/queue'), { recursive: true });
  await writeFile(inGit(world, 'mlc/queue', `t-${'0'.repeat(15)}-x`), JSON.stringify(deadOwner));
  const begun = performance.now();
  expect((await make(world, 'approve')).code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(await readdir(inGit(world, 'mlc/queue'))).toEqual([]);
});

test('journals of several dead writers are all mended', async () => {
  const world = await copyOf(origin);
  await world.write(record, await landed.approve.read(record));
  await world.write(newRecord, await landed.register.read(newRecord));
  const name = await journal(world, 'approve');
  await rename(name, name.replace('11111111', '99999999'));
  const other = name.replace('11111111', '99999999');
  await writeFile(other, (await readFile(other, 'utf8')).replace('11111111', '99999999'));
  await journal(world, 'register');
  await expectMended(world);
  expect(world.git('status', '--porcelain')).toBe('');
});
