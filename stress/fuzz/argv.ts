// Random command lines from the command table: real flags with real, odd and missing values, in odd places.
import type { Command, OptionDefinition } from '../../src/commands/command.js';
import { globalOptions, transitionOptions } from '../../src/commands/command.js';
import { commandTable } from '../../src/command-table.js';
import { oneOf } from '../campaign.js';
import { hostileDates, hostileNumbers } from './hostile-words.js';
import { hostileText, wellFormed } from './hostile.js';
import { type Random, chance, whole } from './random.js';

const addresses = [
  'churn@1.0.0',
  'churn@1.1.0',
  'churn@1.2.0',
  'churn@latest',
  'churn@production',
  'churn',
  'chrun',
  'churn@9.9.9',
];
const files = [
  'input.yaml',
  'input.json',
  '../input/input.yaml',
  'mlc.yaml',
  'models/churn/gate.yaml',
  'models',
  '.',
  'nowhere',
];

/** Values by what a flag calls them. */
const values: Readonly<Record<string, readonly string[]>> = {
  file: files,
  dir: files,
  folder: files,
  date: ['2026-06-01', '2027-01-01', ...hostileDates],
  time: ['2026-03-01T09:30:00Z', ...hostileDates],
  number: ['5', '100', '0.5', ...hostileNumbers],
  count: ['3', ...hostileNumbers],
  version: addresses,
  model: ['churn', 'churn', 'chrun', 'Churn'],
  a: addresses,
  b: addresses,
  PCT: ['10', '100', '0', '-5', '100.5', '1e2', ...hostileNumbers],
  name: ['production', 'staging', 'worst radius', 'fuzz'],
  person: ['Ada <ada@example.com>', 'grace@example.com', 'nobody', 'a@b@c'],
  'name@version': ['train@v3', 'golden@v1', '@', 'a@', '@b'],
  'key=value': ['depth=4', '=', 'a=', '__proto__=1', 'x={"a":1}'],
  'uri=sha256': [
    `s3://m/w=${'a'.repeat(64)}`,
    `s3://m/w=${'a'.repeat(63)}`,
    `s3://m/w=sha256:${'B'.repeat(64)},kind=config,size=9`,
  ],
  'start..end': ['2026-03-09..2026-03-15', '2026-03-15..2026-03-09', '..', 'a..b', '2026-03-09T00:00:00Z..'],
  ref: ['HEAD', 'main', 'a1b2c3d4', '--all'],
  revision: ['HEAD', 'HEAD~1', 'main', 'main@{0}', '--all', 'HEAD^{tree}'],
  text: ['a reason', '-', 'several\nlines'],
  shell: ['bash', 'zsh', 'fish', 'csh'],
};

/** A value for a placeholder, as `<file>` names one. */
function valueFor(random: Random, placeholder: string, choices: readonly string[] | undefined): string {
  if (chance(random, 0.25)) return hostileText(random);
  if (choices && chance(random, 0.9)) return oneOf(random, choices);
  return oneOf(random, values[placeholder] ?? ['churn', 'x', '1', ...(values.text ?? [])]);
}

function flagOf(random: Random, { flags, choices }: OptionDefinition): string[] {
  const names = [...flags.matchAll(/--?[A-Za-z][\w-]*/g)].map(([name]) => name);
  const name = oneOf(random, names);
  const placeholder = /<([^>]+)>/.exec(flags)?.[1];
  if (placeholder === undefined) return chance(random, 0.05) ? [`${name}=x`] : [name];
  if (chance(random, 0.04)) return [name];
  const value = valueFor(random, placeholder, choices);
  return chance(random, 0.25) && name.startsWith('--') ? [`${name}=${value}`] : [name, value];
}

// These ask the network, start programs that files name, or take another folder to work in.
const left = /^--(engine|send|fetch|push)\b/;
const places = /^(-C|--registry)\b/;

function optionsOf(random: Random, command: Command): OptionDefinition[] {
  const own = [...(command.options ?? []), ...(command.commits ? transitionOptions : [])];
  const density = oneOf(random, [0.1, 0.3, 0.7]);
  return own.filter(({ flags, required }) => !left.test(flags) && chance(random, required ? 0.85 : density));
}

/** Files are written where a call says, so it must say nothing that leads elsewhere. */
const writesWhereTold = new Set(['init', 'audit export', 'health', 'check']);

function contained(words: readonly string[]): string[] {
  return words.map((word) => word.replaceAll('/', '_').replaceAll('..', '__').replaceAll('\\', '_'));
}

function disturbed(random: Random, words: readonly string[]): string[] {
  const changed = [...words];
  for (let times = oneOf(random, [0, 0, 0, 1, 1, 2]); times > 0; times--) {
    const at = whole(random, 0, changed.length);
    switch (whole(random, 0, 5)) {
      case 0:
        changed.splice(at, 1);
        break;
      case 1:
        changed.splice(at, 0, hostileText(random));
        break;
      case 2:
        changed.splice(
          at,
          0,
          oneOf(random, [
            '--',
            '--json',
            '--help',
            '-h',
            '--version',
            '-V',
            '--no-color',
            '--quiet',
            '--nope',
            '-x',
          ]),
        );
        break;
      case 3:
        changed.splice(at, 0, ...changed.slice(0, 2));
        break;
      case 4:
        changed[at] = `${changed[at] ?? ''}${hostileText(random)}`;
        break;
      default:
        changed.reverse();
    }
  }
  return changed;
}

// The system takes 128 KiB a word, and a character may take four bytes.
const longestWord = 30_000;

/** A random command line, with --json in most. No operating system hands over a NUL. */
export async function randomArgv(random: Random): Promise<string[]> {
  const entry = oneOf(random, commandTable);
  const command = await entry.load();
  const words = (command.arguments ?? []).flatMap((argument) =>
    chance(random, argument.optional ? 0.5 : 0.92)
      ? Array.from({ length: argument.many ? whole(random, 1, 3) : 1 }, () =>
          valueFor(random, argument.name, argument.choices),
        )
      : [],
  );
  const options = optionsOf(random, command).flatMap((option) => flagOf(random, option));
  const globals = globalOptions.flatMap((option) =>
    chance(random, places.test(option.flags) ? 0.04 : 0.05) ? flagOf(random, option) : [],
  );
  const json = chance(random, 0.6) ? ['--json'] : [];
  const argv = disturbed(random, [...globals, ...entry.name.split(' '), ...words, ...options, ...json]);
  const plain = argv.map((word) => wellFormed(word.replaceAll('\0', '\u0001').slice(0, longestWord)));
  const writes = [...writesWhereTold].some((name) => plain.join(' ').includes(name));
  return (writes ? contained(plain) : plain).filter((word) => !left.test(word));
}
