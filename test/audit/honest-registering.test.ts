// Registrations in all their forms: replayed from their records, none of them is an alarm.
import { beforeAll, describe, test } from 'vitest';
import { digest, registration } from '../support/world.js';
import { type Scene, registryWithPast, then } from './attack-world.js';
import {
  type Honest,
  expectHonest,
  fileWith,
  fresh,
  goodResults,
  registerWith,
  training,
} from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const at = then;
const registrations: Honest[] = [
  { name: 'a retraining', act: (scene) => scene.register(training) },
  {
    name: 'another architecture',
    act: (scene) => scene.register({ ...training, change: 'architecture', architecture: 'trees' }),
  },
  {
    name: 'a configuration change, which keeps weights and training',
    act: (scene) =>
      scene.register({
        change: 'configuration',
        more: ['--artifact', `s3://prompts/p1=${digest('p1')},kind=prompt`, '--summary', 'shorter prompt'],
      }),
  },
  {
    name: 'a bump from an older version, with a target and a summary',
    act: (scene) =>
      scene.register({
        ...training,
        more: ['--bump-from', '1.0.0', '--deprecation-target', '2026-09-01', '--summary', 'on newer data'],
      }),
  },
  {
    name: 'hyperparameters, a base model, an objective and evidence numbers',
    act: (scene) =>
      scene.register({
        ...training,
        change: 'architecture',
        more: [
          ...['--hyperparameter', 'depth=3', '--hyperparameter', 'rate=0.1', '--hyperparameter', 'name=a: b'],
          ...[
            '--base-model',
            'llama@r3',
            '--objective',
            'rank',
            '--soc2-evidence',
            'E-1',
            '--risk',
            'limited',
            '--dataset-sha256',
            digest('d'),
          ],
        ],
      }),
  },
  {
    name: 'without a start of the training, and without artifacts',
    act: async (scene) => {
      const args = await registration(training);
      for (const flag of ['--started-at', '--artifact']) args.splice(args.indexOf(flag), 2);
      await scene.ok(args, { at });
    },
  },
  {
    name: 'by the date of a training commit of this repository',
    act: async (scene) => {
      await scene.write('train.py', 'print()\n');
      const commit = scene.commit('training code', { at: '2026-03-09T09:00:00Z' });
      const args = await registration(training);
      args.splice(args.indexOf('--started-at'), 2);
      args[args.indexOf('--commit') + 1] = commit;
      await scene.ok(args, { at });
    },
  },
  {
    name: 'a baseline that was measured again',
    act: async (scene) =>
      registerWith(
        scene,
        { accuracy: 0.91, evaluation_dataset: 'golden@v2' },
        '--baseline-results',
        await fileWith('baseline.json', { accuracy: 0.9 }),
      ),
  },
  {
    name: 'a baseline that was measured again, with the same numbers',
    act: async (scene) =>
      registerWith(scene, goodResults, '--baseline-results', await fileWith('baseline.json', goodResults)),
  },
  {
    name: 'nested results and texts',
    act: (scene) =>
      registerWith(scene, {
        ...goodResults,
        recall: { malignant: 0.9, benign: null },
        verdict: 'fine',
        'a.b': 1,
      }),
  },
  {
    name: 'results that could not be measured',
    act: (scene) => registerWith(scene, { ...goodResults, latency: 'NaN', curve: [1, 2], flag: true }),
  },
  { name: 'results on data that nobody names', act: (scene) => registerWith(scene, { accuracy: 0.95 }) },
  {
    name: 'results on data with a digest and a size',
    act: (scene) =>
      registerWith(scene, {
        accuracy: 0.95,
        evaluation_dataset: { name: 'golden', version: 'v1', sha256: digest('g'), examples: 900 },
      }),
  },
  {
    name: 'a file of evidence',
    act: async (scene) => {
      const evidence = await fileWith(
        'evidence.yaml',
        [
          'schema: mlc/evidence@1',
          'change: {type: retraining, summary: "more data"}',
          'parent_run_id: runs:/9',
          'dataset_version: train@v9',
          'training_commit: 0123456789abcdef',
          'training:',
          '  seed: 4',
          '  started_at: "2026-03-09T12:00:00Z"',
          '  hyperparameters: {depth: 3, layers: [1, 2], rate: 1.0e-3}',
          '  datasets:',
          `    - {name: train, version: v9, role: training, sha256: "${digest('d')}", derived_from: crm@1}`,
          'artifacts:',
          `  - {uri: "s3://m/w9", sha256: "${digest('w9')}", kind: weights, size_bytes: 12}`,
          `  - {uri: "s3://m/t9", sha256: "${digest('t9')}", kind: tokenizer}`,
          'compliance: {gdpr_status: assessed, soc2_evidence_id: E-7}',
          'intended_use: {tasks: [rank], out_of_scope: [credit]}',
          'labels: {team: risk}',
          'extensions: {cost: {centre: 4711}}',
          'evaluation_results: {accuracy: 0.95, evaluation_dataset: {name: golden, version: v1}}',
          '',
        ].join('\n'),
      );
      await scene.ok(['register', 'churn', '--from', evidence], { at });
    },
  },
];

describe('a registration', () => {
  test.each(registrations)('$name', async (honest) => void (await expectHonest(past, honest)));

  test('of the first version of another model, all on one branch', async () => {
    await expectHonest(past, {
      name: '',
      act: async (scene) => {
        const owner = [
          '--owner',
          'Böb "B." <bob@example.com>',
          '--intended-use',
          'x',
          '--risk',
          'minimal',
          '--approver',
          'grace@example.com',
          '--business-owner',
          'carol@example.com',
          '--title',
          'Fraud & Co',
        ];
        await scene.ok(['model', 'add', 'fraud', ...owner], { at: '2026-03-08T09:00:00Z' });
        const args = await registration({ weights: 'f1', more: fresh });
        args[1] = 'fraud';
        await scene.ok(args, { at });
        await scene.ok(['approve', 'fraud@1.0.0'], { as: 'grace', at });
      },
      // A squash of gate and registration cannot show that the gate came first.
      squash: false,
      lands: 'merge',
    });
  });

  test('by a machine, which may register', async () => {
    await expectHonest(past, {
      name: '',
      act: async (scene) => {
        await scene.ok(await registration(training), { as: 'ci', at });
        await scene.ok(['approve', 'churn@1.3.0'], { as: 'grace', at });
        await scene.ok(['deploy', 'churn@1.3.0', '--env', 'staging'], { as: 'ci', at });
      },
    });
  });
});
