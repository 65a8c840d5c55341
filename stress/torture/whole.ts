// Whether a transition is there: whole and once, as it comes out where nobody disturbs it, or not at all.
import { type Arena, git, headOf, mustDo } from './arena.js';
import { promise, promiseSame } from './complain.js';
import type { Operation } from './operations.js';

/** The folder whose branch decides: the remote's, where there is one. */
export function decidingFolder(arena: Arena): string {
  return arena.remote ?? arena.folder;
}

function messageOf(arena: Arena, folder: string, commit: string): string {
  const text = git(arena, folder, 'show', '-s', '--format=%B%n%an <%ae> %at%n%cn <%ce> %ct', commit);
  return text.replace(/^Mlc-Transaction: .*$/m, 'Mlc-Transaction: ID');
}

/** Makes the same transition in peace, on the same commit, and answers the folder that it stands in. */
async function inPeace(arena: Arena, before: string, operation: Operation): Promise<string> {
  const { reference } = arena;
  if (before === '') {
    git(arena, reference, 'update-ref', '-d', 'HEAD');
    git(arena, reference, 'rm', '-rfq', '--ignore-unmatch', '.');
  } else {
    git(arena, reference, 'fetch', '-q', decidingFolder(arena), before);
    git(arena, reference, 'reset', '-q', '--hard', before);
    git(arena, reference, 'clean', '-fdq');
  }
  const args = operation.args.filter((word) => word !== '--push');
  await mustDo(arena, args, { cwd: reference, as: operation.as });
  return reference;
}

/** Promises that a commit is one transition on `before`. */
export function promiseOne(arena: Arena, before: string, commit: string): void {
  const folder = decidingFolder(arena);
  const format = '--format=%P%n%(trailers:key=Mlc-Transaction,valueonly)';
  const [parents, ...ids] = git(arena, folder, 'show', '-s', format, commit).split('\n');
  promiseSame('the transition is not one commit on the one before it', parents, before);
  promise(ids.filter(Boolean).length === 1, 'the commit does not name one transaction', ids);
}

/** Promises that a commit on `before` holds a whole transition, as it comes out in peace. */
export async function promiseWhole(
  arena: Arena,
  before: string,
  commit: string,
  operation: Operation,
): Promise<void> {
  const folder = decidingFolder(arena);
  promiseOne(arena, before, commit);
  const reference = await inPeace(arena, before, operation);
  promise(
    git(arena, folder, 'rev-parse', `${commit}^{tree}`) === git(arena, reference, 'rev-parse', 'HEAD^{tree}'),
    'the commit does not hold what the same transition holds in peace',
    `${folder} ${commit} against ${reference} ${headOf(arena, reference)}`,
  );
  promiseSame(
    'the commit does not say what the same transition says in peace',
    messageOf(arena, folder, commit).split('\n'),
    messageOf(arena, reference, 'HEAD').split('\n'),
  );
  if (arena.kind === 'signed')
    promise(
      git(arena, folder, 'cat-file', 'commit', commit).includes('\ngpgsig '),
      'the commit is not signed',
    );
}

/** The paths that differ between two commits; all paths of the second where the first is empty. */
export function writtenBetween(arena: Arena, before: string, after: string): Set<string> {
  if (before === after) return new Set();
  const text =
    before === ''
      ? git(arena, arena.folder, 'ls-tree', '-r', '--name-only', after)
      : git(arena, arena.folder, 'diff-tree', '-r', '--no-renames', '--name-only', before, after);
  return new Set(text.split('\n').filter(Boolean));
}
