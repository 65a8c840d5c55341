// Files of git that a power loss emptied: told as damage with the way out, never taken for records that are not there.
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { copyOf, make, morning, record, refusedUntouched, registeredWorld } from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

async function empty(world: World, file: string): Promise<void> {
  const full = path.join(world.folder, '.git', file);
  await chmod(full, 0o644);
  await writeFile(full, '');
}

function objectFile(world: World, name: string): string {
  const id = world.git('rev-parse', name);
  return `objects/${id.slice(0, 2)}/${id.slice(2)}`;
}

test('an empty file of the branch: where it stood before is named', async () => {
  const world = await copyOf(origin);
  await empty(world, 'refs/heads/main');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect([exit, error.code]).toEqual([2, 'git/broken-branch']);
  expect(error.hint).toContain('mlc doctor');
});

test('an empty index: what is lost, and how it is made again', async () => {
  const world = await copyOf(origin);
  await empty(world, 'index');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect([exit, error.code]).toEqual([2, 'git/index-damaged']);
  expect(error.hint).toContain('git reset');
});

test.each(['HEAD', 'HEAD^{tree}', 'HEAD:models/churn', `HEAD:${record}`])(
  'an empty object, %s, is damage, and no empty record',
  async (name) => {
    const world = await copyOf(origin);
    await empty(world, objectFile(world, name));
    const { exit, error } = await refusedUntouched(world, 'approve');
    expect([exit, error.code]).toEqual([2, 'git/object-damaged']);
    expect(error.hint).toContain('mlc doctor --deep');
  },
);

test('a transition that is dated before what it comes after is warned of, as the audit will find it', async () => {
  const world = await copyOf(origin);
  const late = { as: 'grace', at: '2026-02-02T09:00:00Z' };
  for (const more of [['--dry-run'], []]) {
    const { code, data } = await world.json<{ warnings: { code: string }[] }>(
      ['approve', 'churn@1.0.0', ...more],
      late,
    );
    expect([code, data.warnings.map((warning) => warning.code)]).toEqual([0, ['time/backward']]);
  }
  const audit = await world.mlc(['audit'], { at: morning });
  expect([audit.code, audit.stdout + audit.stderr]).toEqual([1, expect.stringContaining('time/backward')]);
});

test('clocks that differ by hours are no obstacle, here and to the audit', async () => {
  const world = await copyOf(origin);
  expect((await make(world, 'approve', { at: '2026-03-01T20:00:00Z' })).code).toBe(0);
  await world.ok(['audit'], { at: morning });
});
