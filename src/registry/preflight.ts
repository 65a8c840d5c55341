// What has to be so before a transition begins: a branch, nothing half done, and the user's own changes out of the way.
import { refusal, usage } from '../errors.js';
import { type Head, type Repository, operationInProgress } from '../git/repository.js';
import { dirtyPaths } from '../git/status.js';
import { checkPath } from './working-tree.js';

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

/** Refuses where the user has changes in files that a transition reads or writes; they are never overwritten. */
export async function checkClean(
  repository: Repository,
  prepared: { files: readonly { path: string }[]; needs: readonly string[] },
): Promise<void> {
  const written = prepared.files.map((file) => file.path);
  for (const file of written) await checkPath(repository, file);
  const dirty = await dirtyPaths(repository, [...new Set([...written, ...prepared.needs])]);
  if (dirty.length === 0) return;
  const problems = dirty.map(({ path, state }) => ({
    code: 'git/dirty',
    message:
      state === '??'
        ? 'the file is not committed, and the transition would write it'
        : `the file has ${state[0] === ' ' ? 'changes that are not committed' : 'staged changes'}, and the transition needs it as committed`,
    hint: `keep them: git commit -- ${path}; or put them aside: git stash push -- ${path}`,
    file: path,
  }));
  throw refusal(
    'git/dirty',
    `${dirty.length === 1 ? 'a file that the transition needs has' : 'files that the transition needs have'} changes of yours, and nothing was done`,
    problems[0]?.hint,
    problems,
  );
}
