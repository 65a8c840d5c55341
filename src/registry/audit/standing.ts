// What makes git show another history than the one that is stored: replace refs and grafts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listRefs } from '../../git/tags.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';

/** Replace refs and grafts of a repository. An audit reads past them; other tools do not. */
export async function standingProblems(registry: Registry): Promise<Problem[]> {
  const { repository } = registry;
  const replaced = await listRefs(repository, 'refs/replace/');
  const grafts = await readFile(path.join(repository.commonDir, 'info', 'grafts'), 'utf8').catch(() => '');
  const problems = replaced.map(({ name }) =>
    problem(
      'history/replaced',
      `${name} makes git show another object than the one that is stored`,
      `git update-ref -d ${name}`,
    ),
  );
  if (grafts.trim() !== '')
    problems.push(
      problem(
        'history/grafted',
        'info/grafts makes git show other parents than the commits have',
        `rm ${path.join(repository.commonDir, 'info', 'grafts')}`,
      ),
    );
  return problems;
}

/** A branch that does not hold its former tip any more. */
export function rewrittenProblem(base: string): Problem {
  return problem(
    'history/rewritten',
    `${base.slice(0, 10)} is no longer in the history: it was rewritten, and pushed with force`,
    'bring it back from a clone that has it: git push --force-with-lease origin COMMIT:main; and protect the branch',
  );
}

/**
 * A branch that holds its former tip as a side branch: a pull that merged, and was pushed. Its own commits would be judged
 * by their own rules then, and those of the branch by rules of long ago.
 */
export function turnedProblem(base: string, head: string): Problem {
  return problem(
    'history/turned',
    `${base.slice(0, 10)} was the tip of this branch, and a merge before ${head.slice(0, 10)} took it in as the side that is merged: what was the branch is a side branch now`,
    'pull with git pull --rebase, and merge into the branch, not out of it: git checkout main && git merge --no-ff TOPIC',
  );
}
