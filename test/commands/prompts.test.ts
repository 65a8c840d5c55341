// Questions: on a terminal what is missing is asked for, and never anywhere else.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { now } from './stages.js';
import { answering, copyOf, fileWith } from './support.js';

let base: World;
beforeAll(async () => {
  base = await registryWorld();
});
const at = now;

test('register asks for everything that neither flags nor file say', async () => {
  const world = await copyOf(base);
  const results = await fileWith('results.json', '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}');
  const said = await answering(
    world,
    ['register'],
    ['churn', 'architecture', results, 'runs:/1', 'train@v1', '0123456789', '17', 'assessed'],
    { at },
  );
  expect(said).toMatchObject({ code: 0, unasked: [] });
  expect(said.stdout).toContain('churn@1.0.0');
});

test('register asks for the rest alone where a file says much', async () => {
  const world = await copyOf(base);
  const file = await fileWith(
    'evidence.yaml',
    'change: {type: architecture}\nparent_run_id: r\ndataset_version: d@1\ntraining_commit: "0123456789"\nevaluation_results: {accuracy: 0.95}\n',
  );
  const said = await answering(world, ['register', 'churn', '--from', file], ['17', 'assessed'], { at });
  expect(said).toMatchObject({ code: 0, unasked: [] });
});

test('an empty answer is asked again', async () => {
  const said = await answering(base, ['gate'], ['', '', 'nowhere', 'r.json'], { at });
  expect(said.unasked).toEqual([]);
  expect(said.code).toBe(2);
});

test('questions go to stderr, and answers to stdout', async () => {
  const world = await copyOf(base);
  const said = await answering(world, ['list'], [], { at });
  expect(said.stderr).not.toContain(': ');
  const asked = await answering(world, ['history', '--limit', '1'], [], { at });
  expect(asked.stdout).toContain('WHEN');
});

test('the end of input while it asks: exit 130, nothing changed, no stack trace', async () => {
  const said = await base.mlc(['gate'], { at, terminal: 80, typed: '' });
  expect(said.code).toBe(130);
  expect(said.stderr).not.toMatch(/\n {4}at /);
});

describe('nobody is asked', () => {
  test('off a terminal', async () => {
    const said = await base.mlc(['gate'], { at });
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('--results');
  });

  test('in CI, which may pretend to be a terminal', async () => {
    const said = await answering(base, ['gate'], ['churn'], { at, env: { CI: 'true' } });
    expect(said.code).toBe(2);
    expect(said.unasked).toEqual(['churn']);
  });

  test('with --json, even on a terminal', async () => {
    const said = await answering(base, ['gate', '--json'], ['churn'], { at });
    expect(said.code).toBe(2);
    expect(said.unasked).toEqual(['churn']);
    expect(said.stderr).toBe('');
  });
});

test('answers that were typed ahead, as when they are pasted, are all heard', async () => {
  const world = await copyOf(base);
  const typed = 'fraud\nAda\nfind fraud\nlimited\ngrace@example.com\n';
  const said = await world.mlc(['model', 'add'], { at, typed, terminal: 80 });
  expect(said.stderr).not.toContain('bug');
  expect(said.code).toBe(0);
}, 10_000);
