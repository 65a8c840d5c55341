// Drift at a glance: what list and show say of a version that has reports.
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { driftedWorld, soon, watchedWorld } from './watch-scene.js';

let world: World;

beforeAll(async () => {
  world = await driftedWorld(await watchedWorld());
});

test('list names the series that says most', async () => {
  const { data } = await world.json<{ versions: { drift: object | null }[] }>(['list'], soon);
  expect(data.versions[0]?.drift).toMatchObject({
    signal: 'input-drift',
    name: 'tenure',
    method: 'psi',
    value: 0.31,
    threshold: 0.2,
    verdict: 'breached',
  });
  const { stdout } = await world.mlc(['list'], soon);
  expect(stdout.split('\t')).toContain('psi tenure 0.31 > 0.2');
});

test('on a terminal with a sparkline', async () => {
  const { stdout } = await world.mlc(['list'], { ...soon, terminal: 140 });
  expect(stdout).toMatch(/DRIFT/);
  expect(stdout).toMatch(/[▁▂▃▄▅▆▇█] psi tenure 0\.31 > 0\.2/);
});

test('show has every series, with its points', async () => {
  const { data } = await world.json<{ monitoring: object[] }>(['show', 'churn@1.0.0'], soon);
  expect(data.monitoring).toMatchObject([
    { signal: 'input-drift', name: 'tenure', points: [{ value: 0.31, verdict: 'breached' }] },
  ]);
  const { stdout } = await world.mlc(['show', 'churn@1.0.0'], { ...soon, terminal: 120 });
  expect(stripVTControlCharacters(stdout)).toMatch(
    /Monitoring\n {2}input-drift +[▁▂▃▄▅▆▇█] {2}psi tenure 0\.31 > 0\.2/,
  );
});
