// The main job once through, in one repository: from a trained model to a retired one.
import { expect, test } from 'vitest';
import { digest, registryWorld, servingVersion } from './support/world.js';

test('a version lives from registration to retirement, and history tells it', async () => {
  const world = await registryWorld();
  const first = await servingVersion(world, { accuracy: 0.93 });
  expect(first).toBe('1.0.0');
  const second = await servingVersion(
    world,
    { change: 'retraining', dataset: 'train@v2', weights: 'w2' },
    '2026-04-01T09:00:00Z',
  );
  expect(second).toBe('1.1.0');
  await world.ok(['deprecate', 'churn@1.0.0', '--successor', '1.1.0'], { at: '2026-04-02T09:00:00Z' });
  const blocked = await world.json<{ error: { problems: { code: string }[] } }>(['retire', 'churn@1.0.0'], {
    at: '2026-04-03T09:00:00Z',
  });
  expect(blocked.code).toBe(1);
  expect(blocked.data.error.problems.map((problem) => problem.code).sort()).toEqual([
    'retire/compliance-unconfirmed',
    'retire/not-stored',
    'retire/notice-running',
  ]);
  const done = await world.json<{ to: string }>(
    [
      'retire',
      'churn@1.0.0',
      '--cold-storage',
      `${digest('w1')}=s3://cold/w1`,
      '--compliance-confirmed-by',
      'Grace <grace@example.com>',
    ],
    { at: '2026-05-10T09:00:00Z' },
  );
  expect(done.data).toMatchObject({ operation: 'retire', from: 'deprecated', to: 'retired' });
  expect((await world.mlc(['validate'])).code).toBe(0);
  const { data } = await world.json<{ entries: { operation: string }[] }>(['history']);
  expect(data.entries.map((entry) => entry.operation).reverse()).toEqual([
    'init',
    'model-add',
    'register',
    'approve',
    'deploy',
    'register',
    'approve',
    'deploy',
    'deprecate',
    'retire',
  ]);
  expect(world.git('status', '--porcelain')).toBe('');
  expect(world.git('fsck', '--strict')).toBe('');
});
