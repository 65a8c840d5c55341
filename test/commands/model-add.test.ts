// mlc model add: a model with its gate, everything that is missing in one error, and names that people could mistake.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, dayOne, registryWorld } from '../support/world.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf, escape, fileWith } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registryWorld();
});

const at = dayOne;
const whole = [
  '--owner',
  'Ada',
  '--intended-use',
  'find fraud',
  '--risk',
  'limited',
  '--approver',
  'grace@example.com',
];

test('adds a model and a gate to fill in, and both are valid', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(
    [
      'model',
      'add',
      'fraud',
      ...whole,
      '--title',
      'Fraud',
      '--out-of-scope',
      'hiring',
      '--approver',
      'alan@example.com',
    ],
    { at },
  );
  expect(said).toMatchObject({ code: 0, stderr: '' });
  const model = await world.read('models/fraud/model.yaml');
  expect(model).toMatch(/^# yaml-language-server: \$schema=/);
  for (const part of ['title: Fraud', 'grace', 'alan', 'hiring', 'limited']) expect(model).toContain(part);
  expect((await world.mlc(['validate'])).code).toBe(0);
});

test('takes a gate from a file, and refuses one that is not valid with its line', async () => {
  const world = await copyOf(base);
  const good = await fileWith(
    'gate.yaml',
    'schema: mlc/gate@1\nmetrics: {f1: {better: higher}}\nchecks:\n  - {id: f1, kind: offline, metric: f1, min: 0.8}\n',
  );
  await world.ok(['model', 'add', 'fraud', ...whole, '--gate', good], { at });
  expect(await world.read('models/fraud/gate.yaml')).toContain('f1');
  const bad = await fileWith('gate.yaml', 'schema: mlc/gate@1\nchecks: []\n');
  const { code, data } = await world.json<ErrorAnswer>(['model', 'add', 'spam', ...whole, '--gate', bad]);
  expect(code).toBe(2);
  expect(data.error.problems[0]).toMatchObject({ line: 1 });
  const none = await world.json<ErrorAnswer>(['model', 'add', 'spam', ...whole, '--gate', 'none.yaml']);
  expect(none.code).toBe(2);
  expect(none.data.error).toMatchObject({ code: 'path/not-found' });
});

test('--dry-run names the files and commits nothing', async () => {
  const before = commits(base);
  const said = await base.mlc(['model', 'add', 'fraud', ...whole, '--dry-run'], { at });
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('models/fraud/model.yaml');
  expect(said.stdout).toContain('nothing was committed');
  expect(commits(base)).toBe(before);
});

test('off a terminal everything that is missing is named in one error', async () => {
  const { code, data } = await base.json<ErrorAnswer>(['model', 'add', '--title', 'x']);
  expect(code).toBe(2);
  expect(data.error.problems.map((problem) => problem.hint)).toEqual([
    '<model>',
    '--owner <person>',
    '--intended-use <text>',
    '--risk <class>',
    '--approver <person>',
  ]);
});

test('on a terminal it asks, and asks again for a value that is none of the choices', async () => {
  const world = await copyOf(base);
  const said = await answering(
    world,
    ['model', 'add', 'fraud', '--owner', 'Ada'],
    ['find fraud', 'enormous', 'high', 'grace@example.com'],
    { at },
  );
  expect(said).toMatchObject({ code: 0, unasked: [] });
  expect(said.stderr).toContain('minimal, limited, high, prohibited');
  expect(await world.read('models/fraud/model.yaml')).toContain('eu_ai_act_risk_class: high');
});

describe('names', () => {
  test.each([
    ['Fraud Detection', 2, 'name/model-id', 'try fraud-detection'],
    ['../escape', 2, 'name/model-id', 'try escape'],
    ['a..b', 2, 'name/model-id', 'try a.b'],
    ['con', 2, 'name/reserved', 'try con-model'],
    ['x'.repeat(101), 2, 'name/model-id', `try ${'x'.repeat(100)}`],
    ['churn', 1, 'model/exists', 'mlc list churn'],
    ['ch-urn', 1, 'model/collides', 'choose another id'],
  ])('%s is refused', async (id, code, kind, hint) => {
    const answer = await base.json<ErrorAnswer>(['model', 'add', id, ...whole]);
    expect(answer.code).toBe(code);
    expect(answer.data.error).toMatchObject({ code: kind, hint });
  });

  test('a name that begins with - is refused', async () => {
    const answer = await base.json<ErrorAnswer>(['model', 'add', ...whole, '--json', '--', '-x']);
    expect(answer.code).toBe(2);
  });

  test('what is suggested for a reserved name can be used', async () => {
    const world = await copyOf(base);
    const { data } = await world.json<ErrorAnswer>(['model', 'add', 'nul.txt', ...whole]);
    const suggested = (data.error.hint ?? '').replace('try ', '');
    expect((await world.mlc(['model', 'add', suggested, ...whole], { at })).code).toBe(0);
  });
});

test('a wrong class names the classes', async () => {
  const said = await base.mlc(['model', 'add', 'x1', '--risk', 'hihg']);
  expect(said.code).toBe(2);
  expect(said.stderr).toMatch(/minimal, limited, high, prohibited/);
});

test('one approver of a high-risk model is a warning, for people and for machines', async () => {
  const high = ['--owner', 'Ada', '--intended-use', 'x', '--risk', 'high', '--approver', 'grace@example.com'];
  const said = await base.mlc(['model', 'add', 'loans', ...high, '--dry-run'], { at });
  expect(said.stderr).toContain('two approvals');
  const { data } = await base.json<{ warnings: { code: string }[] }>(
    ['model', 'add', 'loans', ...high, '--dry-run'],
    { at },
  );
  expect(data.warnings.map((warning) => warning.code)).toContain('model/too-few-approvers');
});

test('escape sequences in values are refused with their place, and never reach the terminal', async () => {
  const said = await base.mlc(['model', 'add', 'x1', ...whole, '--title', `${escape}[31mred`]);
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('control character');
  expect(said.stdout + said.stderr).not.toContain(escape);
});

test('the model is there already even where only its gate is', async () => {
  const world = await copyOf(base);
  await world.write('models/spam/gate.yaml', 'schema: mlc/gate@1\n');
  world.git('add', '.');
  world.git('commit', '-qm', 'by hand');
  const { data } = await world.json<ErrorAnswer>(['model', 'add', 'spam', ...whole]);
  expect(data.error.code).toBe('model/exists');
  expect(codesOf(data)).toEqual([]);
});
