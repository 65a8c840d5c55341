// mlc register --request: the version answers a retraining request, closes it, and names it as its cause.
import { beforeAll, expect, test } from 'vitest';
import { registration } from '../support/world.js';
import type { World } from '../support/world.js';
import { type ErrorAnswer, codesOf, commits, copyOf } from './support.js';
import { driftedWorld, request, requestsOf, soon, watchedWorld } from './watch-scene.js';

let template: World;
let id = '';
beforeAll(async () => {
  template = await driftedWorld(await watchedWorld());
  id = (await template.json<{ request: string }>(request, soon)).data.request;
});

const training = { change: 'retraining', dataset: 'train@v9', weights: 'w9' } as const;
const answer = (...more: string[]): Promise<string[]> =>
  registration({ ...training, more: ['--request', id, ...more] });

test('closes the request in its own commit, and links both ways', async () => {
  const world = await copyOf(template);
  const before = commits(world);
  const { data } = await world.json<{ request: string; files: string[]; warnings: object[] }>(
    await answer(),
    soon,
  );
  expect(data).toMatchObject({ operation: 'register', version: '1.1.0', request: id, warnings: [] });
  expect([...data.files].sort()).toEqual([
    `models/churn/retraining/${id}.yaml`,
    'models/churn/versions/1.1.0.yaml',
  ]);
  expect(commits(world)).toBe(before + 1);
  expect((await requestsOf(world))[0]).toMatchObject({ closed: { outcome: 'registered', version: '1.1.0' } });
  expect(await world.read('models/churn/versions/1.1.0.yaml')).toContain(`request: ${id}`);
  expect((await world.json<{ record: object }>(['show', 'churn@1.1.0'])).data.record).toMatchObject({
    change: { request: id },
  });
  expect((await world.json<{ clean: boolean }>(['audit'], { at: '2026-03-11T09:00:00Z' })).data.clean).toBe(
    true,
  );
});

test('the same again is unchanged, and a request is answered once', async () => {
  const world = await copyOf(template);
  await world.ok(await answer(), soon);
  expect((await world.json(await answer(), soon)).data).toMatchObject({ outcome: 'unchanged' });
  const other = await registration({ ...training, weights: 'w10', seed: 18, more: ['--request', id] });
  const said = await world.json<ErrorAnswer>(other, soon);
  expect([said.code, codesOf(said.data)]).toEqual([1, ['register/request-closed']]);
});

test('trained otherwise than asked is a warning that names both', async () => {
  const world = await copyOf(template);
  const args = await registration({ ...training, dataset: 'train@v8', seed: 18, more: ['--request', id] });
  const { data } = await world.json<{ warnings: { code: string; message: string }[] }>(args, soon);
  expect(
    data.warnings
      .filter(({ code }) => code === 'register/other-than-requested')
      .map(({ message }) => message),
  ).toEqual([
    'the request asked for data train@v9, and the training says train@v8',
    'the request asked for seed 17, and the training says 18',
  ]);
});

test('an unknown request, and a dry run', async () => {
  const before = commits(template);
  const said = await template.json<ErrorAnswer>(
    await registration({ ...training, more: ['--request', 'x'] }),
    soon,
  );
  expect([said.code, codesOf(said.data)]).toEqual([2, ['register/unknown-request']]);
  expect((await template.json(await answer('--dry-run'), soon)).data).toMatchObject({
    outcome: 'planned',
    request: id,
  });
  expect(commits(template)).toBe(before);
});
