// Honest work on a model's ledger: reports, events, requests, incidents and profiles. None of it is an alarm.
import { beforeAll, describe, test } from 'vitest';
import { type Scene, registryWithPast } from './attack-world.js';
import { type Honest, expectHonest } from './honest-world.js';
import { answer, begin, march, profile, psi, report, request, requestOf, settle } from './ledger-work.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const ada = (date: number, hour = 9): { at: string } => ({ at: march(date, hour) });
const grace = (date: number, hour = 9): { at: string; as: string } => ({
  at: march(date, hour),
  as: 'grace',
});
const production = ['--env', 'production'];

const reports: Honest[] = [
  {
    name: 'reports on several signals, versions and weeks',
    act: async (scene) => {
      await report(scene, ada(10), { until: 3, signal: 'latency', note: 'from the gateway' });
      await report(scene, grace(10, 10), { until: 4 });
      await report(scene, ada(10, 11), { until: 10 });
      await scene.ok(['deploy', 'churn@1.1.0', ...production], ada(11));
      await report(scene, ada(12), { version: '1.1.0', until: 12 });
      await scene.ok(['deprecate', 'churn@1.0.0', '--successor', '1.1.0'], ada(13));
      await report(scene, ada(14), { until: 14 });
    },
  },
  {
    name: 'reports of one second, more of them than could be tried in every order',
    act: async (scene) => {
      for (const until of [3, 4, 5, 6, 7, 8, 9, 10]) {
        await report(scene, ada(10), { until });
        await report(scene, ada(10), { until, signal: 'cost' });
      }
    },
  },
  {
    name: 'every verdict: of the tool, of the method, unmeasured, and with nothing to judge by',
    act: async (scene) => {
      const plain = { method: 'value', threshold: null };
      await report(scene, ada(10), {
        observations: [
          psi('a', 0.31, { breached: true }),
          psi('b', 0.1, { breached: true }),
          psi('c', 0.1, { breached: false }),
          psi('d', 0.2, { breached: false }),
          psi('e', 0.31, { breached: false }),
          psi('f', 0.2),
          { ...psi('g', 0), value: null, unmeasured: 'too few samples' },
          psi('h', 0.5, { threshold: null }),
          psi('accuracy', 0.8, { ...plain, threshold: 0.9 }),
          psi('accuracy', 0.8, plain),
          psi('unknown', 3, { method: 'of our own', threshold: 2 }),
        ],
      });
    },
  },
  {
    name: 'reference profiles, one in place of another',
    act: async (scene) => {
      await profile(scene, ada(10));
      await profile(scene, grace(11), { source: { file: 'newer.csv', sha256: 'ef'.repeat(32) } });
      await profile(scene, grace(11));
    },
  },
];

const event = (type: string, ...more: string[]): string[] => [
  'event',
  'churn',
  '--type',
  type,
  '-m',
  'x',
  ...more,
];

const events: Honest[] = [
  {
    name: 'events of every kind, twelve of them within one second',
    act: async (scene) => {
      const upstream = event(
        'upstream-change',
        '--base-model',
        'llama@7',
        '--reference',
        'https://example.com/7',
      );
      await scene.ok(upstream, ada(10));
      await scene.ok(
        event('compliance-event', '--duty', 'erasure', '--changes', 'data', '--on', '2026-03-01'),
        ada(10),
      );
      for (let count = 0; count < 10; count++)
        await scene.ok(
          event('data-accumulation', '--new-examples', String(count + 1), '--new-domain'),
          grace(10),
        );
    },
  },
];

const requests: Honest[] = [
  {
    name: 'a request that is printed, and answered',
    act: async (scene) => {
      await scene.ok([...request, '-m', 'tenure shifted'], ada(10));
      await answer(scene, ada(11), await requestOf(scene));
    },
  },
  {
    name: 'a request with its causes',
    act: async (scene) => {
      await scene.edit(
        'models/churn/model.yaml',
        /$/,
        'monitoring: {key_features: [tenure]}\ntriggers:\n  - {type: drift-threshold}\n',
      );
      scene.commit('what is watched', { as: 'ada', at: march(9) });
      await report(scene, ada(10));
      await scene.ok(request, ada(10));
    },
  },
  {
    name: 'a request sent at once, refused, sent again by another, and accepted',
    act: async (scene) => {
      await scene.ok([...request, '-m', 'x'], ada(10));
      const id = await requestOf(scene);
      await begin(scene, ada(10), id);
      await settle(scene, ada(10), id, 'refused');
      await begin(scene, grace(11), id);
      await settle(scene, ada(12), id, 'unknown');
      await begin(scene, grace(13), id);
      await begin(scene, grace(14), id);
      await settle(scene, grace(14), id, 'accepted');
      await answer(scene, ada(15), id);
    },
  },
  {
    name: 'two people who send within the second in which it was asked for',
    act: async (scene) => {
      await scene.ok([...request, '-m', 'x'], ada(10));
      const id = await requestOf(scene);
      await begin(scene, grace(10), id);
      await settle(scene, grace(10), id, 'unknown');
      for (const outcome of ['refused', 'unknown', 'accepted'] as const) {
        await begin(scene, ada(10), id);
        await settle(scene, ada(10), id, outcome);
      }
    },
  },
  {
    name: 'requests that are cancelled, before and after they were sent',
    act: async (scene) => {
      await scene.ok([...request, '-m', 'x'], ada(10));
      const id = await requestOf(scene);
      await begin(scene, ada(11), id);
      await settle(scene, ada(11, 10), id, 'accepted');
      await scene.ok(['retrain', 'churn', '--cancel', id, '-m', 'not needed'], grace(12));
      const other = [...request, '-m', 'y', '--dataset', 'train@v10', '--trigger', 'calendar'];
      await scene.ok(other, ada(13));
      await scene.ok(
        ['retrain', 'churn', '--cancel', await requestOf(scene, 'calendar'), '-m', 'no'],
        ada(13),
      );
    },
  },
  {
    name: 'asked for, answered and approved within one second',
    act: async (scene) => {
      await scene.ok([...request, '-m', 'x'], ada(10));
      await answer(scene, ada(10), await requestOf(scene));
      await scene.ok(['approve', 'churn@1.3.0'], grace(10));
    },
  },
  {
    name: 'a review that answers triggers',
    act: async (scene) => {
      await scene.ok(
        ['review', 'churn@1.0.0', '--trigger', 'drift-threshold', '--trigger', 'calendar', '-m', 'season'],
        ada(10),
      );
      await scene.ok(['review', 'churn@1.0.0', '-m', 'season'], ada(11));
    },
  },
];

describe('work on the ledger that is no alarm', () => {
  test.each([...reports, ...events, ...requests])(
    '$name',
    async (honest) => void (await expectHonest(past, honest)),
  );
});
