// mlc reject: for good, with a reason, and the number stays used.
import { beforeAll, expect, test } from 'vitest';
import { type World, registration } from '../support/world.js';
import { now, registeredWorld } from './stages.js';
import { type ErrorAnswer, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registeredWorld();
});
const at = now;

test('a rejected version is final, and its number is never used again', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(['reject', 'churn@1.0.0', '-m', 'biased'], { at, as: 'grace' });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('registered → rejected');
  const approve = await world.json<ErrorAnswer>(['approve', 'churn@1.0.0'], { at, as: 'grace' });
  expect(codesOf(approve.data)).toContain('status/not-allowed');
  const same = await world.mlc(await registration(), { at });
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('already registered as 1.0.0');
  expect(same.stderr).toContain('rejected');
  const next = await world.json(await registration({ seed: 18, weights: 'w2' }), { at });
  expect(next.data).toMatchObject({ version: '2.0.0' });
});

test('it needs a reason, and one person of the approvers', async () => {
  const { code, data } = await base.json<ErrorAnswer>(['reject', 'churn@1.0.0'], { at });
  expect(code).toBe(1);
  expect(codesOf(data)).toEqual(['approval/not-an-approver', 'approval/own-version', 'reason/missing']);
});

test('an empty reason is none', async () => {
  const { code } = await base.json<ErrorAnswer>(['reject', 'churn@1.0.0', '-m', '  '], { at, as: 'grace' });
  expect(code).not.toBe(0);
});

test('--dry-run commits nothing', async () => {
  const before = commits(base);
  const said = await base.mlc(['reject', 'churn@1.0.0', '-m', 'x', '--dry-run'], { at, as: 'grace' });
  expect(said.code).toBe(0);
  expect(commits(base)).toBe(before);
});
