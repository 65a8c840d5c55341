// mlc event: what happened to a model from outside.
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { type ErrorAnswer, codesOf, commits, copyOf, escape } from './support.js';
import { soon, watchedWorld } from './watch-scene.js';

let template: World;
beforeAll(async () => {
  template = await watchedWorld();
});

const event = (type: string, ...more: string[]): string[] => ['event', 'churn', '--type', type, ...more];

test('every flag enters the file', async () => {
  const world = await copyOf(template);
  const flags = [
    '--base-model',
    'llama@7',
    '--duty',
    'regulation',
    '--changes',
    'objective',
    '--on',
    '2026-03-01',
  ];
  const args = event('upstream-change', ...flags, '--reference', 'https://example.com/1', '-m', 'moved');
  const { data } = await world.json<{ event: string; files: string[] }>(args, soon);
  expect(data).toMatchObject({ operation: 'event', model: 'churn', version: null, from: null, to: null });
  const text = await world.read(data.files[0] ?? '');
  for (const part of [
    'name: llama',
    'revision: "7"',
    'duty: regulation',
    'changes: objective',
    'occurred_on: "2026-03-01"',
    'reference: https://example.com/1',
    'summary: moved',
  ])
    expect(text).toContain(part);
  expect(world.git('log', '-1', '--format=%s')).toBe('event(churn): upstream-change');
  const counted = event('data-accumulation', '--new-examples', '1200', '--new-domain', '-m', 'labels');
  const { data: second } = await world.json<{ files: string[] }>(counted, soon);
  expect(await world.read(second.files[0] ?? '')).toMatch(/new_examples: 1200\nnew_domain: true/);
});

test('two of one second are two', async () => {
  const world = await copyOf(template);
  for (const id of ['20260310T090000Z-compliance-event', '20260310T090000Z-compliance-event-2'])
    expect((await world.json(event('compliance-event', '-m', 'x'), soon)).data).toMatchObject({ event: id });
});

test('--dry-run commits nothing', async () => {
  const world = await copyOf(template);
  const before = commits(world);
  await world.ok(event('compliance-event', '-m', 'x', '--dry-run'), soon);
  expect([commits(world), world.git('status', '--porcelain')]).toEqual([before, '']);
});

test.each<[string, string[], 1 | 2, string[]]>([
  ['no reason', event('compliance-event'), 1, ['reason/missing']],
  ['no base model', event('upstream-change', '-m', 'x'), 2, ['input/base-model']],
  ['no number of examples', event('data-accumulation', '-m', 'x'), 2, ['input/new-examples']],
  [
    'examples of no data',
    event('compliance-event', '--new-examples', '3', '-m', 'x'),
    2,
    ['input/new-examples'],
  ],
  ['a day to come', event('compliance-event', '--on', '2027-01-01', '-m', 'x'), 1, ['event/future']],
  ['no day', event('compliance-event', '--on', '2026-02-30', '-m', 'x'), 2, ['date/form']],
])('%s is refused', async (_name, args, code, codes) => {
  const said = await template.json<ErrorAnswer>(args, soon);
  expect([said.code, codesOf(said.data)]).toEqual([code, codes]);
});

test.each([
  ['an unknown type', event('weather', '-m', 'x')],
  ['an unknown model', ['event', 'chrun', '--type', 'compliance-event', '-m', 'x']],
  ['no type', ['event', 'churn', '-m', 'x']],
  ['a base model without revision', event('upstream-change', '--base-model', 'llama', '-m', 'x')],
])('%s is no question', async (_name, args) => {
  expect((await template.mlc(args, soon)).code).toBe(2);
});

test.each(['0', '-3', '1.5', 'many', '99999999999999999999'])(
  '%s new examples are refused, and nothing is written',
  async (count) => {
    const world = await copyOf(template);
    const before = commits(world);
    const said = await world.json<ErrorAnswer>(
      event('data-accumulation', `--new-examples=${count}`, '-m', 'x'),
      soon,
    );
    expect([1, 2]).toContain(said.code);
    expect(commits(world)).toBe(before);
  },
);

test('a compliance event fires its trigger', async () => {
  const world = await copyOf(template);
  await world.ok(event('compliance-event', '-m', 'erasure of 4711'), soon);
  const said = await world.mlc(['triggers', 'churn'], { ...soon, terminal: 100 });
  expect(said.code).toBe(1);
  expect(said.stdout).toContain('erasure of 4711');
});

test.each(['m', 'reference'])('control characters in --%s are refused, and not shown raw', async (flag) => {
  const text = `erasure ${escape}[2J of 4711`;
  const more = flag === 'm' ? ['-m', text] : ['-m', 'x', '--reference', text];
  for (const settings of [soon, { ...soon, terminal: 100, env: { NO_COLOR: '1' } }]) {
    const said = await template.mlc(event('compliance-event', ...more), settings);
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('U+001B');
    expect(said.stdout + said.stderr).not.toContain(`${escape}[2J`);
  }
});
