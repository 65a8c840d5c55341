// What has to be so before a transition begins: a branch, nothing half done, and the user's own changes out of the way.
import { refusal, usage } from '../errors.js';
import { type Head, type Repository, operationInProgress } from '../git/repository.js';
import { hasIndex, indexEntries, indexStamp } from '../git/index-file.js';
import { overlookedFiles } from '../git/health.js';
import { readBlobIds } from '../git/objects.js';
import { type DirtyPath, dirtyPaths } from '../git/status.js';
import type { Problem } from '../lifecycle/problems.js';
import type { Prepared } from './landing.js';
import type { StagedBlobs } from './read-ahead.js';
import { blobInWorkingTree, checkPath } from './working-tree.js';

/** Answers the branch that a transition lands on, or refuses. */
export function preflight(repository: Repository, head: Head): string {
  if (repository.insideHook || repository.env.MLC_TRANSACTION) {
    throw usage(
      'git/inside-hook',
      'a transition cannot run inside a git hook: git is in the middle of a commit',
      'run it after the commit, or in CI',
    );
  }
  const busy = operationInProgress(repository);
  if (busy)
    throw usage(
      'git/in-progress',
      `the repository is in the middle of ${busy.name}`,
      `finish it first: ${busy.wayOut}`,
    );
  if (head.ref === null)
    throw usage(
      'git/detached',
      'HEAD is detached, so a transition would belong to no branch',
      'git switch BRANCH',
    );
  return head.ref;
}

/**
 * Which of some files the user may have changed: their blob in the index or in the working tree is not the commit's.
 * Reading a few files costs less than `git status`, which looks at every file of a large registry.
 */
async function suspects(
  repository: Repository,
  commit: string | null,
  files: readonly string[],
  ahead: StagedBlobs | undefined,
): Promise<string[]> {
  const isStill = ahead !== undefined && ahead.stamp === (await indexStamp(repository));
  const [staged, committed] = await Promise.all([
    isStill ? ahead.blobs : indexEntries(repository, files),
    commit === null ? new Map<string, string>() : readBlobIds(repository, commit, files),
  ]);
  const found: string[] = [];
  for (const file of files) {
    const wanted = committed.get(file) ?? null;
    const same =
      (staged.get(file) ?? null) === wanted && (await blobInWorkingTree(repository, file)) === wanted;
    if (!same) found.push(file);
  }
  return found;
}

function dirtyProblem({ path, state }: DirtyPath): Problem {
  const untracked = state === '??' || state === '!!';
  const where = state[0] === ' ' ? 'changes that are not committed' : 'staged changes';
  return {
    code: 'git/dirty',
    message: untracked
      ? 'the file is not committed, and the transition would write it'
      : `the file has ${where}, and the transition needs it as committed`,
    hint: untracked
      ? `move it away: mv ${path} ELSEWHERE`
      : `keep them: git commit -- ${path}; or put them aside: git stash push -- ${path}`,
    file: path,
  };
}

/** Changes that git status does not show, because git was told not to look at the file. */
async function hiddenProblems(repository: Repository, files: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path: file, flag } of await overlookedFiles(repository, files)) {
    // What a sparse checkout leaves out is nobody's work.
    if ((await blobInWorkingTree(repository, file)) === null) continue;
    problems.push({
      code: 'git/dirty',
      message: `the file has changes that git does not show, since it is marked ${flag}`,
      hint: `git update-index --no-${flag} ${file}, then commit it or put it aside`,
      file,
    });
  }
  return problems;
}

/**
 * Refuses where the user has changes in files that a transition reads or writes; they are never overwritten.
 *
 * @param head the commit that is checked out
 */
export async function checkClean(
  repository: Repository,
  head: string | null,
  prepared: Pick<Prepared<unknown>, 'files' | 'needs' | 'staged'>,
): Promise<void> {
  const written = prepared.files.map((file) => file.path);
  for (const file of written) await checkPath(repository, file);
  if (!hasIndex(repository)) return;
  const files = [...new Set([...written, ...prepared.needs])];
  const suspected = await suspects(repository, head, files, prepared.staged);
  if (suspected.length === 0) return;
  const dirty = await dirtyPaths(repository, suspected);
  const problems = dirty.length > 0 ? dirty.map(dirtyProblem) : await hiddenProblems(repository, suspected);
  if (problems.length === 0) return;
  const subject =
    problems.length === 1 ? 'a file that the transition needs has' : 'files that the transition needs have';
  throw refusal('git/dirty', `${subject} changes of yours, and nothing was done`, undefined, problems);
}
