// mlc hold and mlc release.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, registeredWorld } from './stages.js';
import { type ErrorAnswer, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registeredWorld();
});
const at = now;
const first = 'churn@1.0.0';

test('a hold is placed with a reason, shown, and released with a reason', async () => {
  const world = await copyOf(base);
  const { data } = await world.json(['hold', first, '-m', 'case 12'], { at });
  expect(data).toMatchObject({ kind: 'legal', open_holds: 1, from: 'registered', to: 'registered' });
  expect(await world.ok(['list'])).toContain('registered (held)');
  expect(await world.ok(['show', first])).toContain('case 12');
  await world.ok(['hold', first, '--kind', 'incident', '-m', 'outage'], { at });
  const one = await world.json(['release', first, '--kind', 'incident', '-m', 'over'], { at });
  expect(one.data).toMatchObject({ released: 1, open_holds: 1 });
  const rest = await world.json(['release', first, '-m', 'closed'], { at });
  expect(rest.data).toMatchObject({ released: 1, open_holds: 0 });
  expect(await world.ok(['list'])).not.toContain('held');
  expect((await world.mlc(['validate'])).code).toBe(0);
});

test('a reason is asked for, and a hold that is not there is not released', async () => {
  const hold = await base.json<ErrorAnswer>(['hold', first], { at });
  expect(hold.code).toBe(1);
  expect(codesOf(hold.data)).toEqual(['reason/missing']);
  const release = await base.json<ErrorAnswer>(['release', first, '--kind', 'incident', '-m', 'x'], { at });
  expect(release.code).toBe(1);
  expect(codesOf(release.data)).toEqual(['release/no-hold']);
  expect(release.data.error.problems[0]?.message).toContain('incident hold');
});

test('a wrong kind names the kinds', async () => {
  const said = await base.mlc(['hold', first, '--kind', 'leagl', '-m', 'x'], { at });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('legal, incident');
});

test('--dry-run commits nothing', async () => {
  const before = commits(base);
  await base.ok(['hold', first, '-m', 'x', '--dry-run'], { at });
  expect(commits(base)).toBe(before);
});
