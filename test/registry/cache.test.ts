// The cache changes how fast an answer comes, and never what it is.
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { handWritten } from './hand-written.js';
import { copyOf } from './scene.js';

const versions = 80;
let origin: World;

beforeAll(async () => {
  origin = await registryWorld();
  for (let minor = 0; minor < versions; minor++) {
    const text = handWritten
      .replace('version: "1.0.0"', `version: "1.${minor}.0"`)
      .replace(/deployment_history:\n[^]*(?=deprecation_target)/, 'deployment_history: []\n');
    await origin.write(`models/churn/versions/1.${minor}.0.yaml`, text);
  }
  origin.git('add', 'models');
  origin.git('commit', '-qm', 'many versions');
});

/** What is kept of records, and of models by the ids of their folders. */
async function cacheFiles(world: World): Promise<string[]> {
  const folder = path.join(world.folder, '.git/mlc/cache');
  const names = (await readdir(folder)).sort();
  expect(names.map((name) => name.split('-')[0])).toEqual(['records', 'surveys']);
  return names.map((name) => path.join(folder, name));
}

async function answers(world: World): Promise<{ code: number; stdout: string }[]> {
  const said = [];
  for (const args of [['list', '--json'], ['validate', '--json'], ['list'], ['validate']]) {
    const { code, stdout } = await world.mlc(args);
    said.push({ code, stdout });
  }
  return said;
}

test('answers are the same without a cache, with it, and with one that is broken', async () => {
  const world = await copyOf(origin);
  await rm(path.join(world.folder, '.git/mlc/cache'), { recursive: true, force: true });
  const first = await answers(world);
  expect(first.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(first[0]?.stdout).toContain('1.79.0');
  const files = await cacheFiles(world);
  const whole = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  for (const text of whole) expect(text.length).toBeGreaterThan(1000);
  expect(await answers(world)).toEqual(first);
  for (const broken of [
    '',
    '{',
    'null',
    '[]',
    '{"entries":null}',
    '{"entries":[]}',
    '{"entries":7}',
    '\u0000garbage',
  ]) {
    for (const chosen of [files, files.slice(0, 1), files.slice(1)]) {
      for (const file of chosen) await writeFile(file, broken);
      expect(await answers(world), broken).toEqual(first);
    }
  }
  for (const [index, file] of files.entries()) {
    await writeFile(file, whole[index] ?? '');
    await truncate(file, Math.floor((whole[index] ?? '').length / 2));
  }
  expect(await answers(world)).toEqual(first);
  for (const file of files) await rm(file);
  expect(await answers(world)).toEqual(first);
  for (const file of files) expect(existsSync(file)).toBe(true);
});

test('what is known of a record at one path is not believed at another', async () => {
  const world = await copyOf(origin);
  await answers(world);
  await world.write('models/churn/versions/7.0.0.yaml', await world.read('models/churn/versions/1.5.0.yaml'));
  world.git('add', 'models');
  world.git('commit', '-qm', 'a copy under another name');
  const said = await world.mlc(['validate', '--json']);
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('record/path');
  expect(said.stdout).toContain('models/churn/versions/7.0.0.yaml');
});

test('a change is seen whether it is committed, staged or neither', async () => {
  const world = await copyOf(origin);
  const file = 'models/churn/versions/1.9.0.yaml';
  await answers(world);
  await world.write(file, (await world.read(file)).replace('limited', 'limitless'));
  for (const step of [[], ['add', file], ['commit', '-qm', 'x']]) {
    if (step.length > 0) world.git(...step);
    const said = await world.mlc(['validate', '--json']);
    expect(said.code).toBe(1);
    expect(said.stdout).toContain('limitless');
  }
  world.git('revert', '--no-edit', 'HEAD');
  expect((await world.mlc(['validate'])).code).toBe(0);
});

test('two commands at once leave a whole cache', async () => {
  const world = await copyOf(origin);
  const said = await Promise.all([1, 2, 3, 4].map(() => world.mlc(['validate', '--json'])));
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  for (const file of await cacheFiles(world)) JSON.parse(await readFile(file, 'utf8'));
});
