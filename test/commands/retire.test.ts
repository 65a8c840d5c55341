// mlc retire: by flags, by a file, what blocks with the way out, and withdrawing.
import { beforeAll, describe, expect, test } from 'vitest';
import { type World, digest } from '../support/world.js';
import { deprecatedWorld, muchLater, now } from './stages.js';
import { type ErrorAnswer, codesOf, commits, copyOf, fileWith } from './support.js';

let base: World;
beforeAll(async () => {
  base = await deprecatedWorld();
});
const at = muchLater;
const first = 'churn@1.0.0';
const storage = ['--cold-storage', `${digest('w1')}=s3://cold/w1`];
const confirmed = ['--compliance-confirmed-by', 'Grace <grace@example.com>'];
const whole = ['retire', first, ...storage, ...confirmed];
const record = (world: World): Promise<string> => world.read('models/churn/versions/1.0.0.yaml');

test('with flags: the record keeps digest, place, period, who confirmed, and when it served', async () => {
  const world = await copyOf(base);
  const said = await world.mlc(whole, { at });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('deprecated → retired');
  const text = await record(world);
  for (const part of [
    'status: retired',
    's3://cold/w1',
    '2031-06-01',
    'Grace <grace',
    'superseded',
    'served:',
  ])
    expect(text).toContain(part);
  expect((await world.mlc(['validate'])).code).toBe(0);
  expect(world.git('ls-files', 'models/churn/versions')).toContain('1.0.0.yaml');
});

test('with a file, YAML or JSON; flags add to it and win', async () => {
  const world = await copyOf(base);
  const file = await fileWith(
    'retirement.yaml',
    `reason: from the file\ncold_storage:\n  - {sha256: ${digest('w1')}, location: "s3://file/w1"}\ncompliance_confirmed_by: Alan\n`,
  );
  await world.ok(['retire', first, '--from', file, '-m', 'from the flag', ...confirmed], { at });
  const text = await record(world);
  for (const part of ['s3://file/w1', 'from the flag', 'Grace']) expect(text).toContain(part);
  expect(text).not.toContain('Alan');
  const json = await fileWith(
    'r.json',
    JSON.stringify({
      cold_storage: [{ sha256: digest('w1'), location: 's3://j', retain_until: '2040-01-01' }],
      compliance_confirmed_by: 'Alan',
    }),
  );
  const said = await base.json(['retire', first, '--from', json, '--dry-run'], { at });
  expect(said.data).toMatchObject({ cold_storage: [{ location: 's3://j', retain_until: '2040-01-01' }] });
});

test('a file with a wrong key is refused with its line', async () => {
  const file = await fileWith('r.yaml', 'reason: x\ncold_storag: []\n');
  const said = await base.mlc(['retire', first, '--from', file], { at });
  expect(said.code).toBe(2);
  expect(said.stderr).toMatch(/r\.yaml:2:\d+/);
  expect(said.stderr).toContain('did you mean cold_storage?');
  expect(said.stderr).toContain('mlc schema retirement');
});

