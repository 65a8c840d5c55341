// Registries in unusual places: folders, worktrees, clones, beside each other, with other objects.
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { gitIn, registration, simpleGate, worldIn } from '../support/world.js';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  record,
  registryWithPast,
  sceneOf,
} from './attack-world.js';
import { endOfYear, fileWith } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const at = { at: endOfYear };
const owner = [
  '--owner',
  'Ada <ada@example.com>',
  '--intended-use',
  'x',
  '--risk',
  'limited',
  '--approver',
  'grace@example.com',
];

/** A registry that begins now, in a folder, with a life of one version. */
async function live(scene: Scene, begin: string, more: readonly string[] = []): Promise<void> {
  const gate = await fileWith('gate.yaml', simpleGate);
  const run = (args: readonly string[], when: string, as = 'ada'): Promise<string> =>
    scene.ok([...args, ...more], { as, at: when });
  await run(['model', 'add', 'churn', ...owner, '--gate', gate], begin);
  await run(await registration(), '2026-03-02T09:00:00Z');
  await run(['approve', 'churn@1.0.0'], '2026-03-03T09:00:00Z', 'grace');
  await run(
    ['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'blue-green'],
    '2026-03-04T09:00:00Z',
  );
}

const start = '2026-03-01T09:00:00Z';

describe('a registry', () => {
  test.each(['registry', 'deep/er folder/[a]*'])('in the folder %s of a larger repository', async (place) => {
    const scene = sceneOf(worldIn(await temporaryFolder()));
    scene.git('init', '-q', '-b', 'main');
    await scene.write('src/a.ts', 'a\n');
    scene.commit('code', { at: '2026-02-01T09:00:00Z' });
    const folder = path.join(scene.folder, place);
    await mkdir(folder, { recursive: true });
    await scene.ok(['init', folder, '--name', 'part'], { at: start });
    const there = ['--registry', place];
    await live(scene, start, there);
    await scene.write('src/b.ts', 'b\n');
    scene.commit('more code', { at: '2026-03-05T09:00:00Z' });
    const before = scene.git('rev-parse', 'HEAD');
    await scene.ok(['hold', 'churn@1.0.0', '-m', 'x', ...there], { at: '2026-03-06T09:00:00Z' });
    const audit = await scene.audit(there, at);
    expectClean(audit);
    expect(audit.transitions).toBe(4);
    expectClean(await scene.check(['--base', before, ...there], at));
    await scene.edit(`${place}/${record('1.0.0')}`, 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('edited', { at: '2026-03-07T09:00:00Z' });
    expectCaught(scene, await scene.audit(there, at), [
      { code: 'record/altered', says: /accuracy/, file: `${place}/${record('1.0.0')}`, commit: 'edited' },
    ]);
  });

  test('beside another one in the same repository', async () => {
    const scene = sceneOf(worldIn(await temporaryFolder()));
    scene.git('init', '-q', '-b', 'main');
    for (const place of ['one', 'two']) {
      const folder = path.join(scene.folder, place);
      await mkdir(folder);
      await scene.ok(['init', folder, '--name', place], { at: start });
    }
    await live(scene, start, ['--registry', 'one']);
    await scene.ok(['model', 'add', 'fraud', ...owner, '--registry', 'two'], { at: '2026-03-05T09:00:00Z' });
    const transitions = async (place: string, ...more: string[]): Promise<number> => {
      const audit = await scene.audit(['--registry', place, ...more], at);
      expectClean(audit);
      return audit.transitions;
    };
    expect([await transitions('one', '--forget'), await transitions('two', '--forget')]).toEqual([3, 0]);
    // Each remembers for itself what it verified.
    await scene.ok(['hold', 'churn@1.0.0', '-m', 'x', '--registry', 'one'], { at: '2026-03-06T09:00:00Z' });
    expect([await transitions('one'), await transitions('two')]).toEqual([4, 0]);
    await scene.edit('two/models/fraud/model.yaml', /owner: .*/, 'owner: Mallory <mallory@example.com>');
    scene.commit('owner', { as: 'mallory', at: '2026-03-07T09:00:00Z' });
    expectClean(await scene.audit(['--registry', 'one'], at));
    expectCaught(scene, await scene.audit(['--registry', 'two'], at), [
      { code: 'model/not-owner', says: /Mallory/, file: 'two/models/fraud/model.yaml', commit: 'owner' },
    ]);
  });

  test('with SHA-256 objects', async () => {
    const scene = sceneOf(worldIn(await temporaryFolder()));
    scene.git('init', '-q', '-b', 'main', '--object-format=sha256');
    await scene.ok(['init', '--name', 'long'], { at: start });
    await live(scene, start);
    expectClean(await scene.check(['--base', '0'.repeat(64)], at));
    expectClean(await scene.check(['--base', 'HEAD~2'], at));
    expectClean(await scene.audit([], at));
    await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('edited', { at: '2026-03-07T09:00:00Z' });
    expectCaught(scene, await scene.audit([], at), [
      { code: 'record/altered', says: /accuracy/, commit: 'edited' },
    ]);
  });

  test('that begins with the branch', async () => {
    const scene = sceneOf(worldIn(await temporaryFolder()));
    scene.git('init', '-q', '-b', 'main');
    scene.commit('code', { at: '2026-02-01T09:00:00Z' });
    scene.git('checkout', '-q', '-b', 'feature');
    await scene.ok(['init', '--name', 'new'], { at: start });
    await live(scene, start);
    const checked = await scene.check(['--base', 'main'], at);
    expectClean(checked);
    expect(checked.transitions).toBe(3);
    scene.git('checkout', '-q', 'main');
    scene.by({ at: '2026-03-05T09:00:00Z' }, 'merge', '-q', '--no-ff', '-m', 'Merge', 'feature');
    expectClean(await scene.audit([], at));
  });

  test('in a clone', async () => {
    const folder = path.join(await temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', `file://${past.folder}`, folder]);
    const clone = sceneOf(worldIn(folder));
    expectClean(await clone.audit([], at));
    expectClean(await clone.check(['--base', 'origin/main'], at));
    expectClean(await clone.check(['--base', 'origin/main', '--fetch', '--fast-forward'], at));
  });

  test('in a worktree, with a detached HEAD', async () => {
    const scene = await copyScene(past);
    const folder = path.join(await temporaryFolder(), 'tree');
    scene.git('worktree', 'add', '-q', '--detach', folder, 'HEAD');
    expectClean(await scene.audit([], { cwd: folder, ...at }));
    expectClean(await scene.check(['--base', 'main~3'], { cwd: folder, ...at }));
    // Where HEAD is on no branch, an older commit is no rewritten history.
    gitIn(folder, ['checkout', '-q', '--detach', 'main~4']);
    expectClean(await scene.audit([], { cwd: folder, ...at }));
  });
});
