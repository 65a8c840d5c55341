// mlc gate: holds results against a gate, shows every check, and writes nothing.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, answering, commits, copyOf, fileWith, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await servingWorld();
});

const at = now;
const gate = async (text: string, name = 'results.json'): Promise<string[]> => [
  'gate',
  'churn',
  '--results',
  await fileWith(name, text),
];
const passing = '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}';

test('off a terminal: a line a check, in tabs', async () => {
  const said = await world.mlc(await gate(passing), { at });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toBe(
    [
      'accuracy-floor\taccuracy\t0.95\t-\t>= 0.9\tpass\t0.95 >= 0.9',
      'no-regression\taccuracy\t0.95\t0.95\tat most 0.01 worse\tpass\t0.95 - 0.95 = 0 <= 0.01',
      '',
    ].join('\n'),
  );
});

test.each([60, 80, 120])('on a terminal of %d columns the table fits', async (terminal) => {
  const said = await world.mlc(await gate(passing), { at, terminal });
  expect(said.stdout).toContain('CHECK');
  expect(said.stdout).toContain('churn passes its gate: 2 of 2 checks pass, against 1.0.0');
  expect(widest(said.stdout.split('\n\n')[0] ?? '')).toBeLessThanOrEqual(terminal);
});

test('a failed check is an answer with exit code 1', async () => {
  const { code, data } = await world.json<{ verdict: string; checks: { status: string }[] }>(
    await gate('{"accuracy": 0.5, "evaluation_dataset": "golden@v1"}'),
    { at },
  );
  expect(code).toBe(1);
  expect(data.verdict).toBe('fail');
  expect(data.checks.map((check) => check.status)).toEqual(['fail', 'fail']);
});

describe('what was not measured never passes', () => {
  test.each([
    ['NaN', '{"accuracy": NaN}'],
    ['Infinity', '{"accuracy": Infinity}'],
    ['-Infinity', '{"accuracy": -Infinity}'],
    ['null', '{"accuracy": null}'],
    ['absent', '{"precision": 1}'],
    ['text', '{"accuracy": "0.99"}'],
    ['a list', '{"accuracy": [0.99]}'],
    ['a truth value', '{"accuracy": true}'],
  ])('%s', async (_name, text) => {
    const { code, data } = await world.json<{ verdict: string; checks: { status: string }[] }>(
      await gate(text),
      { at },
    );
    expect(code).toBe(1);
    expect(data.verdict).toBe('error');
    expect(data.checks.map((check) => check.status)).toEqual(['error', 'error']);
  });

  test('NaN in YAML', async () => {
    const { code, data } = await world.json(await gate('accuracy: .nan\n', 'r.yaml'), { at });
    expect({ code, data }).toMatchObject({ code: 1, data: { verdict: 'error' } });
  });
});

test('results of other data than the baseline are not compared, and measuring it again is the way out', async () => {
  const other = '{"accuracy": 0.95, "evaluation_dataset": "golden@v2"}';
  const { code, data } = await world.json<{ checks: { formula: string }[] }>(await gate(other), { at });
  expect(code).toBe(1);
  expect(data.checks[1]?.formula).toContain('--baseline-results');
  const again = await fileWith('baseline.json', '{"accuracy": 0.951, "evaluation_dataset": "golden@v2"}');
  const said = await world.mlc([...(await gate(other)), '--baseline-results', again], { at });
  expect(said.code).toBe(0);
});

test('--evaluation-dataset says what the file does not', async () => {
  const args = [...(await gate('{"accuracy": 0.95}')), '--evaluation-dataset', 'golden@v2'];
  const { data } = await world.json<{ checks: { formula: string }[] }>(args, { at });
  expect(data.checks[1]?.formula).toContain('golden@v2');
});

test('writes nothing', async () => {
  const before = [commits(world), world.git('status', '--porcelain')];
  await world.mlc(await gate(passing), { at });
  expect([commits(world), world.git('status', '--porcelain')]).toEqual(before);
});

test('a model without a gate is refused, with what to write', async () => {
  const bare = await copyOf(world);
  bare.git('rm', '-q', 'models/churn/gate.yaml');
  bare.git('commit', '-qm', 'no gate');
  const { code, data } = await bare.json<ErrorAnswer>(await gate(passing), { at });
  expect(code).toBe(1);
  expect(data.error).toMatchObject({ code: 'gate/none' });
  expect(data.error.hint).toContain('models/churn/gate.yaml');
});

test('what cannot be asked: no model, no file, no flag', async () => {
  const unknown = await world.json<ErrorAnswer>(['gate', 'chrun', '--results', 'x.json']);
  expect(unknown.code).toBe(2);
  expect(unknown.data.error.hint).toContain('churn');
  const file = await world.json<ErrorAnswer>(['gate', 'churn', '--results', 'none.json']);
  expect(file).toMatchObject({ code: 2, data: { error: { code: 'path/not-found' } } });
  const missing = await world.json<ErrorAnswer>(['gate']);
  expect(missing.code).toBe(2);
  expect(missing.data.error.problems).toHaveLength(2);
});

test('on a terminal it asks for model and results', async () => {
  const file = await fileWith('results.json', passing);
  const said = await answering(world, ['gate'], ['churn', file], { at });
  expect(said).toMatchObject({ code: 0, unasked: [] });
  expect(said.stderr).toContain('mlc register churn');
});
