// mlc ramp and mlc rollback: shares that move, and the split that an environment goes back to.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await servingWorld();
  await base.ok(['deploy', 'churn@1.1.0', '--env', 'production'], { at: now });
});
const at = now;
const ramp = (traffic: string): string[] => [
  'ramp',
  'churn@1.1.0',
  '--env',
  'production',
  '--traffic',
  traffic,
];

interface Split {
  split: { version: string; traffic_pct: number }[];
}

test('others give in proportion, and the split is shown', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(ramp('50'), { at });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('5 % to 50 % of production');
  const { data } = await world.json<Split>(['resolve', 'churn', '--env', 'production']);
  expect(data.split).toMatchObject([{ traffic_pct: 50 }, { traffic_pct: 50 }]);
});

test('at 0 % everywhere it is approved again, and the traffic goes back', async () => {
  const { data } = await base.json<Split>([...ramp('0'), '--dry-run'], { at });
  expect(data).toMatchObject({ to: 'approved', split: [{ version: '1.0.0', traffic_pct: 100 }] });
});

test('all of it suggests to deprecate who has none left', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(ramp('100'), { at, terminal: 80 });
  expect(said.stderr).toContain('mlc deprecate churn@1.0.0 --successor 1.1.0');
});

test('a share below zero is told as that alone', async () => {
  const { code, data } = await base.json<ErrorAnswer>(ramp('-5'), { at });
  expect(code).toBe(1);
  expect(codesOf(data)).toEqual(['deploy/traffic']);
});

describe('refused', () => {
  test.each([
    ['the same share', ramp('5'), ['ramp/same']],
    [
      'a version that is not there',
      ['ramp', 'churn@1.1.0', '--env', 'staging', '--traffic', '5'],
      ['ramp/not-there'],
    ],
    ['more than all', ramp('101'), ['deploy/over-100', 'deploy/traffic']],
  ])('%s', async (_name, args, codes) => {
    const { code, data } = await base.json<ErrorAnswer>(args, { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(expect.arrayContaining([codes.at(-1)]));
  });

  test('a deprecated version that should take more', async () => {
    const world = await copyOf(base);
    await world.ok(['deprecate', 'churn@1.1.0', '--without-successor', 'drift'], { at });
    const { data } = await world.json<ErrorAnswer>(ramp('50'), { at });
    expect(codesOf(data)).toEqual(['ramp/deprecated-up']);
    expect((await world.mlc(ramp('1'), { at })).code).toBe(0);
  });
});

test('--dry-run commits nothing; a missing share is asked on a terminal', async () => {
  const before = commits(base);
  await base.ok([...ramp('50'), '--dry-run'], { at });
  expect(commits(base)).toBe(before);
  const said = await answering(base, ['ramp', 'churn@1.1.0', '--env', 'production', '--dry-run'], ['20'], {
    at,
  });
  expect(said).toMatchObject({ code: 0, unasked: [] });
  const { code, data } = await base.json<ErrorAnswer>(['ramp'], { at });
  expect({ code, missing: data.error.problems.length }).toEqual({ code: 2, missing: 3 });
});

describe('rollback', () => {
  const back = ['rollback', 'churn', '--env', 'production'];

  test('goes back a step, then another, and never forward', async () => {
    const world = await copyOf(base);
    await world.ok(ramp('50'), { at });
    await world.ok([...back, '-m', 'errors doubled'], { at });
    const first = await world.json<Split>(['resolve', 'churn', '--env', 'production']);
    expect(first.data.split).toMatchObject([{ traffic_pct: 95 }, { traffic_pct: 5 }]);
    await world.ok([...back, '-m', 'again'], { at });
    const second = await world.json<Split>(['resolve', 'churn', '--env', 'production']);
    expect(second.data.split).toMatchObject([{ version: '1.0.0', traffic_pct: 100 }]);
    const third = await world.json<ErrorAnswer>(back, { at });
    expect(third.code).toBe(1);
    expect(codesOf(third.data)).toEqual(['rollback/nothing-earlier']);
  });

  test('without a reason it works, and says that the record does not say why', async () => {
    const said = await base.mlc([...back, '--dry-run'], { at });
    expect(said.code).toBe(0);
    expect(said.stderr).toContain('does not say why');
  });

  test('an environment without a past, an unknown one, and an unknown model', async () => {
    const staging = await base.json<ErrorAnswer>(['rollback', 'churn', '--env', 'staging'], { at });
    expect(codesOf(staging.data)).toEqual(['rollback/nothing-earlier']);
    const unknown = await base.json<ErrorAnswer>(['rollback', 'churn', '--env', 'prod'], { at });
    expect(unknown.data.error.problems[0]?.hint).toContain('production');
    const model = await base.json<ErrorAnswer>(['rollback', 'chrun', '--env', 'production'], { at });
    expect(model).toMatchObject({ code: 2, data: { error: { hint: 'did you mean churn?' } } });
  });
});
