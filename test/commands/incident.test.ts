// mlc incident open, update, close: a clock, and a hold.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { type ErrorAnswer, codesOf, commits, copyOf, escape } from './support.js';
import { soon, watchedWorld } from './watch-scene.js';

let template: World;
let opened: World;
const id = '20260310T090000Z';
const open = (...more: string[]): string[] => ['incident', 'open', 'churn', ...more];
const update = (...more: string[]): string[] => ['incident', 'update', 'churn', id, ...more];
const close = ['incident', 'close', 'churn', id, '-m', 'mended'];

beforeAll(async () => {
  template = await watchedWorld();
  opened = await copyOf(template);
  await opened.ok(open('--severity', 'serious', '-m', 'wrong letters'), soon);
});

test.each([
  ['minor', null],
  ['serious', '2026-03-25'],
  ['death', '2026-03-20'],
  ['widespread', '2026-03-12'],
  ['critical-infrastructure', '2026-03-12'],
])('the clock of a %s one', async (severity, day) => {
  const { data } = await template.json(open('--severity', severity, '-m', 'x', '--dry-run'), soon);
  expect(data).toMatchObject({
    operation: 'incident-open',
    version: null,
    severity,
    versions: ['1.0.0'],
    report_by: day,
  });
});

test('the clock runs from when it was known', async () => {
  const args = open('--severity', 'death', '-m', 'x', '--aware-at', '2026-03-01T05:00:00Z', '--dry-run');
  expect((await template.json(args, soon)).data).toMatchObject({ report_by: '2026-03-11' });
});

test('a day is taken as its first moment', async () => {
  const args = open('--severity', 'death', '-m', 'x', '--aware-at', '2026-03-01');
  const world = await copyOf(template);
  expect((await world.json(args, soon)).data).toMatchObject({ report_by: '2026-03-11' });
  expect(await world.read(`models/churn/incidents/${id}.yaml`)).toContain('2026-03-01T00:00:00Z');
});

test('a version may be named with its model, and not with another', async () => {
  const args = (version: string): string[] => open('--severity', 'minor', '--affected', version, '-m', 'x');
  const world = await copyOf(template);
  expect((await world.json(args('churn@1.0.0'), soon)).data).toMatchObject({ versions: ['1.0.0'] });
  await world.ok(update('--affected', 'churn@1.0.0', '-m', 'x'), soon);
  const other = await world.json<ErrorAnswer>(args('fraud@1.0.0'), soon);
  expect([other.code, codesOf(other.data)]).toEqual([2, ['incident/unknown-version']]);
});

test('mlc show says that it is held by a hold and by the incident', async () => {
  const world = await copyOf(opened);
  await world.ok(['hold', 'churn@1.0.0', '--kind', 'legal', '-m', 'a lawsuit'], soon);
  const { data } = await world.json(['show', 'churn@1.0.0'], soon);
  expect(data.incidents).toEqual([
    {
      id,
      severity: 'serious',
      opened_at: '2026-03-10T09:00:00Z',
      report_by: '2026-03-25',
      summary: 'wrong letters',
    },
  ]);
  const { stdout } = await world.mlc(['show', 'churn@1.0.0'], { ...soon, terminal: 100 });
  expect(stdout).toContain(`the incident ${id} (serious), open since 2026-03-10: wrong letters`);
  expect(stdout).toContain('a legal hold since 2026-03-10');
  const before = await template.mlc(['show', 'churn@1.0.0'], { ...soon, terminal: 100 });
  expect(before.stdout).not.toContain('Held');
});

test('a version that is named twice is named once', async () => {
  const world = await copyOf(template);
  const args = open('--severity', 'minor', '--affected', '1.0.0', '--affected', '1.0.0', '-m', 'x');
  expect((await world.json(args, soon)).data).toMatchObject({ outcome: 'done', versions: ['1.0.0'] });
});

