// Registrations under all kinds of gates: checks that warn, metrics that may be missing, slices, waivers, golden data.
import { beforeAll, describe, test } from 'vitest';
import { digest } from '../support/world.js';
import { type Scene, gateFile, registryWithPast } from './attack-world.js';
import { type Honest, expectHonest, goodResults, registerWith } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

/** Puts another gate in force on main, a day before the training. */
async function gate(scene: Scene, text: string): Promise<void> {
  scene.git('checkout', '-q', 'main');
  await scene.write(gateFile, text);
  scene.commit('gate', { at: '2026-03-08T09:00:00Z' });
  scene.git('checkout', '-q', '-B', 'feature');
}

const head = 'schema: mlc/gate@1\nbaseline: {version: production, on_missing: bootstrap}\n';
const floor = '  - {id: accuracy-floor, kind: offline, metric: accuracy, min: 0.9}\n';

const registrations: Honest[] = [
  {
    name: 'a check that only warns, and fails',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor}  - {id: fast, kind: latency, metric: p95, max: 300, severity: warn}\n  - {id: cheap, kind: offline, metric: cost, max: 1, severity: warn}\n`,
      );
      await registerWith(scene, { ...goodResults, p95: 400 });
    },
  },
  {
    name: 'a metric that may be missing',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor}  - {id: fast, kind: latency, metric: p95, max: 300, on_missing: skip}\n`,
      );
      await registerWith(scene, goodResults);
    },
  },
  {
    name: 'a metric that may be missing, and is not a number',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor}  - {id: fast, kind: latency, metric: p95, max: 300, on_missing: skip}\n  - {id: warm, kind: latency, metric: p99, max: 300, severity: warn}\n`,
      );
      await registerWith(scene, { ...goodResults, p95: 'NaN', p99: [1] });
    },
  },
  {
    name: 'slices',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor}  - {id: per-country, kind: offline, metric: accuracy, slices: {by: country, min_n: 200}, min: 0.85, max_gap: {abs: 0.05}}\n`,
      );
      await registerWith(scene, {
        ...goodResults,
        slices: {
          country: {
            de: { accuracy: 0.93, n: 500 },
            fr: { accuracy: 0.9, n: 300 },
            li: { accuracy: 0.1, n: 3 },
          },
        },
      });
    },
  },
  {
    name: 'a waiver',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor}  - {id: fast, kind: latency, metric: p95, max: 300}\nwaivers:\n  - {check: fast, reason: known, by: Olga <olga@example.com>, expires: "2026-04-01"}\n`,
      );
      await registerWith(scene, { ...goodResults, p95: 400 });
    },
  },
  {
    name: 'a golden data set',
    act: async (scene) => {
      await gate(
        scene,
        `${head}golden_dataset: {name: golden, version: v1, sha256: "${digest('g')}", min_examples: 500}\nmetrics: {accuracy: {better: higher}}\nchecks:\n${floor}`,
      );
      await registerWith(scene, {
        accuracy: 0.95,
        evaluation_dataset: { name: 'golden', version: 'v1', sha256: digest('g'), examples: 900 },
      });
    },
  },
  {
    name: 'every kind of bound, and a regression of both kinds',
    act: async (scene) => {
      await gate(
        scene,
        `${head.replace('production', 'latest')}metrics: {accuracy: {better: higher}, p95: {better: lower}}\nchecks:\n${floor}  - {id: range, kind: offline, metric: accuracy, between: [0.5, 1]}\n  - {id: is, kind: offline, metric: verdict, equals: fine}\n  - {id: rel, kind: regression, metric: accuracy, max_regression: {abs: 0.001, rel: 0.2}}\n`,
      );
      await registerWith(scene, { ...goodResults, accuracy: 0.92, verdict: 'fine', p95: 1 });
    },
  },
  {
    name: 'a gate that was changed on main, and a training after that',
    act: async (scene) => {
      await gate(
        scene,
        `${head}metrics: {accuracy: {better: higher}}\nchecks:\n${floor.replace('0.9}', '0.8}')}`,
      );
      await registerWith(scene, { ...goodResults, accuracy: 0.85 });
    },
  },
];

describe('a registration under', () => {
  test.each(registrations)('$name', async (honest) => void (await expectHonest(past, honest)));
});
