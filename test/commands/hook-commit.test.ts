// The hook in git's hands: it judges the index, finds mlc, and leaves alone what is not the registry's.
import { chmod, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, registration, worldIn } from '../support/world.js';
import {
  type HookAnswer,
  bin,
  commit,
  hookOf,
  install,
  makePaths,
  stateOf,
  uninstall,
} from './hook-scene.js';
import { servingWorld } from './stages.js';
import { commits, copyOf } from './support.js';

const record = 'models/churn/versions/1.0.0.yaml';
let base: World;
let world: World;
let bare: string;
let equipped: string;
let refusing: string;

beforeAll(async () => {
  base = await servingWorld();
  ({ bare, equipped, refusing } = await makePaths());
});
beforeEach(async () => {
  world = await copyOf(base);
});

const inside = (...parts: string[]): string => path.join(world.folder, ...parts);
const broken = async (file = record): Promise<string> =>
  (await world.read(file)).replace('seed: 17', 'seed: lots');
const stage = async (text: string, file = record): Promise<void> => {
  await world.write(file, text);
  world.git('add', file);
};
const committed = (env: Record<string, string> = {}, folder = world.folder): string =>
  commit(folder, { PATH: equipped, ...env });

describe('a git commit', () => {
  beforeEach(async () => {
    expect(await install(world)).toMatchObject({ code: 0, data: { outcome: 'installed', warnings: [] } });
  });

  test('is refused where the staged record is bad and the working tree good', async () => {
    const good = await world.read(record);
    await stage(await broken());
    await world.write(record, good);
    const before = commits(world);
    expect(committed()).toContain('[schema/type]');
    expect(commits(world)).toBe(before);
  });

  test('passes where the staged record is good and the working tree bad', async () => {
    const bad = await broken();
    await stage(`${await world.read(record)}# seen\n`);
    await world.write(record, bad);
    expect(committed()).toBe('');
  });

  test('is refused for a deleted record, and for a deleted registry', () => {
    world.git('rm', '-q', record);
    expect(committed()).toContain('[record/deleted]');
    world.git('reset', '-q', '--hard');
    world.git('rm', '-rq', 'mlc.yaml', 'models');
    expect(committed()).not.toBe('');
  });

  test('of part of the changes is judged by that part', async () => {
    await world.write(record, await broken());
    await stage('fine\n', 'notes.txt');
    expect(committed()).toBe('');
    await stage('finer\n', 'notes.txt');
    expect(() => gitIn(world.folder, ['commit', '-qm', 'x', '--', record], { PATH: equipped })).toThrow(
      'schema/type',
    );
  });

  test('from a folder below, with another registry named in the environment', async () => {
    await stage(await broken());
    const other = (await copyOf(base)).folder;
    expect(committed({ MLC_REGISTRY: other }, inside('models', 'churn'))).toContain('[schema/type]');
  });

  test('of other files does not wait for mlc', async () => {
    await stage('fine\n', 'notes.txt');
    expect(committed({ PATH: refusing })).toBe('');
  });

  test('on a branch without a registry is left alone', async () => {
    world.git('switch', '-q', '--orphan', 'pages');
    await stage('<html>\n', 'index.html');
    await stage('a: 1\n', 'models/a.yaml');
    expect(committed({ PATH: refusing })).toBe('');
  });

  test('in another working tree of the repository', async () => {
    const tree = path.join(await temporaryFolder(), 'tree');
    world.git('worktree', 'add', '-q', '-b', 'other', tree);
    const there = worldIn(tree);
    await there.write(record, await broken());
    there.git('add', '.');
    expect(committed({}, tree)).toContain('[schema/type]');
    expect((await there.json<HookAnswer>(['hook', 'install'])).data).toMatchObject({
      outcome: 'unchanged',
      file: hookOf(world),
    });
  });
});

/** Makes the hook look for mlc on the PATH, as where the program that installed it is gone. */
async function forgetProgram(): Promise<void> {
  const text = await readFile(hookOf(world), 'utf8');
  await writeFile(hookOf(world), text.replace(/^program=.*$/m, "program='/gone/mlc.js'"));
}

test('a transition of mlc is not judged twice, and lands', async () => {
  await install(world);
  await forgetProgram();
  const args = await registration({ change: 'retraining', dataset: 'train@v3', weights: 'w3' });
  const said = await world.mlc(args, { at: '2026-03-03T09:00:00Z', env: { PATH: refusing } });
  expect(said).toMatchObject({ code: 0 });
});

