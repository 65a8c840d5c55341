// The cache never outgrows the registry, forgets nothing that a look at a part did not look at, and keeps nothing that may change.
import { mkdir, readFile, readdir, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { handWritten } from './hand-written.js';
import { copyOf } from './scene.js';

const versions = 70;
const file = (model: string, minor: number): string => `models/${model}/versions/1.${minor}.0.yaml`;
let origin: World;

async function writeVersions(world: World, model: string, round: number): Promise<void> {
  for (let minor = 0; minor < versions; minor++) {
    const text = handWritten
      .replace('churn', model)
      .replace('0.93 ', `0.93${round} `)
      .replace('version: "1.0.0"', `version: "1.${minor}.0"`)
      .replace(/deployment_history:\n[^]*(?=deprecation_target)/, 'deployment_history: []\n');
    await world.write(file(model, minor), text);
  }
  world.git('add', 'models');
  world.git('commit', '-qm', `round ${round} of ${model}`);
}

beforeAll(async () => {
  origin = await registryWorld();
  const about = ['--owner', 'Ada', '--intended-use', 'x', '--risk', 'limited'];
  await origin.ok(['model', 'add', 'fraud', ...about, '--approver', 'grace@example.com']);
  await writeVersions(origin, 'churn', 0);
  await writeVersions(origin, 'fraud', 0);
});

/** The paths that the cache of records knows something about, one for each entry. */
async function known(world: World): Promise<string[]> {
  const folder = path.join(world.folder, '.git/mlc/cache');
  const [name = ''] = (await readdir(folder)).filter((entry) => entry.startsWith('records-'));
  const text = await readFile(path.join(folder, name), 'utf8');
  return [...text.matchAll(/"[0-9a-f]{40} (models\/[^"]+)"/g)].map(([, entry]) => entry ?? '');
}

test('a record that changes again and again has one entry', async () => {
  const world = await copyOf(origin);
  await world.ok(['validate']);
  const before = (await known(world)).length;
  expect(before).toBeGreaterThanOrEqual(2 * versions);
  for (let round = 1; round <= 3; round++) {
    await writeVersions(world, 'churn', round);
    await world.ok(['list']);
    const entries = await known(world);
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries).toHaveLength(before);
  }
});

test('a look at one model keeps what is known of the others', async () => {
  const world = await copyOf(origin);
  await world.ok(['validate']);
  const before = (await known(world)).sort();
  await writeVersions(world, 'churn', 1);
  await world.ok(['list', 'churn']);
  expect((await known(world)).sort()).toEqual(before);
});

test('what is gone from a registry goes from the cache', async () => {
  const world = await copyOf(origin);
  await world.ok(['validate']);
  for (let minor = 0; minor < 5; minor++) await rm(path.join(world.folder, file('fraud', minor)));
  await world.write(file('fraud', 9), (await world.read(file('fraud', 9))).replace('0.93', '0.94'));
  world.git('commit', '-qam', 'fewer');
  await world.ok(['list']);
  const entries = await known(world);
  expect(entries).toContain(file('fraud', 9));
  expect(entries).not.toContain(file('fraud', 3));
});

test('an object that was missing and is back is read', async () => {
  const world = await copyOf(origin);
  await writeVersions(world, 'churn', 7);
  const id = world.git('rev-parse', `HEAD:${file('churn', 3)}`);
  const object = path.join(world.folder, '.git/objects', id.slice(0, 2), id.slice(2));
  const aside = path.join(world.folder, '.git/aside');
  await mkdir(aside);
  await rename(object, path.join(aside, id));
  const without = await world.mlc(['list', '--json']);
  await rename(path.join(aside, id), object);
  const fresh = await copyOf(world);
  await rm(path.join(fresh.folder, '.git/mlc/cache'), { recursive: true, force: true });
  const [back, anew] = [await world.mlc(['list', '--json']), await fresh.mlc(['list', '--json'])];
  expect(without.stdout).not.toBe(anew.stdout);
  expect([back.code, back.stdout, back.stderr]).toEqual([anew.code, anew.stdout, anew.stderr]);
});

test('what other versions of mlc and killed ones left behind goes with time', async () => {
  const world = await copyOf(origin);
  const folder = path.join(world.folder, '.git/mlc/cache');
  const days = (number: number): Date => new Date(Date.now() - number * 86_400_000);
  const left = { 'records-old.json': 15, 'records-young.json': 3, 'records-x.json.12': 1, 'notes.txt': 99 };
  await mkdir(folder, { recursive: true });
  for (const [name, age] of Object.entries(left)) {
    await world.write(`.git/mlc/cache/${name}`, '{}');
    await utimes(path.join(folder, name), days(age), days(age));
  }
  await writeVersions(world, 'churn', 8);
  await world.ok(['list']);
  const names = await readdir(folder);
  expect(names).toEqual(expect.arrayContaining(['records-young.json', 'notes.txt']));
  expect(names).not.toContain('records-old.json');
  expect(names).not.toContain('records-x.json.12');
});
