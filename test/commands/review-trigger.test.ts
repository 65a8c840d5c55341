// mlc review --trigger: a decision that answers what fired.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { type ErrorAnswer, codesOf, copyOf } from './support.js';
import { driftedWorld, soon, watchedWorld } from './watch-scene.js';

let template: World;
beforeAll(async () => {
  template = await driftedWorld(await watchedWorld());
});

const review = ['review', 'churn@1.0.0'];

test('the record keeps which triggers it answers', async () => {
  const world = await copyOf(template);
  await world.ok([...review, '--trigger', 'drift-threshold', '--trigger', 'calendar', '-m', 'season'], soon);
  expect(await world.read('models/churn/versions/1.0.0.yaml')).toMatch(
    /triggers:\n\s+- drift-threshold\n\s+- calendar/,
  );
  expect((await world.mlc(['triggers'], soon)).code).toBe(0);
});

test('answering needs a reason', async () => {
  const said = await template.json<ErrorAnswer>([...review, '--trigger', 'calendar'], soon);
  expect([said.code, codesOf(said.data)]).toEqual([1, ['reason/missing']]);
});

test('a trigger that is none', async () => {
  expect((await template.mlc([...review, '--trigger', 'mood', '-m', 'x'], soon)).code).toBe(2);
});

test('the same trigger twice is one', async () => {
  const world = await copyOf(template);
  const twice = [...review, '--trigger', 'calendar', '--trigger', 'calendar', '-m', 'x'];
  expect((await world.mlc(twice, soon)).code).toBe(0);
});