describe('mlc is found', () => {
  beforeEach(async () => {
    await install(world);
    await stage(await broken());
  });

  test('where it was installed from', () => {
    expect(committed({ PATH: bare })).toContain('[schema/type]');
  });

  test('in node_modules, before that', async () => {
    await world.write('node_modules/.bin/mlc', '#!/bin/sh\necho "called: $*" >&2\nexit 1\n');
    await chmod(inside('node_modules', '.bin', 'mlc'), 0o755);
    expect(committed({ PATH: bare })).toBe('called: --registry ./ validate --staged\n');
  });

  test('on the PATH last, since other programs are called mlc too', async () => {
    expect(committed({ PATH: refusing })).toContain('[schema/type]');
    await forgetProgram();
    expect(committed({ PATH: refusing })).toBe('called: --registry ./ validate --staged\n');
  });

  test('nowhere: nothing is committed, and it is said why', async () => {
    await forgetProgram();
    expect(committed({ PATH: bare })).toContain('cannot find mlc');
  });
});

describe('a registry in a folder', () => {
  const odd = "m l's $(touch pwned)";

  beforeEach(async () => {
    await world.ok(['--registry', odd, 'init', '--name', 'inner']);
  });

  test('is named to mlc, whatever the folder is called', async () => {
    await install(world, odd);
    expect(await stateOf(world, odd)).toMatchObject({ kind: 'ours', runsMlc: true });
    await stage('schema: wrong\n', `${odd}/mlc.yaml`);
    expect(committed()).toContain('[schema/');
    expect(await readdir(world.folder)).not.toContain('pwned');
  });

  test('shares the hook with another registry of the repository', async () => {
    await install(world, odd);
    expect(await stateOf(world)).toMatchObject({ kind: 'outdated', runsMlc: false });
    expect((await install(world)).data.outcome).toBe('updated');
    for (const folder of [undefined, odd])
      expect(await stateOf(world, folder)).toMatchObject({ kind: 'ours' });
    await stage(await broken());
    expect(committed()).toContain('[schema/type]');
    world.git('reset', '-q', '--hard');
    await stage('schema: wrong\n', `${odd}/mlc.yaml`);
    expect(committed()).toContain('[schema/');

    expect((await uninstall(world)).data).toMatchObject({
      outcome: 'updated',
      warnings: [{ code: 'hook/kept' }],
    });
    expect(await stateOf(world, odd)).toMatchObject({ kind: 'ours' });
    expect((await uninstall(world, odd)).data.outcome).toBe('removed');
    expect(await stateOf(world, odd)).toMatchObject({ kind: 'none' });
  });
});

describe('the folder of hooks', () => {
  test('is made where it is missing, and the file can be run', async () => {
    await rm(inside('.git', 'hooks'), { recursive: true, force: true });
    const { data } = await install(world);
    expect(data.file).toBe(hookOf(world));
    expect((await stat(hookOf(world))).mode & 0o777).toBe(0o755);
    expect(await readdir(inside('.git', 'hooks'))).toEqual(['pre-commit']);
  });

  test('is the one of core.hooksPath, in the working tree, for any machine', async () => {
    world.git('config', 'core.hooksPath', '.githooks');
    const { data } = await install(world);
    expect(data).toMatchObject({ file: inside('.githooks', 'pre-commit'), warnings: [] });
    expect(await readFile(data.file, 'utf8')).not.toContain(bin);
    await stage(await broken());
    expect(committed()).toContain('[schema/type]');
  });

  test('outside of the repository is warned of, and leaves other repositories alone', async () => {
    const shared = path.join(await temporaryFolder(), 'hooks');
    world.git('config', 'core.hooksPath', shared);
    const { data } = await install(world);
    expect(data).toMatchObject({
      file: path.join(shared, 'pre-commit'),
      warnings: [{ code: 'hook/shared' }],
    });
    await stage(await broken());
    expect(committed()).toContain('[schema/type]');
    const other = worldIn(await temporaryFolder());
    other.git('init', '-q');
    other.git('config', 'core.hooksPath', shared);
    await other.write('models/a.yaml', 'x: 1\n');
    other.git('add', '.');
    expect(committed({ PATH: refusing }, other.folder)).toBe('');
  });

  test('that is none is told, and nothing is written', async () => {
    world.git('config', 'core.hooksPath', '/dev/null');
    expect(await install(world)).toMatchObject({ code: 2, data: { error: { code: 'hook/switched-off' } } });
  });
});
