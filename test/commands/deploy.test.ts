// mlc deploy: patterns and their defaults, who gives traffic, and what is refused.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, approvedVersion } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await servingWorld();
});
const at = now;
const production = ['deploy', 'churn@1.1.0', '--env', 'production'];

test('a retraining is a canary by default, it says why, and both records change in one commit', async () => {
  const world = await copyOf(base);
  const before = commits(world);
  const said = await world.mlc(production, { at, terminal: 80 });
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('canary, since 1.1.0 is a retraining change');
  expect(said.stdout).toMatch(/1\.0\.0 +95 % .*█/);
  expect(said.stderr).toContain('mlc ramp churn@1.1.0 --env production --traffic 50');
  expect(commits(world)).toBe(before + 1);
  expect(world.git('show', '--name-only', '--format=').split('\n')).toEqual([
    'models/churn/versions/1.0.0.yaml',
    'models/churn/versions/1.1.0.yaml',
  ]);
});

test('the defaults follow the change', async () => {
  const world = await copyOf(base);
  await approvedVersion(world, { change: 'architecture', architecture: 'boosted', weights: 'w3' });
  await approvedVersion(world, {
    change: 'configuration',
    more: ['--artifact', `s3://p=${'a'.repeat(64)},kind=prompt`],
  });
  const shadow = await world.json(['deploy', 'churn@2.0.0', '--env', 'production', '--dry-run'], { at });
  expect(shadow.data).toMatchObject({ pattern: 'shadow' });
  const all = await world.json(['deploy', 'churn@2.0.1', '--env', 'production', '--dry-run'], { at });
  expect(all.data).toMatchObject({ pattern: 'blue-green', split: [{ version: '2.0.1', traffic_pct: 100 }] });
});

describe('shares', () => {
  test.each([
    [['--pattern', 'canary', '--traffic', '10%'], 10],
    [['--pattern', 'canary', '--traffic', '2.5'], 2.5],
    [['--pattern', 'ab', '--traffic', '50'], 50],
    [['--pattern', 'blue-green'], 100],
  ])('%j', async (more, share) => {
    const { data } = await base.json([...production, ...more, '--dry-run'], { at });
    const split = (data as { split: { version: string; traffic_pct: number }[] }).split;
    expect(split.find((entry) => entry.version === '1.1.0')?.traffic_pct).toBe(share);
    expect(split.reduce((sum, entry) => sum + entry.traffic_pct, 0)).toBe(100);
  });

  test.each([
    [['--pattern', 'canary', '--traffic', '50'], 1, 'deploy/traffic'],
    [['--pattern', 'canary', '--traffic', '0'], 1, 'deploy/traffic'],
    [['--pattern', 'blue-green', '--traffic', '50'], 1, 'deploy/traffic'],
    [['--pattern', 'shadow', '--traffic', '5'], 1, 'deploy/traffic'],
    [['--pattern', 'canary', '--mirror', '5'], 1, 'deploy/mirror'],
    [['--pattern', 'ab'], 2, 'input/traffic'],
  ])('%j is refused', async (more, code, problem) => {
    const answer = await base.json<ErrorAnswer>([...production, ...more], { at });
    expect(answer.code).toBe(code);
    expect(codesOf(answer.data)).toContain(problem);
  });

  test.each(['lots', '1e3', '0x10', '5 %%', ''])('--traffic "%s" is no number: exit 2', async (traffic) => {
    expect((await base.mlc([...production, '--traffic', traffic], { at })).code).toBe(2);
  });

  test('what a pattern allows is said in a sentence that can be read', async () => {
    const said = await base.mlc([...production, '--pattern', 'canary', '--traffic', '50'], { at });
    expect(said.stderr).not.toContain('starts with takes');
  });
});

describe('refused', () => {
  test('a version that nobody approved, with the way out', async () => {
    const world = await copyOf(base);
    const text = await world.read('models/churn/versions/1.1.0.yaml');
    expect(text).toContain('approved');
    const rejected = await world.json<ErrorAnswer>(['deploy', 'churn@1.0.0', '--env', 'production'], { at });
    expect(rejected.code).toBe(1);
    expect(codesOf(rejected.data)).toEqual(['deploy/already-live']);
    expect(rejected.data.error.problems[0]?.hint).toContain('mlc ramp churn@1.0.0');
  });

  test('an environment that mlc.yaml does not list, with a suggestion', async () => {
    const { data } = await base.json<ErrorAnswer>(['deploy', 'churn@1.1.0', '--env', 'prodution'], { at });
    expect(data.error.problems[0]).toMatchObject({ hint: 'did you mean production?' });
  });

  test('a held version', async () => {
    const world = await copyOf(base);
    await world.ok(['hold', 'churn@1.1.0', '-m', 'case 12'], { at });
    const { code, data } = await world.json<ErrorAnswer>(production, { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(['hold/open']);
  });

  test('a version that is retired or deprecated', async () => {
    const world = await copyOf(base);
    await world.ok(['deprecate', 'churn@1.1.0', '--without-successor', 'mistake'], { at });
    const { data } = await world.json<ErrorAnswer>(production, { at });
    expect(data.error.problems[0]).toMatchObject({ code: 'status/not-allowed' });
    expect(data.error.problems[0]?.hint).toContain('mlc reinstate');
  });
});

test('a wrong pattern names the patterns', async () => {
  const said = await base.mlc([...production, '--pattern', 'canery'], { at });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('shadow, canary, blue-green, ab');
});

test('what is missing is asked on a terminal, and named off one', async () => {
  const world = await copyOf(base);
  const said = await answering(world, ['deploy'], ['churn@1.1.0', 'production'], { at });
  expect(said).toMatchObject({ code: 0, unasked: [] });
  const { code, data } = await base.json<ErrorAnswer>(['deploy'], { at });
  expect(code).toBe(2);
  expect(data.error.problems.map((problem) => problem.hint)).toEqual(['<version>', '--env <name>']);
});
