// mlc diff: two versions side by side.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { servingWorld } from './stages.js';
import { type ErrorAnswer, answering, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await servingWorld();
});

test('off a terminal: fields in three columns, metrics in four', async () => {
  const lines = (await world.ok(['diff', 'churn@1.0.0', 'churn@1.1.0'])).trimEnd().split('\n');
  expect(lines).toContain('dataset_version\ttrain@v1\ttrain@v2');
  expect(lines).toContain('accuracy\t0.95\t0.96\t+0.01');
});

test('every difference is told once, and none of them as JSON', async () => {
  const text = await world.ok(['diff', 'churn@1.0.0', '1.1.0']);
  const fields = text.split('\n').map((line) => line.split('\t')[0]);
  expect(fields.filter((field) => field === 'artifacts (weights)')).toHaveLength(1);
  expect(text).not.toContain('["');
});

test.each([60, 80, 120])('on a terminal of %d columns the tables fit', async (terminal) => {
  const said = await world.mlc(['diff', 'churn@production', 'latest'], { terminal, env: { NO_COLOR: '1' } });
  expect(said.stdout).toMatch(/METRIC +1\.0\.0 +1\.1\.0 +DELTA/);
  expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
});

test('what is better is green, by the gate', async () => {
  const said = await world.mlc(['diff', 'churn@1.0.0', '1.1.0'], { terminal: 80 });
  expect(said.stdout).toContain('\u001b[32m+0.01');
  const back = await world.mlc(['diff', 'churn@1.1.0', '1.0.0'], { terminal: 80 });
  expect(back.stdout).toContain('\u001b[31m-0.01');
});

test('a version compared with itself differs in nothing, and a person is told so', async () => {
  const said = await world.mlc(['diff', 'churn@1.0.0', '1.0.0'], { terminal: 80, env: { NO_COLOR: '1' } });
  expect(said.code).toBe(0);
  expect(said.stdout).not.toContain('+');
});

test('two models, an unknown version, and missing words', async () => {
  const models = await world.json<ErrorAnswer>(['diff', 'churn@1.0.0', 'fraud@1.0.0']);
  expect(models).toMatchObject({ code: 2, data: { error: { code: 'diff/two-models' } } });
  const version = await world.json<ErrorAnswer>(['diff', 'churn@1.0.0', '1.0.1']);
  expect(version).toMatchObject({ code: 2, data: { error: { code: 'address/unknown-version' } } });
  const missing = await world.json<ErrorAnswer>(['diff']);
  expect(missing.data.error.problems.map((problem) => problem.hint)).toEqual(['<a>', '<b>']);
  const asked = await answering(world, ['diff', 'churn@1.0.0'], ['1.1.0']);
  expect(asked).toMatchObject({ code: 0, unasked: [] });
});