describe('what blocks is told at once, each with the way out', () => {
  test('notice, traffic, storage, compliance', async () => {
    const world = await copyOf(base);
    await world
      .ok(['rollback', 'churn', '--env', 'production', '-m', 'x', '--dry-run'], { at: now })
      .catch(() => undefined);
    const said = await base.mlc(['retire', first], { at: now });
    expect(said.code).toBe(1);
    for (const part of [
      'runs until 2026-04-02',
      'mlc show churn@1.0.0 --notice',
      `--cold-storage ${digest('w1')}=URI`,
      '--compliance-confirmed-by',
      '3 reasons',
    ])
      expect(said.stderr).toContain(part);
  });

  test('a version that still serves: ramp, two weeks of shadow, or an earlier review', async () => {
    const world = await copyOf(base);
    await world.ok(['reinstate', first, '-m', 'back'], { at: now });
    await world.ok(['deploy', first, '--env', 'staging', '--pattern', 'shadow'], { at: now });
    await world.ok(['deprecate', first, '--successor', '1.1.0'], { at: now });
    const { code, data } = await world.json<ErrorAnswer>(whole, { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(['retire/still-serving']);
    expect(data.error.problems[0]?.hint).toMatch(/mlc ramp .*two weeks of shadow/);
    await world.ok(['ramp', first, '--env', 'staging', '--traffic', '0'], { at });
    expect((await world.mlc(whole, { at })).code).toBe(0);
  });

  test('a consumer that calls it by number: resolve, then released', async () => {
    const world = await copyOf(base);
    const model = await world.read('models/churn/model.yaml');
    await world.write(
      'models/churn/model.yaml',
      `${model}consumers:\n  - {name: billing, kind: service, pinned_version: "1.0.0"}\n`,
    );
    world.git('commit', '-qam', 'consumer');
    const { data } = await world.json<ErrorAnswer>(whole, { at });
    expect(codesOf(data)).toEqual(['retire/consumer-pinned']);
    expect(data.error.problems[0]?.hint).toMatch(/mlc resolve churn .*--consumer-released billing/);
    const wrong = await world.json<ErrorAnswer>([...whole, '--consumer-released', 'biling'], { at });
    expect(codesOf(wrong.data)).toContain('retire/unknown-consumer');
    await world.ok([...whole, '--consumer-released', 'billing'], { at });
    expect(await world.read('models/churn/model.yaml')).not.toContain('pinned_version');
  });

  test('a hold', async () => {
    const world = await copyOf(base);
    await world.ok(['hold', first, '-m', 'case 12'], { at: now });
    const { data } = await world.json<ErrorAnswer>(whole, { at });
    expect(codesOf(data)).toEqual(['hold/open']);
  });

  test('another digest than was registered', async () => {
    const args = ['retire', first, '--cold-storage', `${digest('other')}=s3://x`, ...confirmed];
    const { data } = await base.json<ErrorAnswer>(args, { at });
    expect(codesOf(data)).toEqual(['retire/digest-mismatch', 'retire/not-stored']);
  });

  test('a kind that no rule keeps', async () => {
    const world = await copyOf(base);
    const config = await world.read('mlc.yaml');
    await world.write('mlc.yaml', config.replace(/ {2}retention:[^]*$/, ''));
    world.git('commit', '-qam', 'no rules');
    const { data } = await world.json<ErrorAnswer>(whole, { at });
    expect(codesOf(data)).toEqual(['retire/no-retention-rule', 'retire/no-retention-rule']);
    const rules = ['--retain', 'weights=P5Y', '--retain', 'training_data=P2Y'];
    expect((await world.mlc([...whole, ...rules], { at })).code).toBe(0);
  });
});

describe('--withdraw', () => {
  const withdraw = ['retire', 'churn@1.1.0', '--withdraw', '--cold-storage', `${digest('w2')}=s3://cold/w2`];

  test('needs a reason and a second person', async () => {
    const { code, data } = await base.json<ErrorAnswer>(
      [...withdraw, '--compliance-confirmed-by', 'Ada <ada@example.com>'],
      { at },
    );
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(expect.arrayContaining(['reason/missing', 'retire/second-person']));
  });

  test('skips the notice alone: traffic still blocks', async () => {
    const { data } = await base.json<ErrorAnswer>([...withdraw, ...confirmed, '-m', 'unlawful data'], { at });
    expect(codesOf(data)).toEqual(['retire/still-serving']);
  });

  test('is done once the traffic is gone', async () => {
    const world = await copyOf(base);
    await world.ok(['ramp', 'churn@1.1.0', '--env', 'production', '--traffic', '0'], { at });
    const { data } = await world.json([...withdraw, ...confirmed, '-m', 'unlawful data'], { at });
    expect(data).toMatchObject({ to: 'retired', withdrawn: true });
    expect(await world.ok(['show', 'churn@1.1.0'])).toContain('withdrawn');
  });
});

test('not deprecated: refused with both ways out; retired: final', async () => {
  const { data } = await base.json<ErrorAnswer>(['retire', 'churn@1.1.0'], { at });
  const hints = data.error.problems.map((problem) => problem.hint ?? '').join(' ');
  expect(hints).toContain('mlc deprecate churn@1.1.0');
  expect(hints).toContain('--withdraw');
  const world = await copyOf(base);
  await world.ok(whole, { at });
  const again = await world.json<ErrorAnswer>(whole, { at });
  expect(again.code).toBe(1);
  expect(codesOf(again.data)).toEqual(['status/not-allowed']);
});

test.each([
  ['--cold-storage', 'abc=s3://x'],
  ['--retain', 'weights=forever'],
  ['--retain', 'wieghts=P5Y'],
])('%s %s is a wrong flag: exit 2', async (flag, value) => {
  const said = await base.mlc(['retire', first, flag, value], { at });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain(value);
});

test('--dry-run commits nothing', async () => {
  const before = commits(base);
  await base.ok([...whole, '--dry-run'], { at });
  expect(commits(base)).toBe(before);
});
