// mlc due: what is overdue or coming.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { driftedWorld, soon, watchedWorld } from './watch-scene.js';

let quiet: World;
let drifted: World;
beforeAll(async () => {
  quiet = await watchedWorld();
  drifted = await driftedWorld(quiet);
});

interface Due {
  overdue: number;
  items: { kind: string; date: string | null; days: number | null; overdue: boolean; owner: string }[];
}

test('what is overdue is exit code 1 with --fail alone', async () => {
  const plain = await drifted.json<Due>(['due'], soon);
  expect([plain.code, plain.data.overdue > 0]).toEqual([0, true]);
  expect(plain.data.items[0]).toMatchObject({ kind: 'trigger', overdue: true });
  expect((await drifted.mlc(['due', '--fail'], soon)).code).toBe(1);
});

test('nothing overdue is exit code 0 with --fail too', async () => {
  expect((await quiet.mlc(['due', '--fail'], { at: '2026-03-03T09:00:00Z' })).code).toBe(0);
});

test('a report that did not come is overdue a week after', async () => {
  const { data } = await quiet.json<Due>(['due'], { at: '2026-03-20T09:00:00Z' });
  expect(data.items.find(({ kind }) => kind === 'report')).toMatchObject({ overdue: true });
});

test('--within and --owner', async () => {
  const at = { at: '2026-03-03T09:00:00Z' };
  const days = async (within: string): Promise<number> =>
    (await quiet.json<Due>(['due', '--within', within], at)).data.items.length;
  expect(await days('400')).toBeGreaterThan(await days('0'));
  const ada = await drifted.json<Due>(['due', '--owner', 'ada@example.com'], soon);
  expect(ada.data.items.length).toBeGreaterThan(0);
  expect((await drifted.json<Due>(['due', '--owner', 'grace@example.com'], soon)).data.items).toEqual([]);
});

test('off a terminal a line each: kind, about, date, days, what, owner, next', async () => {
  const { stdout } = await drifted.mlc(['due'], soon);
  for (const line of stdout.trimEnd().split('\n')) expect(line.split('\t')).toHaveLength(7);
  expect((await drifted.mlc(['due'], { ...soon, terminal: 100 })).stdout).toMatch(/overdue; first: /);
});

test.each(['x', '-1', '1.5'])('--within %s is no number of days', async (value) => {
  expect((await quiet.mlc(['due', `--within=${value}`], soon)).code).toBe(2);
});
test('an unknown model', async () => {
  expect((await quiet.mlc(['due', 'chrun'], soon)).code).toBe(2);
});
