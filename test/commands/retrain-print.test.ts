// mlc retrain: the request is written down, printed, cancelled, and never made twice.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf } from './support.js';
import { driftedWorld, request, requestsOf, soon, watchedWorld } from './watch-scene.js';

let template: World;
beforeAll(async () => {
  template = await driftedWorld(await watchedWorld());
});

interface Answer {
  request: string;
  sent: boolean;
  outcome: string;
  causes: { source: string }[];
  inputs: object;
  hand_over: { to: string };
}

const send = [...request, '--send'];

describe('printed', () => {
  test('the request is one file and one commit, with its causes', async () => {
    const world = await copyOf(template);
    const before = commits(world);
    const { code, data } = await world.json<Answer>([...request, '-m', 'pricing'], soon);
    expect([code, commits(world)]).toEqual([0, before + 1]);
    expect(data).toMatchObject({ operation: 'retrain', sent: false, hand_over: { to: 'print' } });
    expect(data.causes).toMatchObject([{ kind: 'report', source: '1.0.0/20260308T235959Z-input-drift' }]);
    expect(data.inputs).toEqual({ data_snapshot: 'train@v9', seed: 17, commit: '0123456789abcdef' });
    expect(data.request).toMatch(/^drift-threshold-[0-9a-f]{12}$/);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('the same again is the same; other data, seed, commit or trigger is another', async () => {
    const world = await copyOf(template);
    const ids = new Set([(await world.json<Answer>(request, soon)).data.request]);
    const again = await world.json<Answer>(request, soon);
    expect(again).toMatchObject({ code: 0, data: { outcome: 'unchanged' } });
    for (const [flag, value] of [
      ['--dataset', 'train@v10'],
      ['--seed', '18'],
      ['--commit', 'fedcba9876543210'],
      ['--trigger', 'calendar'],
    ] as const) {
      const at = request.indexOf(flag);
      const args =
        at < 0 ? [...request, flag, value] : request.map((word, index) => (index === at + 1 ? value : word));
      ids.add((await world.json<Answer>([...args, '-m', 'x'], soon)).data.request);
    }
    expect(ids.size).toBe(5);
  });

  test('a dry run commits nothing; --send of print sends nothing', async () => {
    const world = await copyOf(template);
    const before = commits(world);
    const { data } = await world.json<Answer>([...request, '--dry-run'], soon);
    expect(data).toMatchObject({ outcome: 'planned', sent: false });
    expect(commits(world)).toBe(before);
    expect((await world.json<Answer>(send, soon)).data).toMatchObject({ sent: false, outcome: 'done' });
  });

  test('cancelled, it cannot be made again', async () => {
    const world = await copyOf(template);
    const { data } = await world.json<Answer>(request, soon);
    const cancel = ['retrain', 'churn', '--cancel', data.request];
    expect(codesOf((await world.json<ErrorAnswer>(cancel, soon)).data)).toEqual(['reason/missing']);
    await world.ok([...cancel, '-m', 'no'], soon);
    expect((await requestsOf(world))[0]).toMatchObject({ closed: { outcome: 'cancelled', reason: 'no' } });
    const again = await world.json<ErrorAnswer>(request, soon);
    expect([again.code, codesOf(again.data)]).toEqual([1, ['retrain/closed']]);
  });

  test.each<[string, string[], 1 | 2]>([
    ['no trigger', ['retrain', 'churn', '--dataset', 'a@1'], 2],
    ['an unknown trigger', ['retrain', 'churn', '--trigger', 'mood', '--dataset', 'a@1'], 2],
    ['no data', ['retrain', 'churn', '--trigger', 'calendar', '-m', 'x'], 2],
    ['a seed that is none', [...request, '--seed', '1.5'], 2],
    [
      'a commit that is none',
      ['retrain', 'churn', '--trigger', 'calendar', '--dataset', 'a@1', '--commit', 'no such', '-m', 'x'],
      2,
    ],
    ['an unknown version', [...request, '--version-of', '9.0.0'], 2],
    ['an unknown model', ['retrain', 'chrun', '--trigger', 'calendar', '--dataset', 'a@1'], 2],
    ['two questions', ['retrain', 'churn', '--status', '--cancel', 'x'], 2],
    ['an unknown request', ['retrain', 'churn', '--cancel', 'x', '-m', 'x'], 2],
    ['neither cause nor reason', ['retrain', 'churn', '--trigger', 'calendar', '--dataset', 'a@1'], 1],
  ])('%s', async (_name, args, code) => {
    const before = commits(template);
    const said = await template.json<ErrorAnswer>(args, soon);
    expect([said.code, commits(template)], JSON.stringify(said.data)).toEqual([code, before]);
    expect(said.data.error.code).not.toBe('internal/bug');
  });

  test('asks on a terminal for what is missing', async () => {
    const world = await copyOf(template);
    const said = await answering(world, ['retrain', 'churn'], ['drift-threshold', 'train@v9'], soon);
    expect([said.code, said.unasked], said.stderr).toEqual([0, []]);
    expect(await requestsOf(world)).toHaveLength(1);
  });
});
