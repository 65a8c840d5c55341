// Colour on a terminal, and never anywhere else; --quiet and --debug.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { escape } from './support.js';

let world: World;
beforeAll(async () => {
  world = await servingWorld();
});
const at = now;
const commands = [
  ['list'],
  ['show', 'churn@1.0.0'],
  ['history'],
  ['diff', 'churn@1.0.0', '1.1.0'],
  ['resolve', 'churn', '--env', 'production'],
  ['validate'],
  ['inventory', '--as-of', '2026-03-02'],
  ['review', 'churn@1.0.0', '--dry-run'],
  ['approve', 'churn@1.0.0'],
];

describe.each(commands.map((args) => [args.join(' '), args] as const))('mlc %s', (_name, args) => {
  test('has colour on a terminal', async () => {
    const said = await world.mlc(args, { at, terminal: 80 });
    expect(said.stdout + said.stderr).toContain(escape);
  });

  test.each([
    ['off a terminal', [], {}],
    ['with NO_COLOR', [], { terminal: 80, env: { NO_COLOR: '1' } }],
    ['with --no-color', ['--no-color'], { terminal: 80 }],
    ['on a dumb terminal', [], { terminal: 80, env: { TERM: 'dumb' } }],
    ['with --json', ['--json'], { terminal: 80 }],
  ])('has none %s', async (_where, more, settings) => {
    const said = await world.mlc([...args, ...more], { at, ...settings });
    expect(said.stdout + said.stderr).not.toContain(escape);
  });

  test('off a terminal there is no advice on what comes next', async () => {
    expect((await world.mlc(args, { at })).stderr).not.toContain('Next:');
  });
});

test('NO_COLOR that is empty is not set', async () => {
  const said = await world.mlc(['list'], { at, terminal: 80, env: { NO_COLOR: '' } });
  expect(said.stdout).toContain(escape);
});

test('--quiet leaves the answer alone', async () => {
  const said = await world.mlc(['rollback', 'churn', '--env', 'production', '--dry-run', '--quiet'], {
    at,
    terminal: 80,
  });
  expect(said.stderr).not.toContain('Next:');
});

test('--quiet still tells why it failed', async () => {
  const said = await world.mlc(['show', 'chrun@1.0.0', '--quiet']);
  expect(said.stderr).toContain('did you mean churn?');
});

test('no stack trace without --debug, and one with it', async () => {
  const without = await world.mlc(['show', 'chrun@1.0.0']);
  expect(without.stderr).not.toMatch(/\n {4}at /);
  const said = await world.mlc(['show', 'chrun@1.0.0', '--debug']);
  expect(said.stderr).toMatch(/\n {4}at /);
});

test('a bug exits with 70, says that it is one, and shows where', async () => {
  const broken = { at, terminal: 80, env: { NO_COLOR: '1' } };
  const { run } = await import('../../src/main.js');
  let stderr = '';
  const code = await run(['list'], {
    cwd: world.folder,
    env: { ...process.env, ...broken.env },
    stdin: process.stdin,
    stdout: {
      write: () => {
        throw new TypeError('made up');
      },
    },
    stderr: { write: (text: string) => (stderr += text) },
  });
  expect(code).toBe(70);
  expect(stderr).toContain('this is a bug in mlc: made up');
  expect(stderr).toMatch(/\n {4}at /);
});
