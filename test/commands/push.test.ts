// --push: nothing is pushed unasked, what is asked arrives, and a remote that moved on is decided upon anew.
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn, worldIn } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, copyOf } from './support.js';

let base: World;
let world: World;
let remote = '';
beforeAll(async () => {
  base = await servingWorld();
});
beforeEach(async () => {
  world = await copyOf(base);
  remote = path.join(await temporaryFolder(), 'remote.git');
  gitIn(world.folder, ['clone', '-q', '--bare', world.folder, remote]);
  world.git('remote', 'add', 'origin', remote);
  world.git('fetch', '-q');
  world.git('branch', '-q', '--set-upstream-to=origin/main');
});
const at = now;
const tip = (): string => gitIn(remote, ['rev-parse', 'main']);

test('without --push nothing is pushed', async () => {
  const before = tip();
  await world.ok(['review', 'churn@1.0.0'], { at });
  expect(tip()).toBe(before);
});

test('with --push the commit is on the remote and here, and the answer says so', async () => {
  const { data } = await world.json(['review', 'churn@1.0.0', '--push'], { at });
  expect(data).toMatchObject({ pushed: true, outcome: 'done', commit: tip() });
  expect(world.git('rev-parse', 'HEAD')).toBe(tip());
  expect(world.git('status', '--porcelain')).toBe('');
});

test('what another clone pushed is fetched and decided upon', async () => {
  const folder = await temporaryFolder();
  gitIn(folder, ['clone', '-q', remote, 'other']);
  const other = worldIn(path.join(folder, 'other'));
  await other.ok(['hold', 'churn@1.1.0', '-m', 'case 12', '--push'], { at });
  const refused = await world.json<ErrorAnswer>(['deploy', 'churn@1.1.0', '--env', 'production', '--push'], {
    at,
  });
  expect(refused.code).toBe(1);
  expect(refused.data.error.problems[0]?.code).toBe('hold/open');
  await world.ok(['review', 'churn@1.1.0', '--push'], { at });
  expect(world.git('rev-parse', 'HEAD')).toBe(tip());
});

test('--dry-run --push pushes nothing', async () => {
  const before = tip();
  await world.ok(['review', 'churn@1.0.0', '--push', '--dry-run'], { at });
  expect(tip()).toBe(before);
});

test('without a remote: exit 2, the way out, and nothing committed', async () => {
  const alone = await copyOf(base);
  const head = alone.git('rev-parse', 'HEAD');
  const said = await alone.mlc(['review', 'churn@1.0.0', '--push'], { at });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('git push -u');
  expect(alone.git('rev-parse', 'HEAD')).toBe(head);
});
