// Writes the command reference into README.md, from the description of the program itself.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { commandTable } from '../src/command-table.js';
import {
  type Command,
  type CommandEntry,
  type OptionDefinition,
  globalOptions,
  transitionOptions,
} from '../src/commands/command.js';

const readme = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'README.md');
const begin = '<!-- commands: written by `npm run docs` -->';
const end = '<!-- end of commands -->';

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function optionRows(options: readonly OptionDefinition[]): string[] {
  return options.map((option) => {
    const notes = [
      option.choices ? `one of ${option.choices.join(', ')}` : '',
      option.many ? 'may be given several times' : '',
      option.required ? 'required' : '',
    ].filter(Boolean);
    return `| \`${option.flags.replace(/\|/g, '\\|')}\` | ${cell(option.description)}${notes.length > 0 ? ` (${cell(notes.join('; '))})` : ''} |`;
  });
}

function usageOf(name: string, command: Command): string {
  const words = (command.arguments ?? []).map((argument) => {
    const word = argument.many ? `${argument.name}...` : argument.name;
    return argument.optional ? `[${word}]` : `<${word}>`;
  });
  return ['mlc', name, ...words].join(' ');
}

async function sectionOf(entry: CommandEntry): Promise<string> {
  const command = await entry.load();
  const options = command.options ?? [];
  const table = options.length > 0 ? ['', '| flag | meaning |', '| --- | --- |', ...optionRows(options)] : [];
  return [
    `#### \`${usageOf(entry.name, command)}\``,
    '',
    command.description,
    ...(command.commits ? ['', 'Makes a commit; takes `-m`, `--dry-run` and `--push`.'] : []),
    ...table,
    '',
    '```sh',
    ...command.examples,
    '```',
  ].join('\n');
}

/** The reference as it has to stand in the README. */
export async function reference(): Promise<string> {
  const groups = [...new Set(commandTable.map((entry) => entry.group))];
  const parts = [
    '### Flags of every command',
    '',
    '| flag | meaning |',
    '| --- | --- |',
    ...optionRows(globalOptions),
    '',
    'Every command that makes a commit also takes:',
    '',
    '| flag | meaning |',
    '| --- | --- |',
    ...optionRows(transitionOptions),
  ];
  for (const group of groups) {
    const sections = await Promise.all(commandTable.filter((entry) => entry.group === group).map(sectionOf));
    parts.push('', `### ${group}`, '', sections.join('\n\n'));
  }
  return `${begin}\n\n${parts.join('\n')}\n\n${end}`;
}

/** A README with its reference brought up to date, laid out as the formatter wants it. */
export async function withReference(text: string): Promise<string> {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < 0) throw new Error('README.md has no place for the command reference');
  const updated = text.slice(0, from) + (await reference()) + text.slice(to + end.length);
  return format(updated, { ...(await resolveConfig(readme)), parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(readme, await withReference(await readFile(readme, 'utf8')));
}
