// The command line of the contract: every command, argument and flag that it names is there.
import { describe, expect, test } from 'vitest';
import { globalOptions, transitionOptions } from '../../src/commands/command.js';
import { commandTable } from '../../src/command-table.js';

/** Commands with their arguments, flags, and whether they make a commit. */
const contract: Readonly<Record<string, readonly [words: string, flags: string, commits: boolean]>> = {
  init: ['dir', '--name', true],
  'model add': ['model', '--owner --intended-use --risk --approver --gate', true],
  gate: ['model', '--results', false],
  register: [
    'model',
    '--change --results --run --dataset --commit --seed --artifact --from --started-at --hyperparameter --gdpr-status',
    true,
  ],
  approve: ['version', '', true],
  reject: ['version', '', true],
  deploy: ['version', '--env --pattern --traffic', true],
  ramp: ['version', '--env --traffic', true],
  rollback: ['model', '--env', true],
  resolve: ['model', '--env', false],
  review: ['version', '--until', true],
  deprecate: ['version', '--successor', true],
  reinstate: ['version', '', true],
  retire: ['version', '--withdraw --from --cold-storage', true],
  hold: ['version', '--kind', true],
  release: ['version', '--kind', true],
  list: ['model', '', false],
  show: ['version', '', false],
  history: ['model', '', false],
  diff: ['a b', '', false],
  inventory: ['', '--as-of', false],
  validate: ['paths', '--staged', false],
  schema: ['name', '', false],
  completion: ['shell', '', false],
};

const long = (flags: string): string => /--[a-z-]+/.exec(flags)?.[0] ?? flags;

test('every command of the contract is in the table', () => {
  expect(commandTable.map((entry) => entry.name)).toEqual(expect.arrayContaining(Object.keys(contract)));
});

describe.each(Object.entries(contract))('mlc %s', (name, [words, flags, commits]) => {
  test('takes what the contract says', async () => {
    const command = await commandTable.find((entry) => entry.name === name)?.load();
    expect((command?.arguments ?? []).map((argument) => argument.name).join(' ')).toBe(words);
    const options = (command?.options ?? []).map((option) => long(option.flags));
    expect(options).toEqual(expect.arrayContaining(flags.split(' ').filter(Boolean)));
    expect(command?.commits === true).toBe(commits);
  });

  test('its flags stand once, and shadow no global one', async () => {
    const command = await commandTable.find((entry) => entry.name === name)?.load();
    const more = command?.commits ? transitionOptions : [];
    const all = [...(command?.options ?? []), ...more, ...globalOptions].map((option) => long(option.flags));
    expect(all).toEqual([...new Set(all)]);
  });
});

test('the global flags', () => {
  expect(globalOptions.map((option) => option.flags)).toEqual([
    '-C <dir>',
    '--registry <dir>',
    '--json',
    '--quiet',
    '--no-color',
    '--debug',
  ]);
});

test('the flags of everything that commits', () => {
  expect(transitionOptions.map((option) => option.flags)).toEqual([
    '-m, --message <text>',
    '--dry-run',
    '--push',
  ]);
});
