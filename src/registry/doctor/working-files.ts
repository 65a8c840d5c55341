// Examines the user's own changes to records: staged, changed, deleted, new, or in conflict. Transitions need them committed.
import { hasIndex } from '../../git/index-file.js';
import { type DirtyPath, dirtyPaths } from '../../git/status.js';
import { configFile, roleOf } from '../paths.js';
import type { Registry } from '../registry.js';
import { type Examination, type Found, doubtful, shellWord, wrong } from './examination.js';
import { journals, pathsOf } from './private-files.js';

/** The paths of a registry's records. */
export function recordScopes({ prefix }: Registry): string[] {
  return [`${prefix}models`, `${prefix}${configFile}`];
}

/** Whether a path, relative to the repository, is one of a record. */
export function isRecordPath({ prefix }: Registry, file: string): boolean {
  const { kind } = roleOf(file.startsWith(prefix) ? file.slice(prefix.length) : '');
  return kind !== 'other' && kind !== 'unknown';
}

/** The user's own changes to records; what an interrupted transition left half done is not theirs. */
export async function changedRecords(registry: Registry): Promise<DirtyPath[]> {
  const { repository } = registry;
  // A clone without checkout has no working tree to differ.
  if (!hasIndex(repository)) return [];
  const [dirty, begun] = await Promise.all([
    dirtyPaths(repository, recordScopes(registry)),
    journals(repository),
  ]);
  const inTransit = new Set(begun.flatMap(pathsOf));
  return dirty.filter(
    ({ path, state }) => state !== '!!' && isRecordPath(registry, path) && !inTransit.has(path),
  );
}

const inConflict = /U|AA|DD/;

function finding({ path, state }: DirtyPath): Found {
  const file = shellWord(path);
  if (inConflict.test(state))
    return wrong(
      'git/unmerged',
      'two edits of this file conflict',
      `take the one that was decided, and have mlc check it: git add ${file} && mlc validate --staged`,
      path,
    );
  if (state === '??')
    return doubtful(
      'git/uncommitted',
      'the file is new, and not committed',
      `git add ${file} && git commit`,
      path,
    );
  if (state.includes('D'))
    return doubtful(
      'git/deleted',
      'the file is deleted here, and the commit has it',
      `bring it back: git restore --staged --worktree -- ${file}`,
      path,
    );
  const where = state[0] === ' ' ? 'changes that are not committed' : 'staged changes';
  const message = `the file has ${where}, and transitions that need it are refused`;
  return doubtful(
    'git/dirty',
    message,
    `keep them: git commit -- ${file}; or put them aside: git stash push -- ${file}`,
    path,
  );
}

export const workingFiles: Examination = {
  name: 'working-tree',
  title: 'working tree',
  examine: async ({ registry }) => (await changedRecords(registry)).map(finding),
};