test('it holds its versions, shows in due, and is over when it was reported', async () => {
  const world = await copyOf(opened);
  const deploy = ['deploy', 'churn@1.0.0', '--env', 'staging', '--pattern', 'blue-green'];
  const held = await world.json<ErrorAnswer>(deploy, soon);
  expect([held.code, codesOf(held.data)]).toEqual([1, ['incident/open']]);
  const due = await world.json<{ items: { kind: string; date: string; next: string }[] }>(
    ['due', 'churn'],
    soon,
  );
  expect(due.data.items.find(({ kind }) => kind === 'incident')).toMatchObject({
    date: '2026-03-25',
    next: expect.stringContaining('incident update') as string,
  });
  const early = await world.json<ErrorAnswer>(close, soon);
  expect([early.code, codesOf(early.data)]).toEqual([1, ['incident/unreported']]);
  await world.ok(update('--severity', 'widespread', '-m', 'more'), soon);
  await world.ok(update('--reported', 'case 12', '-m', 'told'), soon);
  await world.ok(close, soon);
  expect((await world.mlc(deploy, soon)).code).toBe(0);
  const { data } = await world.json<{ entries: { operation: string; version: null }[] }>([
    'history',
    'churn',
    '--limit',
    '5',
  ]);
  expect(data.entries.map(({ operation }) => operation)).toEqual([
    'deploy',
    'incident-close',
    'incident-update',
    'incident-update',
    'incident-open',
  ]);
});

describe('is refused', () => {
  test.each<[string, string[], 1 | 2, string[]]>([
    ['opening without a reason', open('--severity', 'minor'), 1, ['reason/missing']],
    [
      'an unknown version',
      open('--severity', 'minor', '-m', 'x', '--affected', '9.0.0'),
      2,
      ['incident/unknown-version'],
    ],
    [
      'a time to come',
      open('--severity', 'minor', '-m', 'x', '--aware-at', '2027-01-01T00:00:00Z'),
      1,
      ['incident/future'],
    ],
    ['a time that is none', open('--severity', 'minor', '-m', 'x', '--aware-at', 'noon'), 2, ['date/form']],
    ['an update without a note', update('--severity', 'minor'), 1, ['reason/missing']],
    [
      'an update of an unknown one',
      ['incident', 'update', 'churn', 'x', '-m', 'x'],
      2,
      ['incident/unknown-incident'],
    ],
    ['closing without a reason', close.slice(0, 4), 1, ['incident/unreported', 'reason/missing']],
  ])('%s', async (_name, args, code, codes) => {
    const before = commits(opened);
    const said = await opened.json<ErrorAnswer>(args, soon);
    expect([said.code, codesOf(said.data), commits(opened)]).toEqual([code, codes, before]);
  });

  test('what is closed', async () => {
    const world = await copyOf(opened);
    await world.ok(update('--severity', 'minor', '-m', 'less'), soon);
    await world.ok(close, soon);
    for (const args of [close, update('-m', 'x')])
      expect(codesOf((await world.json<ErrorAnswer>(args, soon)).data)).toContain('incident/closed');
  });

  test.each([
    ['no severity', open('-m', 'x')],
    ['an unknown severity', open('--severity', 'bad', '-m', 'x')],
    ['no incident', ['incident', 'close', 'churn']],
    ['half a command', ['incident']],
  ])('%s, as no question', async (_name, args) => {
    expect((await template.mlc(args, soon)).code).toBe(2);
  });
});

test('--dry-run commits nothing', async () => {
  const world = await copyOf(opened);
  const before = commits(world);
  await world.ok(update('-m', 'x', '--dry-run'), soon);
  await world.ok(open('--severity', 'minor', '-m', 'x', '--dry-run'), soon);
  expect([commits(world), world.git('status', '--porcelain')]).toEqual([before, '']);
});

test('hostile words are refused, and not shown raw', async () => {
  const text = `fire ${escape}[31m here`;
  for (const args of [
    open('--severity', 'serious', '-m', text),
    update('-m', text),
    update('-m', 'x', '--reported', text),
  ]) {
    const said = await opened.mlc(args, { ...soon, terminal: 100, env: { NO_COLOR: '1' } });
    expect(said.code).toBe(1);
    expect(said.stdout + said.stderr).not.toContain(text);
  }
});
