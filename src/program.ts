// From a command line to a command: only the chosen command's module is loaded.
import { Argument, Command as Commander, CommanderError, Option } from 'commander';
import type { ArgumentDefinition, Command, Input, OptionDefinition, Session } from './commands/command.js';
import { type CommandEntry, globalOptions, transitionOptions } from './commands/command.js';
import { commandTable } from './command-table.js';
import { usage } from './errors.js';
import { problem } from './lifecycle/problems.js';
import { didYouMean } from './lifecycle/similarity.js';

/** A call, as understood. */
export interface Call {
  name: string;
  command: Command;
  input: Input;
}

/** What was asked for instead of a command. */
export interface HelpText {
  help: string;
}

function notesOf(definition: OptionDefinition): string {
  const notes = [
    definition.required ? 'required' : '',
    definition.many ? 'may be given several times' : '',
  ].filter(Boolean);
  return notes.length > 0 ? ` (${notes.join('; ')})` : '';
}

function addOptions(target: Commander, options: readonly OptionDefinition[]): void {
  for (const definition of options) {
    const option = new Option(definition.flags, definition.description + notesOf(definition));
    if (definition.choices) option.choices([...definition.choices]);
    // A parser of one's own takes the place of the one that holds values against the choices.
    const choose = option.parseArg;
    if (definition.many)
      option.argParser((value: string, previous: string[] | undefined) => [
        ...(previous ?? []),
        choose ? choose(value, '') : value,
      ]);
    target.addOption(option);
  }
}

function addArguments(target: Commander, definitions: readonly ArgumentDefinition[]): void {
  for (const definition of definitions) {
    const name = definition.many ? `${definition.name}...` : definition.name;
    // Required words are checked with required flags, so that one error names everything that is missing.
    const argument = new Argument(`[${name}]`, definition.description);
    if (definition.choices) argument.choices([...definition.choices]);
    target.addArgument(argument);
  }
}

function usageLine(command: Command): string {
  const words = (command.arguments ?? []).map((argument) => {
    const name = `${argument.name}${argument.many ? '...' : ''}`;
    return argument.optional ? `[${name}]` : `<${name}>`;
  });
  return [...words, '[options]'].join(' ');
}

/**
 * The flags of a command. Where its group is a command too, commander hands a flag that both have to the group, wherever
 * it stands; one that the group alone has is no flag of this command.
 */
function optionsOf(target: Commander): Record<string, unknown> {
  const group = target.parent?.parent ? target.parent : undefined;
  const taken = Object.entries<unknown>(group?.opts() ?? {});
  const foreign = taken.find(([name]) => !target.options.some((option) => option.attributeName() === name));
  if (foreign)
    target.error(`error: unknown option '--${kebab(foreign[0])}'`, { code: 'commander.unknownOption' });
  return { ...Object.fromEntries(taken), ...target.opts() };
}

function define(target: Commander, command: Command, chosen: (input: Input) => void): void {
  target.description(command.description).usage(usageLine(command));
  addArguments(target, command.arguments ?? []);
  addOptions(target, [...(command.options ?? []), ...(command.commits ? transitionOptions : [])]);
  target.addHelpText(
    'after',
    `\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join('\n')}`,
  );
  target.action(() => {
    const values = target.processedArgs as (string | string[] | undefined)[];
    const words = (command.arguments ?? []).map((argument, index) => [argument.name, values[index]] as const);
    chosen({ arguments: Object.fromEntries(words), options: optionsOf(target) });
  });
}

function skeleton(): Commander {
  const program = new Commander('mlc');
  program
    .description('Keeps the lifecycle of AI models in git.')
    .helpCommand(false)
    .showHelpAfterError(false)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nmlc COMMAND --help tells more of a command.');
  addOptions(program, globalOptions);
  program.option('--version', 'print the version of mlc');
  return program;
}

/** A group is told by what its commands do. */
function groupSummary(group: string): string {
  return commandTable
    .filter((item) => item.name.startsWith(`${group} `))
    .map((item) => item.summary)
    .join('; ');
}

/** Every word of the table as commander's commands; groups hold theirs. */
function addCommands(program: Commander, settle: (parent: Commander) => void): Map<Commander, CommandEntry> {
  const targets = new Map<Commander, CommandEntry>();
  const groups = new Map<string, Commander>();
  for (const item of commandTable) {
    const [first = '', second] = item.name.split(' ');
    let parent = program;
    if (second !== undefined) {
      parent =
        groups.get(first) ??
        program.command(first).summary(groupSummary(first)).helpGroup(`${item.group}:`).helpCommand(false);
      groups.set(first, parent);
      settle(parent);
    }
    const target = parent
      .command(second ?? first)
      .summary(item.summary)
      .helpGroup(`${item.group}:`);
    settle(target);
    targets.set(target, item);
    // A command may be a group too, as "audit" and "audit seal" are.
    if (second === undefined) groups.set(first, target.helpCommand(false));
  }
  return targets;
}

