// mlc resolve: what a router is told.
import { beforeAll, expect, test } from 'vitest';
import { type World, digest } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, answering, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await servingWorld();
  await world.ok(['deploy', 'churn@1.1.0', '--env', 'production'], { at: now });
  await world.ok(['deploy', 'churn@1.1.0', '--env', 'staging', '--pattern', 'shadow'], { at: now });
});

test('for machines: version, artifacts, the whole split, and the commit it was read from', async () => {
  const { code, data } = await world.json(['resolve', 'churn', '--env', 'production']);
  expect(code).toBe(0);
  expect(data).toMatchObject({
    version: '1.0.0',
    artifacts: [{ sha256: digest('w1'), kind: 'weights' }],
    split: [
      { version: '1.0.0', traffic_pct: 95, mirror_pct: 0 },
      { version: '1.1.0', traffic_pct: 5, artifacts: [{ sha256: digest('w2') }] },
    ],
    commit: world.git('rev-parse', 'HEAD'),
  });
});

test('off a terminal: a line a version, in tabs', async () => {
  expect(await world.ok(['resolve', 'churn', '--env', 'production'])).toBe(
    '1.0.0\t95\t0\ts3://models/weights\n1.1.0\t5\t0\ts3://models/weights\n',
  );
});

test.each([60, 80, 120])('on a terminal of %d columns: bars that fit', async (terminal) => {
  const said = await world.mlc(['resolve', 'churn', '--env', 'production'], { terminal });
  expect(said.stdout).toContain('█');
  expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
});

test('where nothing takes live traffic the answer is no', async () => {
  const { code, data } = await world.json<ErrorAnswer>(['resolve', 'churn', '--env', 'staging']);
  expect(code).toBe(1);
  expect(data.error.code).toBe('address/not-serving');
});

test('an unknown environment or model cannot be asked', async () => {
  const env = await world.json<ErrorAnswer>(['resolve', 'churn', '--env', 'produktion']);
  expect(env).toMatchObject({ code: 2, data: { error: { hint: 'did you mean production?' } } });
  const model = await world.json<ErrorAnswer>(['resolve', 'chrun', '--env', 'production']);
  expect(model).toMatchObject({ code: 2, data: { error: { hint: 'did you mean churn?' } } });
});

test('what is missing is asked on a terminal, and named off one', async () => {
  const said = await answering(world, ['resolve'], ['churn', 'production']);
  expect(said).toMatchObject({ code: 0, unasked: [] });
  const { code, data } = await world.json<ErrorAnswer>(['resolve']);
  expect({ code, missing: data.error.problems.length }).toEqual({ code: 2, missing: 2 });
});
