// Content filters that a repository's settings name: looking at its working tree starts none of them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from './repository.js';
import { git } from './run.js';

// Sections that can name a filter, or a file that does, or a program that a filter of the user's own starts.
const suspect = /filter|include|lfs/i;

/** Whether the repository's own settings may name a filter. The user's own filters alone are the user's business. */
async function mayNameFilters({ gitDir, commonDir }: Repository): Promise<boolean> {
  const files = [path.join(commonDir, 'config'), path.join(gitDir, 'config.worktree')];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.some((text) => suspect.test(text));
}

/** The names of all filters that git knows, as `lfs` in `filter.lfs.clean`. */
async function filterNames(repository: Repository): Promise<string[]> {
  const { stdout } = await git(repository, {
    args: ['config', '--name-only', '-z', '--get-regexp', '^filter\\.'],
    accept: [1],
  });
  const keys = stdout.toString('utf8').split('\0').filter(Boolean);
  return [...new Set(keys.map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))))];
}

/**
 * The environment in which git compares files as they are. Comparing a file whose time has changed, git starts the
 * filter that its attributes name, and both may come from whoever made the repository. Records have no filters.
 */
export async function withoutFilters(repository: Repository): Promise<Record<string, string>> {
  if (!(await mayNameFilters(repository))) return {};
  const settings = (await filterNames(repository)).flatMap((name) => [
    ...['clean', 'smudge', 'process'].map((key) => [`filter.${name}.${key}`, ''] as const),
    [`filter.${name}.required`, 'false'] as const,
  ]);
  // Not as words of the command line: there a name with "=" in it would be cut in two.
  const numbered = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(numbered) };
}
