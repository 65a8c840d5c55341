// mlc monitor: one report, one file, one commit.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World } from '../support/world.js';
import { type ErrorAnswer, answering, codesOf, commits, copyOf, escape, fileWith } from './support.js';
import { plainReport, recording, samples, soon, watchedWorld, week } from './watch-scene.js';

let template: World;
let world: World;
beforeAll(async () => {
  template = await watchedWorld();
});
const fresh = async (): Promise<World> => (world = await copyOf(template));

const report = 'models/churn/monitoring/1.0.0/20260308T235959Z-input-drift.yaml';

/** Runs with --json, expects that nothing was committed, and answers the codes of what is wrong. */
async function refused(args: readonly string[], code: 1 | 2): Promise<string[]> {
  const before = commits(world);
  const said = await world.json<ErrorAnswer>(args, soon);
  expect(said.code, JSON.stringify(said.data)).toBe(code);
  expect(commits(world)).toBe(before);
  return said.data.error.problems.length > 0 ? codesOf(said.data) : [said.data.error.code];
}

test('records a report as one file and one commit', async () => {
  await fresh();
  const before = commits(world);
  const { code, data } = await world.json(
    [...(await recording()), '-m', 'after the new pricing'].flat(),
    soon,
  );
  expect(code).toBe(0);
  expect(data).toMatchObject({
    operation: 'monitor',
    version: '1.0.0',
    from: 'deployed',
    to: 'deployed',
    signal: 'input-drift',
    window: { start: '2026-03-02T00:00:00Z', end: '2026-03-08T23:59:59Z' },
    observations: 1,
    breached: 1,
    unmeasured: 0,
    files: [report],
  });
  expect(commits(world)).toBe(before + 1);
  expect(await world.read(report)).toContain('verdict: breached');
  expect(world.git('log', '-1', '--format=%B')).toContain('Mlc-Operation: monitor');
  expect(world.git('status', '--porcelain')).toBe('');
});

test('the same file again is the same report, another one of that window is none', async () => {
  await fresh();
  const args = await recording();
  await world.ok(args, soon);
  const before = commits(world);
  expect((await world.json(args, soon)).data).toMatchObject({ outcome: 'unchanged', commit: null });
  expect(commits(world)).toBe(before);
  expect(await refused(await recording(await plainReport(0.1)), 1)).toEqual(['monitor/window-taken']);
});

test('a dry run commits nothing, and says what would be', async () => {
  await fresh();
  const before = commits(world);
  const said = await world.mlc(await recording(undefined, '--dry-run'), soon);
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toContain('1 of 1 breached');
  expect(commits(world)).toBe(before);
  expect(world.git('status', '--porcelain')).toBe('');
});

test('--push takes it to the remote', async () => {
  await fresh();
  const remote = await temporaryFolder();
  world.git('init', '-q', '--bare', remote);
  world.git('remote', 'add', 'origin', remote);
  world.git('push', '-q', '-u', 'origin', 'HEAD');
  const { data } = await world.json(await recording(undefined, '--push'), soon);
  expect(data).toMatchObject({ pushed: true });
  expect(world.git('ls-remote', 'origin')).toContain(world.git('rev-parse', 'HEAD'));
});

test('what could not be measured is unmeasured, and said', async () => {
  await fresh();
  const file = await plainReport('NaN');
  const said = await world.mlc(await recording(file), soon);
  expect(said.stderr).toContain('could not be measured');
  expect(await world.read(report)).toContain('verdict: unmeasured');
});

test('signal, window and samples of other forms; CSV and YAML', async () => {
  await fresh();
  const csv = await fileWith(
    'cost.csv',
    'feature,method,value,threshold\ntenure,psi,0.1,0.2\nage,psi,,0.2\n',
  );
  const window = ['--window', '2026-03-01T12:00:00Z..2026-03-08T12:00:00Z'];
  await world.ok(['monitor', 'churn@production', '--signal', 'cost', '--report', csv, ...window], soon);
  const file = 'models/churn/monitoring/1.0.0/20260308T120000Z-cost.yaml';
  expect(await world.read(file)).toMatch(/within[^]*unmeasured/);
});

test('a window that runs to today is one report, however often its file is handed in that day', async () => {
  await fresh();
  const file = await plainReport();
  const args = (start: string): string[] => [
    ...['monitor', 'churn@1.0.0', '--signal', 'input-drift', '--report', file, ...samples],
    ...['--window', `${start}..2026-03-10`],
  ];
  await world.ok(args('2026-03-04'), soon);
  const before = commits(world);
  const again = { at: '2026-03-10T15:00:00Z' };
  expect((await world.json(args('2026-03-04'), again)).data).toMatchObject({ outcome: 'unchanged' });
  expect(commits(world)).toBe(before);
  expect((await world.json(args('2026-03-05'), again)).data).toMatchObject({ outcome: 'done' });
});

