// mlc list: lines for programs, tables that fit for people, filters, and near misses.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { deprecatedWorld, now } from './stages.js';
import { type ErrorAnswer, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await deprecatedWorld();
  await world.ok(['deploy', 'churn@1.1.0', '--env', 'staging', '--pattern', 'shadow'], { at: now });
});
const at = now;

test('off a terminal: no titles, eight columns in tabs, values whole', async () => {
  const said = await world.mlc(['list'], { at });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  const lines = said.stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split('\t').length)).toEqual([8, 8]);
  expect(lines[0]).toBe(
    'churn@1.1.0\tdeployed\tproduction 100 %, staging shadow 100 %\t2027-03-02\tretraining\tlimited\tAda <ada@example.com>\t2026-03-02T09:00:00Z',
  );
  expect(lines[1]).toContain('\tdeprecated\t-\tnotice until 2026-04-02\t');
});

test.each([60, 80, 120])('on a terminal of %d columns the table fits, titles and all', async (terminal) => {
  const said = await world.mlc(['list'], { at, terminal, env: { NO_COLOR: '1' } });
  expect(said.stdout.split('\n')[0]).toMatch(/^VERSION +STATUS +SERVES/);
  expect(widest(said.stdout)).toBeLessThanOrEqual(terminal);
});

describe('filters', () => {
  test.each([
    [['churn'], ['1.1.0', '1.0.0']],
    [['--status', 'deprecated'], ['1.0.0']],
    [['--env', 'staging'], ['1.1.0']],
    [['churn', '--env', 'staging', '--status', 'deployed'], ['1.1.0']],
    [['--status', 'rejected'], []],
  ])('%j', async (args, versions) => {
    const { data } = await world.json<{ versions: { version: string }[] }>(['list', ...args]);
    expect(data.versions.map((version) => version.version)).toEqual(versions);
  });
});

test('near misses are suggested: a model, a status, an environment', async () => {
  const model = await world.json<ErrorAnswer>(['list', 'chrun']);
  expect(model).toMatchObject({ code: 2, data: { error: { hint: 'did you mean churn?' } } });
  const status = await world.mlc(['list', '--status', 'deplyed']);
  expect(status.code).toBe(2);
  expect(status.stderr).toContain('registered, approved, deployed, deprecated, retired, rejected');
  expect(status.stderr).toContain('did you mean deployed?');
});

test('an environment that mlc.yaml does not list is no empty list', async () => {
  const { code, data } = await world.json<ErrorAnswer>(['list', '--env', 'produciton']);
  expect(code).toBe(2);
  expect(data.error.hint).toBe('did you mean production?');
});

test('an empty registry says so to a person, with the next command, and nothing to a program', async () => {
  const empty = await registryWorld();
  expect((await empty.mlc(['list'])).stdout).toBe('');
  const said = await empty.mlc(['list'], { terminal: 80 });
  expect(said.stdout).toContain('no versions');
  expect(said.stderr).toContain('mlc register churn');
});

test('a target that has passed is marked, in colour, on a terminal', async () => {
  const said = await world.mlc(['list'], { at: '2027-06-01T00:00:00Z', terminal: 100 });
  expect(said.stdout).toContain('\u001b[31m2027-03-02');
});

test('a long list says how many', async () => {
  const many = await registryWorld();
  const record = (version: string): string =>
    `model_id: churn\nversion: "${version}"\nregistered_at: "2026-01-01T00:00:00Z"\nregistered_by: Ada\nparent_run_id: r\ndataset_version: d\ntraining_commit: abcdef0\nevaluation_results: {evaluation_dataset: g}\napproval: {gate_passed: true, approved_by: null, approved_at: null}\ncompliance: {gdpr_status: ok, eu_ai_act_risk_class: limited, soc2_evidence_id: null}\ndeployment_history: []\ndeprecation_target: "2027-01-01"\n`;
  for (let minor = 0; minor < 12; minor++)
    await many.write(`models/churn/versions/1.${minor}.0.yaml`, record(`1.${minor}.0`));
  many.git('add', '.');
  many.git('commit', '-qm', 'by hand');
  const said = await many.mlc(['list'], { terminal: 80 });
  expect(said.stdout).toContain('12 versions of 1 model');
  expect(said.stdout.indexOf('1.11.0')).toBeLessThan(said.stdout.indexOf('1.9.0'));
  expect((await many.mlc(['list'])).stdout.trimEnd().split('\n')).toHaveLength(12);
});
