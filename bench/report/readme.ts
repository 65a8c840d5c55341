// Puts the tables of a run between the marks of README.md; what people wrote around them stays.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

export const begin = '<!-- bench: from here on written by `npm run bench` -->';
export const end = '<!-- bench: until here -->';

/** The text with other contents between the marks. */
export function withTables(text: string, tables: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error('README.md has lost the marks that the tables stand between');
  return `${text.slice(0, from + begin.length)}\n\n${tables}\n\n${text.slice(to)}`;
}

/** Writes the tables into the README of a folder; a folder without one gets the marks alone. */
export async function writeReadme(folder: string, tables: string): Promise<void> {
  const file = path.join(folder, 'README.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : `${begin}\n\n${end}\n`;
  const settings = await resolveConfig(import.meta.filename);
  writeFileSync(file, await format(withTables(text, tables), { ...settings, parser: 'markdown' }));
}
