// Help: every command has a summary, a description and examples that work, and the two ways to ask say the same.
import { beforeAll, describe, expect, test } from 'vitest';
import { commandTable } from '../../src/command-table.js';
import { readCommandLine } from '../../src/program.js';
import { temporaryFolder } from '../support/folders.js';
import { type Said, runMlc } from '../support/world.js';

let cwd = '';
beforeAll(async () => {
  cwd = await temporaryFolder();
});
const mlc = (...args: string[]): Promise<Said> => runMlc(args, { cwd, terminal: 80 });

/** A line of shell as words; quotes hold words together, and $(...) is one word. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|\$\([^)]*\)|[^\s"$])+/g) ?? [];
  return words.map((word) => word.replace(/"/g, ''));
}

describe.each(commandTable.map((entry) => [entry.name, entry] as const))('mlc %s', (name, entry) => {
  const words = name.split(' ');

  test('mlc help COMMAND is mlc COMMAND --help, and -h', async () => {
    const [help, flag, short] = [
      await mlc('help', ...words),
      await mlc(...words, '--help'),
      await mlc(...words, '-h'),
    ];
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toBe(flag.stdout);
    expect(short.stdout).toBe(flag.stdout);
    expect(help.stdout).toMatch(new RegExp(`^Usage: mlc ${name}`));
  });

  test('has a summary that fits a line, a description that is a sentence, and a group', async () => {
    const command = await entry.load();
    expect(entry.summary).toMatch(/^[a-z].{3,60}[^.]$/);
    expect(command.description).toMatch(/^[A-Z][^]*\.$/);
    expect(entry.group).not.toBe('');
  });

  test('every flag and every argument is described, and in the help', async () => {
    const command = await entry.load();
    const { stdout } = await mlc(...words, '--help');
    for (const option of command.options ?? []) {
      expect(option.description.length).toBeGreaterThan(5);
      expect(stdout).toContain(option.flags.split(' ')[0]);
    }
    for (const argument of command.arguments ?? []) expect(argument.description.length).toBeGreaterThan(3);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('--json');
  });

  test('its examples can be read by the program itself', async () => {
    const command = await entry.load();
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      const line = example.replace(/^eval "\$\((.*)\)"$/, '$1').replace(/ > .*$/, '');
      const [program, ...args] = wordsOf(line);
      expect(program).toBe('mlc');
      const { call } = await readCommandLine(args, 80);
      expect(call).toMatchObject({ name });
    }
  });

  test('what can be given several times says so', async () => {
    const command = await entry.load();
    const { stdout } = await mlc(...words, '--help');
    const flat = stdout.replace(/\s+/g, ' ');
    for (const option of (command.options ?? []).filter((given) => given.many)) {
      const after =
        flat
          .slice(flat.indexOf(`${option.flags} `))
          .slice(0, 300)
          .split(' --')[0] ?? '';
      expect(after, option.flags).toMatch(/several times|repeat|more than once/);
    }
  });
});

test('every command stands in the help of the program, in its group', async () => {
  const { stdout } = await mlc('--help');
  for (const entry of commandTable) {
    expect(stdout).toContain(`${entry.group}:`);
    expect(stdout).toMatch(new RegExp(`^ {2}${entry.name.split(' ')[0]} `, 'm'));
  }
  expect(stdout).toMatch(/^ {2}model +add a model/m);
});

test('without words the help is shown, as with help and --help', async () => {
  const { stdout } = await mlc('--help');
  expect((await mlc()).stdout).toBe(stdout);
  expect((await mlc('help')).stdout).toBe(stdout);
});

test.each([['help', 'dploy'], ['dploy', '--help'], ['dploy'], ['--json', 'dploy']])(
  'an unknown command is refused with what was meant: %s %s',
  async (...args) => {
    const said = await mlc(...args.filter((word) => word !== undefined));
    expect(said.code).toBe(2);
    expect(said.stdout + said.stderr).toContain('deploy');
  },
);

test('half a command tells the other half', async () => {
  const said = await mlc('model');
  expect(said.code).toBe(2);
  expect(said.stderr).toMatch(/mlc model (add|--help)/);
});

test('help of a group has a sentence and its commands', async () => {
  const said = await mlc('help', 'model');
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('add a model and its evaluation gate');
});
