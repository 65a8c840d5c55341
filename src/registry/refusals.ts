// What is said to somebody whose transition was decided, and could not land.
import { Failure, refusal, usage } from '../errors.js';
import type { Upstream } from '../git/remote.js';
import { GitError } from '../git/run.js';

const unknownCode = 'push/unknown';

/** The remote said no. */
export function rejected(remote: string | undefined, said: string): Failure {
  return refusal(
    'push/rejected',
    `${remote ?? 'the remote'} refused the transition, and nothing was changed:\n${said}`,
    'do what it asks, or open a pull request from a branch of your own',
  );
}

/** The remote went away after the push had begun, and could not be asked what became of it. */
export function unknownOutcome(upstream: Upstream, transaction: string, said: string): Failure {
  const theirs = upstream.tracking.replace('refs/remotes/', '');
  return usage(
    unknownCode,
    `${upstream.remote} was lost during the push: whether it has the transition is not known, and this clone is as it was:\n${said}`,
    `git fetch ${upstream.remote} && git log --grep="Mlc-Transaction: ${transaction}" ${theirs}; if that shows it, git pull --ff-only; if not, run the command again`,
  );
}

/** Whether a failure says that the outcome is not known. */
export function isUnknown(error: unknown): boolean {
  return error instanceof Failure && error.code === unknownCode;
}

/** A hook stopped the branch itself from moving; undefined where it was something else. */
export function hookRefusal(error: unknown): Failure | undefined {
  if (!(error instanceof GitError) || !/aborted by hook/.test(error.stderr)) return undefined;
  return refusal(
    'git/hook-refused',
    `the reference-transaction hook refused the transition, and nothing was changed:\n${error.stderr.trim()}`,
    'do what the hook asks and run the command again',
  );
}

/** Others were faster until the tries, or the time for them, were used up. */
export function contended(): Failure {
  return refusal(
    'git/contended',
    'other writers were faster every time, and nothing was changed',
    'run the command again',
  );
}
