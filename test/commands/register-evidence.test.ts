// mlc register: evidence from flags and from a file, results flat and nested, and what Python writes for no number.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, digest, registryWorld, simpleGate } from '../support/world.js';
import { now } from './stages.js';
import { type ErrorAnswer, codesOf, copyOf, fileWith } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registryWorld({
    gate: simpleGate
      .replaceAll('metric: accuracy', 'metric: report.accuracy')
      .replace('  accuracy: {', '  report.accuracy: {'),
  });
});
const at = now;

const evidence = {
  parent_run_id: 'runs:/file',
  dataset_version: 'train@v1',
  training_commit: '0123456789abcdef',
  training: {
    seed: 17,
    architecture: 'logistic',
    started_at: '2026-03-01T12:00:00Z',
    hyperparameters: { C: 1 },
  },
  artifacts: [{ uri: 's3://file/weights', sha256: digest('w1'), kind: 'weights' }],
  compliance: { gdpr_status: 'assessed' },
  evaluation_results: { report: { accuracy: 0.95 }, evaluation_dataset: 'golden@v1' },
  labels: { team: 'risk' },
};
const yaml = `parent_run_id: runs:/file # the run
dataset_version: train@v1
training_commit: "0123456789"
training: {seed: 17, started_at: "2026-03-01T12:00:00Z"}
compliance: {gdpr_status: assessed}
evaluation_results: {report: {accuracy: 0.95}}
`;
const record = (world: World): Promise<string> => world.read('models/churn/versions/1.0.0.yaml');
const from = async (text: string, name = 'evidence.json'): Promise<string[]> => [
  'register',
  'churn',
  '--from',
  await fileWith(name, text),
];

describe('--from', () => {
  test('a JSON file alone is enough', async () => {
    const world = await copyOf(base);
    const said = await world.mlc(await from(JSON.stringify(evidence)), { at });
    expect(said.code).toBe(0);
    const text = await record(world);
    for (const part of ['runs:/file', 's3://file/weights', 'C: 1', 'team: risk', 'name: golden'])
      expect(text).toContain(part);
  });

  test('the file that the results came from is the evidence: its digest is in record and commit', async () => {
    const world = await copyOf(base);
    const text = JSON.stringify(evidence);
    await world.ok(await from(text), { at });
    expect(await record(world)).toContain(digest(text));
    expect(world.git('log', '-1', '--format=%B')).toContain(`Mlc-Evidence: sha256:${digest(text)}`);
  });

  test('a YAML file alone is enough', async () => {
    const world = await copyOf(base);
    expect((await world.mlc(await from(yaml, 'evidence.yaml'), { at })).code).toBe(0);
    expect(await record(world)).toContain('runs:/file');
  });

  test('flags win over the file', async () => {
    const world = await copyOf(base);
    const results = await fileWith('r.json', '{"report": {"accuracy": 0.97}, "evaluation_dataset": "g@v9"}');
    const flags = ['--run', 'runs:/flag', '--dataset', 'train@v7', '--seed', '5', '--results', results];
    const more = ['--hyperparameter', 'C=2', '--hyperparameter', 'depth=3', '--gdpr-status', 'again'];
    await world.ok([...(await from(JSON.stringify(evidence))), ...flags, ...more], { at });
    const text = await record(world);
    for (const part of ['runs:/flag', 'train@v7', 'seed: 5', '0.97', 'g', 'C: 2', 'depth: 3', 'again'])
      expect(text).toContain(part);
    for (const part of ['runs:/file', '0.95', 'assessed']) expect(text).not.toContain(part);
    expect(text).toContain('logistic');
  });

  test('a misspelt key is refused with its line and what was meant', async () => {
    const text = 'parent_run_id: r\ntrainning:\n  seed: 17\n';
    const said = await base.mlc(await from(text, 'evidence.yaml'), { at });
    expect(said.code).toBe(2);
    expect(said.stderr).toMatch(/evidence\.yaml:2:\d+: the key "trainning" is not known/);
    expect(said.stderr).toContain('2 | trainning:');
    expect(said.stderr).toContain('did you mean training?');
    expect(said.stderr).toContain('mlc schema evidence');
  });

  test('what neither file nor flags say is named', async () => {
    const { code, data } = await base.json<ErrorAnswer>(await from('parent_run_id: r\n', 'e.yaml'), { at });
    expect(code).toBe(2);
    expect(data.error.problems.map((problem) => problem.hint?.split(' ')[0])).toEqual([
      '--results',
      '--dataset',
      '--commit',
      '--seed',
      '--gdpr-status',
    ]);
  });
});

