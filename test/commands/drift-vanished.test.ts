// mlc drift: a column that is in the reference and not in the current data.
import { beforeAll, expect, test } from 'vitest';
import { normal } from '../lifecycle/drift/support.js';
import type { World } from '../support/world.js';
import { servingWorld } from './stages.js';
import type { ErrorAnswer } from './support.js';

interface DriftAnswer {
  verdict: string;
  observations: { name: string }[];
}

let world: World;
beforeAll(async () => {
  world = await servingWorld();
  const reference = normal(500, 0, 1).map(
    (value, index) => `${value},${index % 2 ? 'plus' : 'pro'},${index}`,
  );
  await world.write('reference.csv', `tenure,plan,id\n${reference.join('\n')}\n`);
  await world.write('narrow.csv', `tenure\n${normal(400, 0, 2).join('\n')}\n`);
});

const args = (current: string): string[] => [
  'drift',
  'churn',
  '--reference',
  'reference.csv',
  '--current',
  current,
];

test('a column that vanished is unmeasured, in the report and in the table, and no drift', async () => {
  const { code, data } = await world.json<DriftAnswer>(args('narrow.csv'));
  expect([code, data.verdict]).toEqual([0, 'unmeasured']);
  expect(data.observations.filter(({ name }) => name === 'plan')).toEqual([
    {
      name: 'plan',
      method: 'psi',
      value: null,
      threshold: 0.2,
      breached: null,
      unmeasured: 'the current data has no such column',
    },
  ]);
  const shown = await world.mlc(args('narrow.csv'), { terminal: 140, env: { NO_COLOR: '1' } });
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/^plan .*unmeasured/m);
  expect(shown.stdout).toContain('2 unmeasured');
  expect(shown.stderr).toContain('only in the reference: plan and id');
});

test('no common column at all is refused', async () => {
  await world.write('other.csv', 'a,b\n1,2\n');
  const { code, data } = await world.json<ErrorAnswer>(args('other.csv'));
  expect([code, data.error.code]).toEqual([2, 'drift/no-columns']);
  expect(data.error.message).toContain('no column in common');
});
