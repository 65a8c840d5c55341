// One committed record that is not valid: commands that look name it and go on, and those that decide refuse.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import type { ErrorAnswer } from './support.js';

const file = 'models/churn/versions/1.1.0.yaml';
let world: World;
beforeAll(async () => {
  world = await servingWorld();
  await world.write(file, (await world.read(file)).replace('seed: 17', 'seed: lots'));
  world.git('commit', '-qam', 'break it');
});

interface Listed {
  versions: { version: string }[];
  left_out: { file: string; problems: unknown[] }[];
}

describe.each([[['list']], [['list', 'churn']], [['inventory', '--as-of', '2030-01-01']]])('%j', (args) => {
  test('shows the rest, and names what it left out with the line', async () => {
    const said = await world.mlc(args, { terminal: 100, env: { NO_COLOR: '1' } });
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('churn@1.0.0');
    expect(said.stdout).not.toContain('churn@1.1.0');
    expect(said.stderr).toMatch(/1\.1\.0\.yaml:\d+:\d+: training\.seed/);
    expect(said.stderr).toContain('seed: lots');
  });

  test('for machines', async () => {
    const { data } = await world.json<Listed>(args);
    expect(data.versions.map((version) => version.version)).toEqual(['1.0.0']);
    expect(data.left_out.map((left) => left.file)).toEqual([file]);
    expect(data.left_out[0]?.problems).toHaveLength(1);
  });
});

test('show of another version works, and names the broken one', async () => {
  const said = await world.mlc(['show', 'churn@1.0.0']);
  expect(said.code).toBe(0);
  expect(said.stderr).toContain(file);
});

test.each([[['show', 'churn@1.1.0']], [['diff', 'churn@1.0.0', '1.1.0']]])(
  '%j says that the record is not valid, not that there is none',
  async (args) => {
    const said = await world.mlc(args);
    expect(said.code).not.toBe(0);
    expect(said.stderr).toMatch(/1\.1\.0\.yaml:\d+:\d+/);
    expect(said.stderr).not.toContain('no version 1.1.0');
  },
);

test('history works, and shows who broke it', async () => {
  const said = await world.mlc(['history', '--limit', '1']);
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('\tedit\tby hand\t-\tbreak it\t');
});

test.each([
  [['review', 'churn@1.0.0']],
  [['deploy', 'churn@1.0.0', '--env', 'staging']],
  [['resolve', 'churn', '--env', 'production']],
])('%j is refused: it would decide on half of the records', async (args) => {
  const { code, data } = await world.json<ErrorAnswer>(args, { at: now });
  expect(code).toBe(1);
  expect(data.error.code).toBe('record/invalid');
  expect(data.error.problems[0]).toMatchObject({ file, code: 'schema/type' });
});

test('another model is not touched by it', async () => {
  const person = [
    '--owner',
    'Ada',
    '--intended-use',
    'x',
    '--risk',
    'limited',
    '--approver',
    'grace@example.com',
  ];
  expect((await world.mlc(['model', 'add', 'fraud', ...person, '--dry-run'], { at: now })).code).toBe(0);
});
