// Committed files of every kind that cannot be read: commands that look go on with the rest, and name what they left out.
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { servingWorld } from './stages.js';
import { type ErrorAnswer, copyOf } from './support.js';

const second = 'models/churn/versions/1.1.0.yaml';

interface Listed {
  versions: { version: string; owner: string }[];
  left_out: { file: string; problems: { code: string }[] }[];
}

/** A link in place of a file or folder. */
async function link(world: World, file: string, target: string): Promise<void> {
  await rm(path.join(world.folder, file), { recursive: true, force: true });
  await symlink(target, path.join(world.folder, file));
}

/** A submodule that was not fetched: git takes its empty folder for clean. */
async function submodule(world: World, file: string): Promise<void> {
  await rm(path.join(world.folder, file), { force: true });
  await mkdir(path.join(world.folder, file));
  world.git('rm', '-rq', '--cached', '--ignore-unmatch', file);
  world.git('update-index', '--add', '--cacheinfo', `160000,${world.git('rev-parse', 'HEAD')},${file}`);
  world.git('commit', '-qm', 'break it');
}

interface Case {
  breakIt: (world: World) => Promise<void>;
  /** What list leaves out: file and code. */
  leftOut: Record<string, string>;
  /** The versions that it still lists. */
  versions: string[];
  owner?: string;
  /** Whether show of another version works, and what it names. */
  show?: string;
}

const both = ['1.1.0', '1.0.0'];
const cases: Record<string, Case> = {
  'a record with a merge conflict': {
    breakIt: async (world) =>
      world.write(second, `<<<<<<< ours\n${await world.read(second)}=======\n>>>>>>> theirs\n`),
    leftOut: { [second]: 'yaml/conflict-marker' },
    versions: ['1.0.0'],
    show: second,
  },
  'a record that is a link': {
    breakIt: (world) => link(world, second, '1.0.0.yaml'),
    leftOut: { [second]: 'path/symlink' },
    versions: ['1.0.0'],
    show: second,
  },
  'a submodule in place of a record': {
    breakIt: (world) => submodule(world, second),
    leftOut: { [second]: 'path/submodule' },
    versions: ['1.0.0'],
    show: second,
  },
  'a submodule beside the models': {
    breakIt: (world) => submodule(world, 'models/fraud'),
    leftOut: { 'models/fraud': 'path/submodule' },
    versions: both,
    show: '',
  },
  'a folder that is a link': {
    breakIt: (world) => link(world, 'models/fraud', '../elsewhere'),
    leftOut: { 'models/fraud': 'path/symlink' },
    versions: both,
    show: '',
  },
  'a model under a name that none can have': {
    breakIt: async (world) =>
      world.write('models/Churn 2/model.yaml', await world.read('models/churn/model.yaml')),
    leftOut: { 'models/Churn 2/model.yaml': 'path/unknown' },
    versions: both,
    show: '',
  },
  'a version under a name that none can have': {
    breakIt: async (world) => world.write('models/churn/versions/v2.yaml', await world.read(second)),
    leftOut: { 'models/churn/versions/v2.yaml': 'path/unknown' },
    versions: both,
    show: '',
  },
  'model.yaml': {
    breakIt: (world) => world.write('models/churn/model.yaml', 'a: [\n'),
    leftOut: { 'models/churn/model.yaml': 'yaml/syntax' },
    versions: both,
    owner: 'nobody',
  },
  'model.yaml that is a link': {
    breakIt: (world) => link(world, 'models/churn/model.yaml', 'gate.yaml'),
    leftOut: { 'models/churn/model.yaml': 'path/symlink' },
    versions: both,
    owner: 'nobody',
  },
  'gate.yaml': {
    breakIt: (world) => world.write('models/churn/gate.yaml', 'a: [\n'),
    leftOut: {},
    versions: both,
    show: 'models/churn/gate.yaml',
  },
  'mlc.yaml': {
    breakIt: (world) => world.write('mlc.yaml', 'a: [\n'),
    leftOut: {},
    versions: both,
  },
};

