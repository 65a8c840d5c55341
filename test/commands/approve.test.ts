// mlc approve: another person than the one who registered, as many as the risk class asks.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, registeredWorld } from './stages.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registeredWorld();
});
const at = now;

test('an approver approves, and the reason is in record, commit and history', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(['approve', 'churn@1.0.0', '-m', 'numbers checked'], { at, as: 'grace' });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('registered → approved');
  expect(await world.read('models/churn/versions/1.0.0.yaml')).toContain('comment: numbers checked');
  expect(world.git('log', '-1', '--format=%B')).toContain('\nnumbers checked\n');
  expect(await world.ok(['history', 'churn@1.0.0', '--reasons'])).toContain('numbers checked');
});

test('on a terminal it names the next command', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(['approve', 'churn@1.0.0'], { at, as: 'grace', terminal: 80 });
  expect(said.stderr).toContain('mlc deploy churn@1.0.0 --env production');
});

test('--dry-run decides and commits nothing', async () => {
  const before = commits(base);
  const said = await base.mlc(['approve', 'churn@1.0.0', '--dry-run'], { at, as: 'grace' });
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('nothing was committed');
  expect(commits(base)).toBe(before);
  const refused = await base.mlc(['approve', 'churn@1.0.0', '--dry-run'], { at });
  expect(refused.code).toBe(1);
});

test('who registered it does not approve it, and who is no approver neither; both are told', async () => {
  const { code, data } = await base.json<ErrorAnswer>(['approve', 'churn@1.0.0'], { at });
  expect(code).toBe(1);
  expect(data.error.code).toBe('approve/refused');
  expect(codesOf(data)).toEqual(['approval/not-an-approver', 'approval/own-version']);
  const stranger = await base.json<ErrorAnswer>(['approve', 'churn@1.0.0'], { at, as: 'mallory' });
  expect(codesOf(stranger.data)).toEqual(['approval/not-an-approver']);
});

test('a high-risk model takes two people, and one person is not two', async () => {
  const world = await registeredWorld({ risk: 'high' });
  const first = await world.json<{ to: string; warnings: { code: string }[] }>(['approve', 'churn@1.0.0'], {
    at,
    as: 'grace',
  });
  expect(first.data).toMatchObject({ to: 'registered' });
  expect(first.data.warnings.map((warning) => warning.code)).toEqual(['approval/outstanding']);
  const twice = await world.json<ErrorAnswer>(['approve', 'churn@1.0.0'], { at, as: 'grace' });
  expect(twice.code).toBe(1);
  expect(codesOf(twice.data)).toEqual(['approval/twice']);
  const second = await world.json(['approve', 'churn@1.0.0'], { at, as: 'alan' });
  expect(second.data).toMatchObject({ to: 'approved', approvals_needed: 2 });
});

test('without a version it asks on a terminal, and names it off one', async () => {
  const world = await copyOf(base);
  const said = await answering(world, ['approve'], ['churn@1.0.0'], { at, as: 'grace' });
  expect(said).toMatchObject({ code: 0, unasked: [] });
  const off = await base.json<ErrorAnswer>(['approve'], { at, as: 'grace' });
  expect(off).toMatchObject({ code: 2, data: { error: { code: 'input/missing' } } });
});
