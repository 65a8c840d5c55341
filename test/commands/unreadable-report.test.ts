// A report that cannot be read: what was measured by it is unknown, and nothing that asks says that all is well.
import { beforeAll, expect, test } from 'vitest';
import { type World, gitIn } from '../support/world.js';
import { driftedWorld, soon, watchedWorld } from './watch-scene.js';

const report = 'models/churn/monitoring/1.0.0/20260308T235959Z-input-drift.yaml';
let world: World;

beforeAll(async () => {
  world = await driftedWorld(await watchedWorld());
  await world.write(report, `${await world.read(report)}<<<<<<< HEAD\n`);
  const dates = { GIT_AUTHOR_DATE: soon.at ?? '', GIT_COMMITTER_DATE: soon.at ?? '' };
  gitIn(world.folder, ['commit', '-qam', 'a merge gone wrong'], dates);
});

interface Said {
  left_out: { file?: string }[];
  versions: { triggers: { type: string; state: string }[] }[];
}

test('triggers are not quiet by it, and the exit code says so', async () => {
  const { code, data } = await world.json<Said>(['triggers'], soon);
  expect(code).toBe(1);
  expect(data.left_out.map(({ file }) => file)).toEqual([report]);
  expect(data.versions[0]?.triggers.filter(({ state }) => state === 'quiet')).toEqual([]);
});

test('it is due, at once', async () => {
  const { code, data } = await world.json<{ items: object[] }>(['due', '--fail'], soon);
  expect(code).toBe(1);
  expect(data.items[0]).toMatchObject({ kind: 'unreadable', overdue: true, next: `mlc validate ${report}` });
});

test('health tells it, in the answer and in what it writes', async () => {
  const { code, data } = await world.json<Said>(['health'], soon);
  expect([code, data.left_out.length]).toEqual([1, 1]);
  const written = await world.mlc(['health', '--format', 'markdown'], soon);
  expect(written.stdout).toContain('cannot be read');
});
