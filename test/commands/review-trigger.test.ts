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

test('moving the target answers what it names alone', async () => {
  const world = await copyOf(template);
  const later = { at: '2026-03-11T09:00:00Z' };
  const move = [...review, '--until', '2027-06-01', '-m', 'extend the target'];
  await world.ok(move, later);
  expect((await world.mlc(['triggers'], later)).code).toBe(1);
  await world.ok([...move, '--trigger', 'drift-threshold'], later);
  expect((await world.mlc(['triggers'], later)).code).toBe(0);
});

test('a compliance event is answered by its name alone', async () => {
  const world = await copyOf(template);
  const duty = ['event', 'churn', '--type', 'compliance-event', '-m', 'erasure of a customer'];
  await world.ok(duty, { at: '2026-03-10T12:00:00Z' });
  const later = { at: '2026-03-11T09:00:00Z' };
  await world.ok([...review, '-m', 'season'], later);
  const open = await world.mlc(['triggers'], later);
  expect([open.code, open.stdout]).toEqual([1, expect.stringContaining('\tcompliance-event\tfired\t')]);
  await world.ok([...review, '--trigger', 'compliance-event', '-m', 'not in its data'], later);
  expect((await world.mlc(['triggers'], later)).code).toBe(0);
});

test('the same trigger twice is one', async () => {
  const world = await copyOf(template);
  const twice = [...review, '--trigger', 'calendar', '--trigger', 'calendar', '-m', 'x'];
  expect((await world.mlc(twice, soon)).code).toBe(0);
});
