// mlc completion: prints a completion script, from the description of the program itself.
import { type CompletedCommand, completionScript } from '../views/completion.js';
import {
  type Command,
  type CommandEntry,
  type OptionDefinition,
  globalOptions,
  transitionOptions,
  word,
} from './command.js';

function optionOf(definition: OptionDefinition): CompletedCommand['options'][number] | undefined {
  const long = /--[a-z-]+/.exec(definition.flags)?.[0];
  if (long === undefined) return undefined;
  return {
    long,
    description: definition.description,
    takesValue: definition.flags.includes('<'),
    choices: definition.choices ?? [],
  };
}

function namesOf(words: readonly string[]): CompletedCommand['names'] {
  if (words.some((name) => name === 'version' || name === 'a')) return 'version';
  return words.includes('model') ? 'model' : 'nothing';
}

/** Every command with its flags. */
async function describeAll(commands: readonly CommandEntry[]): Promise<CompletedCommand[]> {
  return Promise.all(
    commands.map(async (entry) => {
      const command = await entry.load();
      const definitions = [
        ...(command.options ?? []),
        ...(command.commits ? transitionOptions : []),
        ...globalOptions,
      ];
      const words = command.arguments ?? [];
      return {
        name: entry.name,
        summary: entry.summary,
        options: definitions.flatMap((definition) => optionOf(definition) ?? []),
        choices: words.flatMap((argument) => argument.choices ?? []),
        names: namesOf(words.map((argument) => argument.name)),
      };
    }),
  );
}

export const command: Command = {
  description:
    'Prints a completion script. bash: eval "$(mlc completion bash)". zsh: mlc completion zsh > "${fpath[1]}/_mlc". fish: mlc completion fish > ~/.config/fish/completions/mlc.fish.',
  arguments: [{ name: 'shell', description: 'which shell', choices: ['bash', 'zsh', 'fish'] }],
  examples: ['eval "$(mlc completion bash)"'],
  run: async (session, input) => {
    const script = completionScript(
      word(input, 'shell') as 'bash' | 'zsh' | 'fish',
      await describeAll(session.commands),
    );
    return { json: { script }, view: () => script };
  },
};
