// What a command is: its flags, what it does, and the answer that it gives.
import { usage } from '../errors.js';
import type { Problem, Warning } from '../lifecycle/problems.js';
import type { RegistryRequest } from '../registry/registry.js';
import type { TransitionSettings } from '../registry/transition.js';
import type { Style } from '../views/style.js';

/** One question to a person. */
export interface Question {
  text: string;
  choices?: readonly string[];
}

export type Ask = (question: Question) => Promise<string>;

/** A flag. */
export interface OptionDefinition {
  /** As commander reads them: `-m, --message <text>`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  /** May be given several times. */
  many?: true;
  /** Has to be there: asked for on a terminal, named in one error with everything else that is missing off it. */
  required?: true;
}

/** A word after the command. */
export interface ArgumentDefinition {
  name: string;
  description: string;
  optional?: true;
  many?: true;
  choices?: readonly string[];
}

/** What a command is given. */
export interface Session {
  cwd: string;
  env: NodeJS.ProcessEnv;
  request: RegistryRequest;
  /** Undefined where there is nobody to ask. */
  ask: Ask | undefined;
  /** Runs long work with a word on what goes on. */
  progress: <T>(text: string, work: (update: (text: string) => void) => Promise<T>) => Promise<T>;
  /** Says something beside the answer. */
  note: (warning: Warning) => void;
  /** Every command, for those that describe the program. */
  commands: readonly CommandEntry[];
}

/** The words and flags of one call. */
export interface Input {
  arguments: Readonly<Record<string, string | string[] | undefined>>;
  options: Readonly<Record<string, unknown>>;
}

/** What a command answers. */
export interface Answer {
  json: unknown;
  view: (style: Style) => string;
  exitCode?: 0 | 1;
  warnings?: readonly Warning[];
  /** Sensible next commands, for a person. */
  next?: readonly string[];
  /** Problems to tell beside the answer, as `list` does of files that it left out. */
  problems?: readonly Problem[];
}

/** A command. */
export interface Command {
  description: string;
  arguments?: readonly ArgumentDefinition[];
  options?: readonly OptionDefinition[];
  examples: readonly string[];
  /** Whether it makes a transition, and so takes --message, --dry-run and --push. */
  commits?: true;
  run: (session: Session, input: Input) => Promise<Answer>;
}

/** One entry of the command table. */
export interface CommandEntry {
  /** One word, or a group and a word. */
  name: string;
  summary: string;
  group: string;
  load: () => Promise<Command>;
}

/** The flags that every command takes. */
export const globalOptions: readonly OptionDefinition[] = [
  { flags: '-C <dir>', description: 'work in this folder' },
  {
    flags: '--registry <dir>',
    description:
      'the folder that holds mlc.yaml, where it is not the root of the repository (or MLC_REGISTRY)',
  },
  { flags: '--json', description: 'print exactly one JSON document' },
  { flags: '--quiet', description: 'print the answer alone' },
  { flags: '--no-color', description: 'print without colours (or NO_COLOR)' },
  { flags: '--debug', description: 'print stack traces' },
];

/** The flags that every command takes which commits. */
export const transitionOptions: readonly OptionDefinition[] = [
  { flags: '-m, --message <text>', description: 'the reason: it goes into the record and into the commit' },
  { flags: '--dry-run', description: 'print the plan and commit nothing' },
  { flags: '--push', description: 'push the commit; on a rejection fetch, decide again, and try again' },
];

/** The value of a flag that takes text. */
export function text(input: Input, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that may be given several times. */
export function texts(input: Input, name: string): string[] {
  const value = input.options[name];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** Whether a switch is set. */
export function isSet(input: Input, name: string): boolean {
  return input.options[name] === true;
}

/** A word after the command; the program has seen to it that required ones are there. */
export function word(input: Input, name: string): string {
  const value = input.arguments[name];
  return typeof value === 'string' ? value : '';
}

/** A number in decimal notation, as traffic shares and seeds are. */
export function number(input: Input, name: string): number | undefined {
  const value = text(input, name);
  if (value === undefined) return undefined;
  const bare = value.replace(/%$/, '');
  if (!/^-?\d+(\.\d+)?$/.test(bare))
    throw usage(
      'input/number',
      `--${kebab(name)} is "${value}", which is not a number`,
      `--${kebab(name)} 5`,
    );
  return Number(bare);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The settings of a transition. */
export function settingsOf(input: Input): TransitionSettings {
  return { dryRun: isSet(input, 'dryRun'), push: isSet(input, 'push') };
}

/** The reason that a person gives with -m. */
export function reasonOf(input: Input): string | undefined {
  return text(input, 'message');
}