describe('results', () => {
  const rest = [...'--run r --dataset t@v1 --commit 0123456789 --seed 1 --gdpr-status ok'.split(' ')];
  const register = async (text: string, name: string): Promise<string[]> => [
    ...['register', 'churn', ...rest, '--started-at', '2026-03-01T12:00:00Z', '--results'],
    await fileWith(name, text),
  ];

  test.each([
    ['flat JSON', 'r.json', '{"report.accuracy": 0.95}'],
    ['nested JSON', 'r.json', '{"report": {"accuracy": 0.95}}'],
    ['JSON under another name', 'r.txt', ' {"report": {"accuracy": 0.95}}'],
    ['YAML', 'r.yaml', 'report:\n  accuracy: 0.95\n'],
    ['YAML, .yml', 'r.yml', 'report.accuracy: 0.95\n'],
    ['a file with a byte order mark', 'r.json', '\ufeff{"report": {"accuracy": 0.95}}'],
  ])('%s is read', async (_name, file, text) => {
    const { code, data } = await base.json([...(await register(text, file)), '--dry-run'], { at });
    expect({ code, data }).toMatchObject({
      code: 0,
      data: { checks: [{ value: 0.95 }, { status: 'skipped' }] },
    });
  });

  test.each([
    ['NaN', 'r.json', '{"report": {"accuracy": NaN}}'],
    ['Infinity', 'r.json', '{"report": {"accuracy": Infinity}}'],
    ['-Infinity', 'r.json', '{"report": {"accuracy": -Infinity}}'],
    ['NaN in YAML', 'r.yaml', 'report: {accuracy: .nan}\n'],
    ['null', 'r.json', '{"report": {"accuracy": null}}'],
  ])('%s is unmeasured and refused', async (_name, file, text) => {
    const { code, data } = await base.json<ErrorAnswer>(await register(text, file), { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toContain('gate/unmeasured');
  });

  test('a metric outside of the gate that is NaN is recorded as unmeasured', async () => {
    const world = await copyOf(base);
    const text = '{"report": {"accuracy": 0.95}, "auc": NaN, "note": "NaN and Infinity in text stay"}';
    await world.ok(await register(text, 'r.json'), { at });
    expect(await record(world)).toContain('auc: unmeasured');
    expect(await record(world)).toContain('NaN and Infinity in text stay');
    expect((await world.mlc(['validate'])).code).toBe(0);
  });

  test.each([
    ['broken JSON', 'r.json', '{"report": '],
    ['a list', 'r.json', '[1, 2]'],
    ['a number', 'r.yaml', '4\n'],
    ['nothing', 'r.yaml', ''],
    ['a key that stands twice', 'r.json', '{"report.accuracy": 0.1, "report.accuracy": 0.99}'],
    ['a key that stands twice in YAML', 'r.yaml', 'report.accuracy: 0.1\nreport.accuracy: 0.99\n'],
  ])('%s cannot be read: exit 2, and the file is named', async (_name, file, text) => {
    const said = await base.mlc(await register(text, file), { at });
    expect(said.code).toBe(2);
    expect(said.stderr).toContain(file);
    expect(said.stderr).not.toMatch(/\n {4}at /);
  });
});
