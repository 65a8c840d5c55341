// Whole lives: retirements after their notice and without one, and high-risk models.
import { beforeAll, describe, expect, test } from 'vitest';
import { digest, registration } from '../support/world.js';
import { type Scene, expectClean, registryWithPast } from './attack-world.js';
import { type Honest, endOfYear, expectHonest, fileWith } from './honest-world.js';

let past: Scene;
let highRisk: Scene;
beforeAll(async () => {
  past = await registryWithPast();
  highRisk = await registryWithPast({ risk: 'high' });
});

const day = (month: number, date: number, hour = 9): string =>
  `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

const deploy = (version: string, ...more: string[]): string[] => [
  'deploy',
  `churn@${version}`,
  '--env',
  'production',
  ...more,
];
const ramp = (version: string, traffic: string): string[] => [
  'ramp',
  `churn@${version}`,
  '--env',
  'production',
  '--traffic',
  traffic,
];
const cold = [
  '--cold-storage',
  `${digest('w2')}=s3://cold/w2`,
  '--compliance-confirmed-by',
  'Olga <olga@example.com>',
];

describe('a retirement', () => {
  const notice = ['deprecate', 'churn@1.1.0', '--successor', '1.0.0'];
  async function pinned(scene: Scene): Promise<void> {
    await scene.write(
      'models/churn/model.yaml',
      `${await scene.read('models/churn/model.yaml')}consumers:\n  - {name: crm, kind: service, pinned_version: "1.1.0", reference: "https://git/crm"}\n  - {name: board, kind: dashboard}\n`,
    );
    scene.commit('consumers', { as: 'grace', at: day(3, 6) });
  }

  test.each<Honest>([
    {
      name: 'after its notice, with what the flags say',
      act: async (scene) => {
        await scene.ok(['retire', 'churn@1.1.0', ...cold, '--retain', 'weights=P6Y', '-m', 'done'], {
          at: day(5, 1),
        });
      },
    },
    {
      name: 'from a file',
      act: async (scene) => {
        const file = await fileWith('retire.yaml', {
          schema: 'mlc/retirement@1',
          cold_storage: [{ sha256: digest('w2'), location: 's3://cold/w2', retain_until: '2040-01-01' }],
          retention: [{ kind: 'training_data', period: 'P9Y', anchor: 'retired_at', basis: 'contract' }],
          compliance_confirmed_by: 'Olga <olga@example.com>',
        });
        await scene.ok(['retire', 'churn@1.1.0', '--from', file], { at: day(5, 1) });
      },
    },
    {
      name: 'with a consumer that is released',
      act: async (scene) => {
        await pinned(scene);
        await scene.ok(['retire', 'churn@1.1.0', ...cold, '--consumer-released', 'crm'], { at: day(5, 1) });
      },
      squash: false,
    },
  ])('$name', async (honest) => {
    const scene = await expectHonest(past, {
      name: '',
      act: (it) => it.ok(notice, { at: day(3, 5) }),
      at: day(3, 6),
    });
    await expectHonest(scene, honest);
  });

  test.each<Honest>([
    {
      name: 'of a version that served, without notice',
      act: async (scene) => {
        await scene.ok(deploy('1.1.0', '--pattern', 'blue-green'), { at: day(3, 10) });
        await scene.ok(ramp('1.1.0', '0'), { at: day(3, 11) });
        await scene.ok(['retire', 'churn@1.1.0', '--withdraw', ...cold, '-m', 'erasure'], { at: day(3, 12) });
      },
    },
    {
      name: 'of one that was only registered',
      act: async (scene) => {
        await scene.ok(['release', 'churn@1.2.0', '-m', 'over'], { at: day(3, 9) });
        const stored = cold.map((word) => word.replace(digest('w2'), digest('w3')));
        await scene.ok(['retire', 'churn@1.2.0', '--withdraw', ...stored, '-m', 'unlawful data'], {
          at: day(3, 10),
        });
      },
    },
    {
      name: 'with a consumer that is released',
      act: async (scene) => {
        await pinned(scene);
        await scene.ok(
          ['retire', 'churn@1.1.0', '--withdraw', ...cold, '-m', 'x', '--consumer-released', 'crm'],
          { at: day(3, 12) },
        );
      },
      // What is pinned and released on one branch never was on main.
      squash: false,
    },
  ])('$name (withdrawn)', async (honest) => void (await expectHonest(past, honest)));
});

test('a high-risk model: two approvals, a shadow of two weeks, then live, and a later minor version without one', async () => {
  const scene = await expectHonest(highRisk, {
    name: '',
    act: async (it) => {
      await it.ok(['approve', 'churn@1.0.0'], { as: 'alan', at: day(3, 10) });
      await it.ok(deploy('1.0.0'), { at: day(3, 11) });
    },
    at: day(3, 12),
  });
  const next = await expectHonest(scene, {
    name: '',
    act: (it) => it.ok(deploy('1.0.0', '--pattern', 'canary'), { at: day(3, 26) }),
    at: day(3, 27),
  });
  await expectHonest(next, {
    name: '',
    act: async (it) => {
      const more = ['--substantial-modification', 'no', '--modification-reason', 'same task'];
      await it.register(
        { change: 'retraining', dataset: 'train@v2', weights: 'w2', more },
        { at: day(4, 1) },
      );
      for (const as of ['grace', 'alan']) await it.ok(['approve', 'churn@1.1.0'], { as, at: day(4, 2) });
      await it.ok(deploy('1.1.0'), { at: day(4, 3) });
    },
  });
});

test('the whole life of a version is counted, transition by transition', async () => {
  const scene = await expectHonest(past, {
    name: '',
    act: async (it) => {
      await it.ok(
        await registration({
          change: 'architecture',
          dataset: 'train@v8',
          weights: 'w8',
          architecture: 'trees',
          more: ['--started-at', day(3, 9)],
        }),
        { at: day(3, 10) },
      );
      await it.ok(['approve', 'churn@2.0.0'], { as: 'alan', at: day(3, 11) });
      await it.ok(deploy('2.0.0', '--pattern', 'blue-green'), { at: day(3, 12) });
      await it.ok(['deprecate', 'churn@1.0.0', '--successor', '2.0.0'], { at: day(3, 13) });
    },
  });
  const judgement = await scene.audit([], { at: endOfYear });
  expectClean(judgement);
  expect(judgement.transitions).toBe(11);
});
