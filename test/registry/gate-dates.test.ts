// When a gate was last changed: what is remembered counts along a single line alone, and changes no answer.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gateDates } from '../../src/registry/gate-dates.js';
import { keptText, readKept } from '../../src/registry/kept-text.js';
import { locateRegistry } from '../../src/registry/registry.js';
import { temporaryFolder } from '../support/folders.js';
import { gitIn, type World, registryWorld, worldIn } from '../support/world.js';

const gate = 'models/churn/gate.yaml';
let world: World;
let minutes = 0;

beforeEach(async () => {
  world = await registryWorld();
  minutes = 0;
});

/** Commits a file, a minute after the commit before, and answers when. */
async function commit(file: string, text: string): Promise<string> {
  minutes += 1;
  const at = `2026-04-01T09:${String(minutes).padStart(2, '0')}:00Z`;
  await world.write(file, text);
  const env = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
  gitIn(world.folder, ['add', file], env);
  gitIn(world.folder, ['commit', '-qm', `${file} of minute ${minutes}`], env);
  return at;
}

async function changedGate(note: string): Promise<string> {
  return commit(gate, `${(await world.read(gate)).trimEnd()}\n# ${note}\n`);
}

/** The date of the gate at a commit, asked and remembered as a registration does. */
async function dateAt(revision = 'HEAD', folder = world.folder): Promise<string | undefined> {
  const registry = await locateRegistry({ cwd: folder, env: process.env, folder: undefined });
  const dates = gateDates(registry, 'churn');
  const { at } = await dates.at(gitIn(folder, ['rev-parse', revision]));
  await dates.remember();
  return at;
}

type Known = Record<string, { commit: string; seconds: number }>;

async function cacheFile(): Promise<string> {
  const folder = path.join(world.folder, '.git/mlc/cache');
  const [name = ''] = (await readdir(folder)).filter((entry) => entry.startsWith('gates-'));
  return path.join(folder, name);
}

async function known(): Promise<Known> {
  return readKept(await readFile(await cacheFile())) as Known;
}

/** Makes what is remembered wrong by a day, so that it shows in an answer that is taken from it. */
async function misremember(): Promise<void> {
  const { [gate]: entry } = await known();
  if (!entry) throw new Error('nothing is remembered of the gate');
  await writeFile(await cacheFile(), keptText({ [gate]: { ...entry, seconds: entry.seconds - 86_400 } }));
}

const dayBefore = (at: string): string => at.replace('04-01', '03-31');

test('along a line, what is known of an earlier commit is taken, and what is newer found', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  await commit('other.txt', 'x');
  await commit('other.txt', 'y');
  await misremember();
  expect(await dateAt()).toBe(dayBefore(first));
  expect((await known())[gate]?.commit).toBe(world.git('rev-parse', 'HEAD'));
  const second = await changedGate('two');
  expect(await dateAt()).toBe(second);
  expect(await dateAt()).toBe(second);
});

test('across a merge, history is looked through', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  world.git('branch', 'side', 'HEAD~1');
  await commit('other.txt', 'x');
  world.git('checkout', '-q', 'side');
  await commit('another.txt', 'y');
  world.git('checkout', '-q', 'main');
  world.git('merge', '-q', '--no-edit', 'side');
  await misremember();
  expect(await dateAt()).toBe(first);
});

test('a merge that takes an older gate back is dated by the older change', async () => {
  const first = await changedGate('one');
  await changedGate('two');
  expect(await dateAt()).not.toBe(first);
  const [tree, older] = [world.git('rev-parse', 'HEAD~1^{tree}'), world.git('rev-parse', 'HEAD~1')];
  const merge = world.git('commit-tree', '-p', 'HEAD', '-p', older, '-m', 'take one back', tree);
  world.git('reset', '-q', '--hard', merge);
  expect(await dateAt()).toBe(first);
});

test('on another branch, or after history was written anew, history is looked through', async () => {
  const first = await changedGate('one');
  world.git('branch', 'other');
  const second = await changedGate('two');
  expect(await dateAt()).toBe(second);
  await misremember();
  expect(await dateAt('other')).toBe(first);
  await misremember();
  world.git('checkout', '-q', 'other');
  world.git('commit', '-q', '--amend', '--no-edit', '--date', '2026-04-02T09:00:00Z');
  const amended = world.git('log', '-1', '--format=%ct');
  expect(Date.parse((await dateAt()) ?? '') / 1000).toBe(Number(amended));
});

test('what is remembered of a commit that is gone, or damaged, is as good as nothing', async () => {
  const first = await changedGate('one');
  expect(await dateAt()).toBe(first);
  await writeFile(await cacheFile(), keptText({ [gate]: { commit: 'f'.repeat(40), seconds: 1 } }));
  expect(await dateAt()).toBe(first);
  await writeFile(await cacheFile(), '{');
  expect(await dateAt()).toBe(first);
});

test('a shallow clone remembers nothing', async () => {
  const first = await changedGate('one');
  await commit('other.txt', 'x');
  const folder = await temporaryFolder();
  gitIn(folder, ['clone', '-q', '--depth', '1', `file://${world.folder}`, 'clone']);
  const clone = worldIn(path.join(folder, 'clone'));
  expect(await dateAt('HEAD', clone.folder)).toBeUndefined();
  clone.git('fetch', '-q', '--unshallow');
  expect(await dateAt('HEAD', clone.folder)).toBe(first);
});

test('a model that cannot be, or a registry without a commit of it, has no date', async () => {
  const registry = await locateRegistry({ cwd: world.folder, env: process.env, folder: undefined });
  const head = world.git('rev-parse', 'HEAD');
  expect(await gateDates(registry, 'fraud').at(head)).toEqual({ warnings: [] });
});
