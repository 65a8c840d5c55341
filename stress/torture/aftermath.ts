// What is asked of a registry after every blow: readable, whole or untouched, no locks, and able to go on by itself.
import { type Arena, git, headOf, mlc, mustDo } from './arena.js';
import { promise, promiseSame } from './complain.js';
import { ageLitter, type Work, leftBehind, litter, promiseUntouched, workOf } from './observe.js';
import type { Operation } from './operations.js';
import type { Ended } from './program.js';
import { stillness } from './processes.js';
import { decidingFolder, promiseOne, promiseWhole, writtenBetween } from './whole.js';

/** How things stood before the blow. */
export interface Before {
  /** The commit of the branch that decides: the remote's, where there is one. */
  decided: string;
  /** The commit of the checkout. */
  local: string;
  work: Work;
}

/** What was found after it. */
export interface Verdict {
  landed: boolean;
  /** Whether the next command said that it mended something. */
  mended: boolean;
}

/** How things stand. */
export function standing(arena: Arena): Before {
  return {
    decided: headOf(arena, decidingFolder(arena), arena.branch),
    local: headOf(arena, arena.folder),
    work: workOf(arena),
  };
}

/** Promises that the checkout is at a commit of the story, with index, working tree and the user's work in line with it. */
function promiseInLine(arena: Arena, before: Before, decided: string): void {
  const now = standing(arena);
  promise(
    [before.local, decided].includes(now.local),
    'the checkout stands on a commit that it did not stand on, and that nobody decided',
    `${now.local}, not ${before.local} or ${decided}`,
  );
  promiseUntouched(arena, before.work, now.work, writtenBetween(arena, before.local, now.local));
}

/**
 * Looks at a registry after a transition was disturbed: it is there whole or not at all, nothing of the user's was
 * touched, no lock is left. The first command that reads is what mends it.
 *
 * @param succeeded whether the command ended with exit code 0; undefined where it was killed
 */
export async function lookAfter(
  arena: Arena,
  before: Before,
  operation: Operation,
  reader: readonly string[],
  succeeded: boolean | undefined,
): Promise<Verdict> {
  // A registry that is to be made can be asked nothing before it is there.
  const first = await mlc(arena, reader);
  const made = arena.kind !== 'unborn' || headOf(arena, arena.folder) !== '';
  promise(first.code === (made ? 0 : 2), `mlc ${reader.join(' ')} exited ${first.code}`, first.said);
  const orphans = await stillness(arena.root);
  promise(orphans.length === 0, 'a process is left that does not end', orphans);
  const decided = headOf(arena, decidingFolder(arena), arena.branch);
  const landed = decided !== before.decided;
  if (succeeded !== undefined)
    promise(
      succeeded === landed,
      `the exit code says ${succeeded ? 'done' : 'failed'}, and it is the other way`,
    );
  if (landed) await promiseWhole(arena, before.decided, decided, operation);
  promiseInLine(arena, before, decided);
  promiseSame('something is left behind', leftBehind(arena), []);
  return { landed, mended: first.said.includes('interrupted') };
}

/** Makes the next transition, which has to succeed without anybody's help, once, and to clear up behind itself. */
export async function goOn(arena: Arena, before: Before, next: Operation): Promise<Ended> {
  const decided = headOf(arena, decidingFolder(arena), arena.branch);
  const ended = await mustDo(arena, next.args, { as: next.as });
  const now = headOf(arena, decidingFolder(arena), arena.branch);
  promise(now !== decided, 'the next command changes nothing', ended.said);
  promiseOne(arena, decided, now);
  promiseSame('the checkout does not follow', headOf(arena, arena.folder), now);
  promiseUntouched(arena, before.work, workOf(arena), writtenBetween(arena, before.local, now));
  promiseSame('something is left behind', leftBehind(arena), []);
  return ended;
}

/** Promises that the same command again changes nothing. */
export async function promiseRepeatable(arena: Arena, operation: Operation): Promise<void> {
  const before = headOf(arena, decidingFolder(arena), arena.branch);
  await mustDo(arena, operation.args, { as: operation.as });
  promise(
    headOf(arena, decidingFolder(arena), arena.branch) === before,
    'the same transition was made twice',
  );
}

/** Promises that the whole history is sound, by git's word and by ours. */
export async function promiseSound(arena: Arena): Promise<void> {
  const folder = decidingFolder(arena);
  promiseSame('git fsck finds something', git(arena, folder, 'fsck', '--strict', '--no-dangling'), '');
  promiseSame('git fsck finds something', git(arena, arena.folder, 'fsck', '--strict', '--no-dangling'), '');
  const format = '--format=%(trailers:key=Mlc-Transaction,valueonly,separator=%x2C)';
  const ids = git(arena, folder, 'log', format, arena.branch).split('\n').filter(Boolean);
  promise(new Set(ids).size === ids.length, 'a transaction is there twice');
  ageLitter(arena);
  for (const args of [['validate'], ['audit'], ['doctor', '--fix']]) await mustDo(arena, args);
  promiseSame('mlc doctor --fix leaves litter', litter(arena), []);
}