test('what does not fit is left out, and said', async () => {
  await fresh();
  const many = Array.from({ length: 352 }, (_, place) => ({
    feature: `f${place}`,
    method: 'ks-statistic',
    value: 0.1,
    threshold: 0.2,
  }));
  const file = await fileWith('drift.json', JSON.stringify(many));
  const { data } = await world.json(await recording(file), soon);
  expect(data).toMatchObject({ observations: 350, left_out: 2, warnings: [{ code: 'monitor/left-out' }] });
});

describe('is refused', () => {
  test.each<[string, () => Promise<string[]>, 1 | 2, string[]]>([
    [
      'a window that is older',
      async () => [...(await recording()).slice(0, 6), '--window', '2026-02-02..2026-02-08'],
      1,
      ['monitor/older-window'],
    ],
    [
      'a window to come',
      async () => [...(await recording()).slice(0, 6), '--window', '2026-03-09..2026-03-30'],
      1,
      ['monitor/future'],
    ],
    [
      'a window before it was deployed',
      async () => [...(await recording()).slice(0, 6), '--window', '2026-02-02..2026-02-08'],
      1,
      ['monitor/before-serving'],
    ],
    ['no window', async () => (await recording()).slice(0, 6), 2, ['input/window']],
    ['an empty report', async () => recording(await fileWith('r.json', '[]')), 2, ['report/unknown-format']],
  ])('%s', async (_name, args, code, codes) => {
    await fresh();
    if (codes[0] === 'monitor/older-window') await world.ok(await recording(), soon);
    const found = await refused(await args(), code);
    expect(found).toEqual(codes);
  });

  test.each<[string, string[]]>([
    ['no version', ['monitor']],
    ['no report', ['monitor', 'churn@1.0.0']],
    ['a missing file', ['monitor', 'churn@1.0.0', '--signal', 'cost', '--report', 'nowhere.json']],
    ['an unknown signal', ['monitor', 'churn@1.0.0', '--signal', 'mood', '--report', 'x.json']],
    ['an unknown format', ['monitor', 'churn@1.0.0', '--format', 'excel', '--report', 'x.json']],
    ['an unknown version', ['monitor', 'churn@9.9.9', '--signal', 'cost', '--report', 'x.json', ...week]],
    [
      'a window of nonsense',
      ['monitor', 'churn@1.0.0', '--signal', 'cost', '--report', 'x.json', '--window', 'soon'],
    ],
    ['a batch with a version', ['monitor', 'churn@1.0.0', '--batch', '.']],
    ['a number that is none', ['monitor', 'churn@1.0.0', '--report', 'x.json', '--current-samples', 'many']],
  ])('%s, as a question that cannot be put', async (_name, args) => {
    await fresh();
    await writeFile(
      path.join(world.folder, 'x.json'),
      '[{"feature":"a","method":"psi","value":1,"threshold":0.2}]',
    );
    await refused(args, 2);
  });

  test('a report on a version that does not serve', async () => {
    await fresh();
    await world.ok(['ramp', 'churn@1.0.0', '--env', 'production', '--traffic', '0'], soon);
    expect(await refused(await recording(), 1)).toEqual(['status/not-allowed']);
  });

  test.each([
    ['broken JSON', '{"a": '],
    ['no report at all', 'hello'],
    ['bytes', '\u0000\u0001'],
    ['nothing', ''],
  ])('a file with %s', async (_name, text) => {
    await fresh();
    await refused(await recording(await fileWith('r.json', text)), 2);
  });
});

test('asks on a terminal for what is missing', async () => {
  await fresh();
  const file = await plainReport();
  const said = await answering(
    world,
    ['monitor', 'churn@1.0.0', ...samples],
    [file, 'input-drift', '2026-03-02..2026-03-08'],
    soon,
  );
  expect(said.code, said.stderr).toBe(0);
  expect(said.unasked).toEqual([]);
  expect(await world.read(report)).toContain('tenure');
});

test.each([`ten${escape}[31mure`, 'ten\u202eure', 'ten\u0007ure'])(
  'a name with %j is refused, and not shown raw',
  async (name) => {
    await fresh();
    const said = await world.mlc(await recording(await plainReport(0.31, name)), {
      ...soon,
      terminal: 80,
      env: { NO_COLOR: '1' },
    });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/U\+(?:001B|202E|0007)/);
    expect(said.stdout + said.stderr).not.toContain(name);
  },
);

test('history shows it', async () => {
  await fresh();
  await world.ok(await recording(), soon);
  const { data } = await world.json<{ entries: object[] }>(['history', 'churn@1.0.0']);
  expect(data.entries[0]).toMatchObject({
    operation: 'monitor',
    version: '1.0.0',
    summary: 'input-drift, 1 of 1 breached',
  });
  await rm(world.folder, { recursive: true });
});
