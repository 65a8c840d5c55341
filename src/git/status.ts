// What differs between the commit, the index and the working tree.
import { withoutFilters } from './filters.js';
import type { Repository } from './repository.js';
import { git } from './run.js';

/** A path that is not as the commit has it. */
export interface DirtyPath {
  path: string;
  /** Two letters of git's short format: index, working tree. */
  state: string;
}

/** Paths, of those given or below them, that are staged, modified or untracked. */
export async function dirtyPaths(repository: Repository, paths: readonly string[]): Promise<DirtyPath[]> {
  const { stdout } = await git(repository, {
    args: [
      'status',
      '--porcelain=v1',
      '-z',
      '--untracked-files=all',
      '--ignored=matching',
      '--no-renames',
      // What another repository below this one has changed is asked of it by its own settings.
      '--ignore-submodules=dirty',
      '--',
      ...paths,
    ],
    env: await withoutFilters(repository),
  });
  return stdout
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => ({ state: line.slice(0, 2), path: line.slice(3) }));
}

/** One staged change. */
export interface StagedChange {
  path: string;
  /** A: added, M: modified, D: deleted, T: type changed. */
  change: string;
  mode: string;
  oid: string;
}

/** What the index would change below some paths, if it were committed now. */
export async function stagedChanges(
  repository: Repository,
  paths: readonly string[],
  indexFile: string | undefined,
): Promise<StagedChange[]> {
  const { stdout } = await git(repository, {
    args: ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--', ...paths],
    ...(indexFile === undefined ? {} : { env: { GIT_INDEX_FILE: indexFile } }),
  });
  const fields = stdout.toString('utf8').split('\0');
  const changes: StagedChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = '', , oid = '', change = ''] = (fields[index] ?? '').split(' ');
    changes.push({ path: fields[index + 1] ?? '', change: change.slice(0, 1), mode, oid });
  }
  return changes;
}

/** A tracked file as the index has it. */
export interface TrackedFile {
  path: string;
  mode: string;
  oid: string;
}

/** Every tracked file below some paths. */
export async function trackedFiles(repository: Repository, paths: readonly string[]): Promise<TrackedFile[]> {
  const { stdout } = await git(repository, { args: ['ls-files', '-s', '-z', '--', ...paths] });
  const files: TrackedFile[] = [];
  for (const line of stdout.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', oid = ''] = line.slice(0, tab).split(' ');
    files.push({ mode, oid, path: line.slice(tab + 1) });
  }
  return files;
}