let base: World;
beforeAll(async () => {
  base = await servingWorld();
});

describe.each(Object.entries(cases))('%s', (_name, { breakIt, leftOut, versions, owner, show }) => {
  let world: World;
  beforeAll(async () => {
    world = await copyOf(base);
    await breakIt(world);
    if (world.git('status', '--porcelain') !== '') {
      world.git('add', '-A', 'models', 'mlc.yaml');
      world.git('commit', '-q', '--allow-empty', '-m', 'break it');
    }
  });

  test.each([[['list']], [['inventory', '--as-of', '2030-01-01']]])('%j', async (args) => {
    const { code, data } = await world.json<Listed>(args);
    expect(code).toBe(0);
    expect(data.versions.map((version) => version.version)).toEqual(versions);
    expect(data.versions[0]?.owner).toBe(owner ?? 'Ada <ada@example.com>');
    expect(Object.fromEntries(data.left_out.map((left) => [left.file, left.problems[0]?.code]))).toEqual(
      leftOut,
    );
    const { stderr } = await world.mlc(args);
    for (const file of Object.keys(leftOut)) expect(stderr).toContain(file);
  });

  test('history of all, of the model and of a version', async () => {
    for (const name of [[], ['churn'], ['churn@1.0.0']]) {
      const { code, data } = await world.json<{ entries: unknown[] }>(['history', ...name]);
      expect(code).toBe(0);
      expect(data.entries.length).toBeGreaterThan(0);
    }
  });

  test('show of another version, which names it too, or cannot do without it', async () => {
    const said = await world.mlc(['show', 'churn@1.0.0']);
    expect(said.code).toBe(show === undefined ? 1 : 0);
    expect(said.stderr).toContain(show ?? '.yaml');
  });

  test('nothing is called a bug', async () => {
    for (const args of [
      ['show', 'churn@1.0.0'],
      ['resolve', 'churn', '--env', 'production'],
      ['list', 'fraud'],
    ]) {
      const said = await world.mlc(args);
      expect([0, 1, 2], `${args.join(' ')}: ${said.stderr}`).toContain(said.code);
    }
  });
});

test('list of an environment while mlc.yaml cannot be read: what serves there, beside what is wrong', async () => {
  const world = await copyOf(base);
  await world.write('mlc.yaml', 'a: [\n');
  world.git('commit', '-qam', 'break it');
  const { code, data } = await world.json<Listed>(['list', '--env', 'production']);
  expect(code).toBe(0);
  expect(data.versions.map((version) => version.version)).toEqual(['1.0.0']);
  expect(data.left_out).toMatchObject([{ file: 'mlc.yaml', problems: [{ code: 'yaml/syntax' }] }]);
  const unknown = await world.json<ErrorAnswer>(['list', '--env', 'prodction']);
  expect(unknown.code).toBe(1);
  expect(unknown.data.error.code).toBe('record/invalid');
});

test.each([
  ['a submodule', submodule, 'path/submodule'],
  ['a link', (world: World, file: string) => link(world, file, '../elsewhere'), 'path/symlink'],
] as const)('list of a model that is %s says so, not that there is none', async (_name, replace, problem) => {
  const world = await copyOf(base);
  await replace(world, 'models/fraud');
  world.git('add', '-A');
  world.git('commit', '-q', '--allow-empty', '-m', 'break it');
  const { code, data } = await world.json<ErrorAnswer>(['list', 'fraud']);
  expect(code).toBe(1);
  expect(data.error.problems.map((found) => found.code)).toEqual([problem]);
});

test('models/ that is a link is an empty registry with something left out', async () => {
  const world = await copyOf(base);
  await link(world, 'models', 'elsewhere');
  world.git('add', '-A');
  world.git('commit', '-qm', 'break it');
  const { code, data } = await world.json<Listed>(['list']);
  expect(code).toBe(0);
  expect(data.left_out).toMatchObject([{ file: 'models', problems: [{ code: 'path/symlink' }] }]);
});