/** `mlc help deploy` is `mlc deploy --help`. */
function withoutHelpCommand(argv: readonly string[]): string[] {
  const at = argv.findIndex((word, index) => !word.startsWith('-') && !takesValue(argv[index - 1]));
  return at >= 0 && argv[at] === 'help' ? [...argv.slice(0, at), ...argv.slice(at + 1), '--help'] : [...argv];
}

function takesValue(word: string | undefined): boolean {
  return word === '-C' || word === '--registry';
}

/** The command that the words name, as far as they do: for hints. */
function namedCommand(words: readonly string[]): string {
  const plain = words.filter((word, index) => !word.startsWith('-') && !takesValue(words[index - 1]));
  const known = commandTable.map((item) => item.name);
  return [plain.slice(0, 2).join(' '), plain[0] ?? ''].find((name) => known.includes(name)) ?? '';
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function understood(error: CommanderError, words: readonly string[]): Error {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /\(Did you mean (.*)\?\)/.exec(rest.join(' '))?.[1];
  const choice = /'([^']*)' is invalid.*Allowed choices are (.*)\.$/.exec(first);
  const meant = choice ? didYouMean(choice[1] ?? '', (choice[2] ?? '').split(', ')) : undefined;
  const command = namedCommand(words);
  const help = `mlc ${command ? `${command} ` : ''}--help`;
  const hint = suggestion ? `did you mean ${suggestion}?` : [meant, help].filter(Boolean).join('; ');
  return usage(`usage/${kebab(error.code.replace('commander.', ''))}`, first, hint);
}

/** The commands of a group, where the words name a group alone. */
function wholeCommands(words: readonly string[]): string {
  const group = words.find((word) => !word.startsWith('-')) ?? '';
  const members = commandTable
    .filter((item) => item.name.startsWith(`${group} `))
    .map((item) => `mlc ${item.name}`);
  return members.length > 0 ? members.join(', ') : 'mlc --help';
}

/** Refuses words that are no command where help was asked for them. */
function checkHelped(words: readonly string[]): void {
  const plain = words.filter((word, index) => !word.startsWith('-') && !takesValue(words[index - 1]));
  const [first] = plain;
  const names = [...new Set(commandTable.map((item) => item.name.split(' ')[0] ?? ''))];
  if (first === undefined || names.includes(first)) return;
  throw usage(
    'usage/unknown-command',
    `unknown command '${first}'`,
    didYouMean(first, names) ?? 'mlc --help',
  );
}

/** Reads a command line: the call that it makes, or the help that it asks for. */
export async function readCommandLine(
  argv: readonly string[],
  columns: number,
): Promise<{ call: Call | HelpText; globals: Record<string, unknown> }> {
  let call: Call | undefined;
  let help = '';
  const settle = (target: Commander): void => {
    target.exitOverride().configureOutput({
      writeOut: (text) => (help += text),
      writeErr: () => undefined,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    });
  };
  const program = skeleton();
  settle(program);
  const targets = addCommands(program, settle);
  const load = async (_parent: Commander, target: Commander): Promise<void> => {
    const item = targets.get(target);
    if (!item) return;
    const command = await item.load();
    define(target, command, (input) => (call = { name: item.name, command, input }));
  };
  program.hook('preSubcommand', load);
  for (const group of program.commands.filter((target) => target.commands.length > 0))
    group.hook('preSubcommand', load);
  const words = withoutHelpCommand(argv);
  try {
    if (words.every((word) => word === '--json' || word === '--quiet')) program.outputHelp();
    else await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code !== 'commander.helpDisplayed' && error.code !== 'commander.help')
      throw understood(error, words);
    checkHelped(words);
    if (help === '') throw usage('usage/no-command', 'this is not a whole command', wholeCommands(words));
  }
  if (!call && help === '') program.outputHelp();
  return { call: call ?? { help }, globals: program.opts() };
}

function optionKey(flags: string): string {
  const long = /--([a-z-]+)/.exec(flags)?.[1] ?? flags;
  return long.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Asks for what is missing where there is somebody to ask; else names all of it in one error. */
export async function completeCall(call: Call, session: Session): Promise<Input> {
  const words = { ...call.input.arguments };
  const options = { ...call.input.options };
  const missing = [];
  for (const argument of call.command.arguments ?? []) {
    if (argument.optional || (words[argument.name] !== undefined && words[argument.name]?.length !== 0))
      continue;
    if (session.ask)
      words[argument.name] = await session.ask({
        text: `${argument.name}, ${argument.description}`,
        ...(argument.choices ? { choices: argument.choices } : {}),
      });
    else missing.push(problem('input/missing', argument.description, `<${argument.name}>`));
  }
  for (const option of call.command.options ?? []) {
    const key = optionKey(option.flags);
    if (!option.required || options[key] !== undefined) continue;
    if (session.ask) {
      const answer = await session.ask({
        text: option.description,
        ...(option.choices ? { choices: option.choices } : {}),
      });
      options[key] = option.many ? [answer] : answer;
    } else missing.push(problem('input/missing', option.description, option.flags));
  }
  if (missing.length > 0)
    throw usage('input/missing', `mlc ${call.name} needs more to go on`, `mlc ${call.name} --help`, missing);
  return { arguments: words, options };
}
