// Where a transition works, and where it says why not: every kind of checkout and every state that git can be in.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, registration, runMlc, worldIn } from '../support/world.js';
import { type Transition, copyOf, made, make, morning, record, registeredWorld, stateOf } from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

describe.each<Transition>(['approve', 'register'])('%s', (which) => {
  test('works in a linked working tree, and moves its branch alone', async () => {
    const world = await copyOf(origin);
    const tree = path.join(await temporaryFolder(), 'tree');
    world.git('worktree', 'add', '-q', '-b', 'side', tree);
    const main = await stateOf(world.folder);
    const side = worldIn(tree);
    const { commit } = await made(side, which);
    expect(side.git('rev-parse', 'side')).toBe(commit);
    expect(side.git('status', '--porcelain')).toBe('');
    expect(world.git('rev-parse', 'main')).toBe(side.git('rev-parse', 'side^'));
    const after = await stateOf(world.folder);
    const changed = Object.keys({ ...main, ...after }).filter((file) => main[file] !== after[file]);
    expect(
      changed.filter((file) => !/^\.git\/(worktrees\/|refs\/heads\/side|logs\/refs\/heads\/side)/.test(file)),
    ).toEqual([]);
  });
});

test('a bare repository is refused with what to do instead', async () => {
  const bare = await temporaryFolder();
  gitIn(origin.folder, ['clone', '-q', '--bare', '.', bare]);
  const world = worldIn(bare);
  const before = await stateOf(bare);
  const said = await make(world, 'approve');
  expect(said.code).toBe(2);
  expect(JSON.parse(said.stdout)).toMatchObject({
    error: { code: 'git/bare', hint: expect.stringContaining('clone') as string },
  });
  expect(await stateOf(bare)).toEqual(before);
});

test('a shallow clone works', async () => {
  const folder = path.join(await temporaryFolder(), 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${origin.folder}`, folder]);
  const world = worldIn(folder);
  const { commit } = await made(world, 'approve');
  expect(world.git('rev-parse', 'HEAD')).toBe(commit);
  await world.ok(['validate']);
});

test.each(['folder', 'environment', 'inside'] as const)(
  'a registry in a folder of a repository works (named by %s)',
  async (how) => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'main');
    await world.write('code.py', 'pass\n');
    world.git('add', '.');
    world.git('commit', '-qm', 'code');
    const named = how === 'environment' ? { env: { MLC_REGISTRY: 'ml/registry' } } : {};
    const flag = how === 'environment' ? [] : ['--registry', how === 'inside' ? '.' : 'ml/registry'];
    const cwd = how === 'inside' ? { cwd: path.join(world.folder, 'ml/registry') } : {};
    await world.write('ml/registry/keep.txt', 'x');
    const settings = { ...named, ...cwd, at: '2026-03-01T09:00:00Z' };
    await world.ok(['init', '--name', 'test', ...flag], settings);
    await world.ok(
      [
        'model',
        'add',
        'churn',
        '--owner',
        'Ada <ada@example.com>',
        '--intended-use',
        'rank',
        '--risk',
        'limited',
        '--approver',
        'grace@example.com',
        ...flag,
      ],
      settings,
    );
    await world.write('ml/registry/models/churn/gate.yaml', await origin.read('models/churn/gate.yaml'));
    world.git('add', 'ml/registry/models');
    gitIn(world.folder, ['commit', '-qm', 'gate'], { GIT_COMMITTER_DATE: '2026-03-01T10:00:00Z' });
    await world.ok([...(await registration()), ...flag], { ...settings, at: morning });
    await world.ok(['approve', 'churn@1.0.0', ...flag], { ...settings, as: 'grace', at: morning });
    expect(world.git('show', `HEAD:ml/registry/${record}`)).toContain('approved_by: Grace');
    expect(world.git('status', '--porcelain')).toBe('?? ml/registry/keep.txt');
  },
);

test('a repository of sha256 works', async () => {
  const world = worldIn(await temporaryFolder());
  world.git('init', '-q', '-b', 'main', '--object-format=sha256');
  await world.ok(['init', '--name', 'test'], { at: '2026-03-01T09:00:00Z' });
  const gate = path.join(await temporaryFolder(), 'gate.yaml');
  await writeFile(gate, await origin.read('models/churn/gate.yaml'));
  await world.ok(
    [
      'model',
      'add',
      'churn',
      '--owner',
      'Ada <ada@example.com>',
      '--intended-use',
      'rank',
      '--risk',
      'limited',
      '--approver',
      'grace@example.com',
      '--gate',
      gate,
    ],
    { at: '2026-03-01T09:00:00Z' },
  );
  await world.ok(await registration(), { at: morning });
  const { commit } = await made(world, 'approve');
  expect(commit).toMatch(/^[0-9a-f]{64}$/);
  expect(world.git('status', '--porcelain')).toBe('');
  expect(world.git('fsck', '--strict')).toBe('');
});

test('the folder that a command starts in makes no difference', async () => {
  const world = await copyOf(origin);
  const said = await runMlc(['approve', 'churn@1.0.0'], {
    cwd: path.join(world.folder, 'models/churn'),
    as: 'grace',
    at: morning,
  });
  expect(said.code, said.stderr).toBe(0);
  expect(world.git('status', '--porcelain')).toBe('');
});
