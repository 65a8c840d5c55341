// mlc register: numbers, idempotence, the training commit, configuration changes, and what is missing.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, approvedVersion, digest, registration, registryWorld } from '../support/world.js';
import { now } from './stages.js';
import { type ErrorAnswer, codesOf, commits, copyOf, fileWith } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registryWorld();
  await approvedVersion(base);
});
const at = now;
const record = (world: World, version: string): Promise<string> =>
  world.read(`models/churn/versions/${version}.yaml`);

describe('the number follows the change', () => {
  test.each([
    ['architecture', { change: 'architecture', architecture: 'boosted', weights: 'w2' }, '2.0.0'],
    ['retraining', { change: 'retraining', dataset: 'train@v2', weights: 'w2' }, '1.1.0'],
    [
      'configuration',
      { change: 'configuration', more: ['--artifact', `s3://p=${digest('p')},kind=prompt`] },
      '1.0.1',
    ],
  ] as const)('%s', async (change, training, version) => {
    const { code, data } = await base.json([...(await registration(training)), '--dry-run'], { at });
    expect({ code, data }).toMatchObject({ code: 0, data: { version, change, bumped_from: '1.0.0' } });
  });

  test('an under-declared change is refused and names the field', async () => {
    const training = { change: 'retraining', architecture: 'boosted', weights: 'w2' } as const;
    const { code, data } = await base.json<ErrorAnswer>(await registration(training), { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(['change/under-declared']);
    expect(data.error.problems[0]).toMatchObject({ hint: '--change architecture' });
    expect(data.error.problems[0]?.message).toContain('training.architecture');
  });

  test('an over-declared one is a warning', async () => {
    const training = { change: 'architecture', dataset: 'train@v2', weights: 'w2' } as const;
    const said = await base.mlc([...(await registration(training)), '--dry-run'], { at });
    expect(said.code).toBe(0);
    expect(said.stderr).toContain('MINOR');
  });
});

describe('registering again', () => {
  test('the same inputs are the same version: exit 0, nothing committed', async () => {
    const before = commits(base);
    const said = await base.mlc(await registration(), { at });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toContain('already registered as 1.0.0');
    expect(commits(base)).toBe(before);
  });

  test('the same inputs with other weights are refused', async () => {
    const { code, data } = await base.json<ErrorAnswer>(await registration({ weights: 'other' }), { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toContain('register/not-reproducible');
  });
});

test('a configuration change keeps the lineage and the weights of its parent', async () => {
  const world = await copyOf(base);
  const more = ['--artifact', `s3://prompts/1=${digest('p')},kind=prompt`];
  const said = await world.mlc(await registration({ change: 'configuration', more }), { at });
  expect(said.code).toBe(0);
  expect(said.stderr).toContain('keeps the weights of 1.0.0');
  const text = await record(world, '1.0.1');
  for (const part of ['runs:/1', 'train@v1', '0123456789abcdef', 'seed: 17', digest('w1'), digest('p')])
    expect(text).toContain(part);
  expect((await world.mlc(['validate'])).code).toBe(0);
});

describe('--commit', () => {
  const args = async (commit: string): Promise<string[]> => [
    ...(await registration({ change: 'retraining', dataset: 'train@v2', weights: 'w2' })),
    '--commit',
    commit,
  ];

  test('a revision of this repository is recorded as its id', async () => {
    const world = await copyOf(base);
    const head = world.git('rev-parse', 'HEAD');
    await world.ok(await args('HEAD'), { at });
    expect(await record(world, '1.1.0')).toMatch(new RegExp(`^training_commit: "?${head}"?$`, 'm'));
  });

  test('an id of a commit elsewhere is taken as it is', async () => {
    expect((await base.mlc([...(await args('deadbeefcafe')), '--dry-run'], { at })).code).toBe(0);
  });

  test.each(['nonsense', 'HEAD~99', '--all', 'x y'])('"%s" is refused', async (commit) => {
    const words = (await args('x')).slice(0, -2);
    const { code, data } = await base.json<ErrorAnswer>([...words, `--commit=${commit}`], { at });
    expect(code).toBe(2);
    expect(data.error).toMatchObject({ code: 'input/commit' });
  });
});

describe('what cannot be asked', () => {
  test('everything that is missing is named in one error', async () => {
    const { code, data } = await base.json<ErrorAnswer>(['register', 'churn'], { at });
    expect(code).toBe(2);
    expect(data.error.code).toBe('input/missing');
    const hints = data.error.problems.map((problem) => problem.hint?.split(' ')[0]);
    const flags = ['--change', '--results', '--run', '--dataset', '--commit', '--seed', '--gdpr-status'];
    expect(hints).toEqual(flags);
  });

  test('a missing model is named too, with the flags', async () => {
    const { code, data } = await base.json<ErrorAnswer>(['register'], { at });
    expect(code).toBe(2);
    expect(data.error.problems[0]).toMatchObject({ hint: '<model>' });
  });

  test.each([
    ['--seed', 'lots'],
    ['--seed', '1.5'],
    ['--seed', 'NaN'],
    ['--dataset', 'noversion'],
    ['--base-model', 'llama'],
    ['--artifact', 'weights.bin'],
    ['--artifact', `s3://x=${digest('x')},kind=nonsense`],
    ['--hyperparameter', 'depth'],
    ['--started-at', 'yesterday'],
    ['--dataset-sha256', 'zzz'],
    ['--deprecation-target', 'soon'],
    ['--bump-from', '9.9.9'],
    ['--results', 'none.json'],
    ['--from', 'none.yaml'],
  ])('%s %s is a wrong flag: exit 2, and the message names it', async (flag, value) => {
    const words = await registration({ change: 'retraining', dataset: 'train@v3', weights: 'w3' });
    const said = await base.mlc([...words, flag, value], { at });
    expect(said.code).toBe(2);
    expect(said.stderr).toContain(value);
  });

  test('--substantial-modification needs its reason', async () => {
    const words = [...(await registration()), '--substantial-modification', 'no'];
    const { code, data } = await base.json<ErrorAnswer>(words, { at });
    expect(code).toBe(2);
    expect(data.error.hint).toContain('--modification-reason');
  });
});

test('a prohibited practice is refused, whatever else is missing', async () => {
  const { data } = await base.json<ErrorAnswer>(['register', 'churn', '--risk', 'prohibited'], { at });
  expect(codesOf(data)).toContain('register/prohibited');
});

test('--dry-run prints the plan and commits nothing', async () => {
  const before = commits(base);
  const training = { change: 'retraining', dataset: 'train@v2', weights: 'w2' } as const;
  const said = await base.mlc([...(await registration(training)), '--dry-run'], { at });
  expect(said.stdout).toContain('churn@1.1.0');
  expect(said.stdout).toContain('nothing was committed');
  expect(commits(base)).toBe(before);
});

test('--bump-from changes another version than the newest', async () => {
  const world = await copyOf(base);
  await world.ok(await registration({ change: 'architecture', architecture: 'boosted', weights: 'w2' }), {
    at,
  });
  const training = { change: 'retraining', dataset: 'train@v9', weights: 'w3' } as const;
  const { data } = await world.json([...(await registration(training)), '--bump-from', '1.0.0'], { at });
  expect(data).toMatchObject({ version: '1.1.0', bumped_from: '1.0.0' });
});

test('results in the same file twice count once: the name of the file and its digest are recorded', async () => {
  const world = await copyOf(base);
  const text = '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}';
  const words = await registration({ change: 'retraining', dataset: 'train@v2', weights: 'w2' });
  await world.ok([...words, '--results', await fileWith('scores.json', text)], { at });
  expect(await record(world, '1.1.0')).toContain(digest(text));
  expect(world.git('log', '-1', '--format=%(trailers:key=Mlc-Evidence,valueonly)')).toBe(
    `sha256:${digest(text)}`,
  );
});
