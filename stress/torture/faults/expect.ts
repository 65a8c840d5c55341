// What faults have in common: a transition to try, and what its refusal has to look like.
import { type Arena, type CommandSettings, headOf, mlc, mustDo } from '../arena.js';
import { type Before, goOn, lookAfter, standing } from '../aftermath.js';
import { promise, promiseSame } from '../complain.js';
import { leftBehind, workOf } from '../observe.js';
import type { Operation } from '../operations.js';
import type { Ended } from '../program.js';
import { tick } from '../worlds.js';

/** A transition that is always legal: it writes one record. */
export function holding(text = 'a fault.'): Operation {
  const args = ['hold', 'churn@1.2.0', '--kind', 'legal', '-m', text];
  return { name: 'hold', args, as: 'ada', repeatable: false };
}

/** Promises that a command failed as an expected failure does: with an exit code, a word on what is wrong, and no trace. */
export function promiseTold(ended: Ended, told: RegExp, codes: readonly number[] = [1, 2]): void {
  promise(ended.code !== null && codes.includes(ended.code), `the exit code is ${ended.code}`, ended.said);
  promise(told.test(ended.said), `it is not told that ${told.source}`, ended.said);
  promise(!/^\s+at .*:\d+:\d+\)?$/m.test(ended.said), 'a stack trace is printed', ended.said);
}

/** Tries a transition that has to be refused; afterwards everything is as it was. */
export async function refused(arena: Arena, told: RegExp, settings: CommandSettings = {}): Promise<void> {
  const before = standing(arena);
  promiseTold(await mlc(arena, holding().args, settings), told);
  promiseSame('the branch moved', headOf(arena, arena.folder), before.local);
  promiseSame("the user's work is not as it was", workOf(arena), before.work);
}

/** Tries a transition that may go either way; afterwards it is there whole or not at all, and the next one works. */
export async function eitherWay(arena: Arena, settings: CommandSettings, mend: () => void): Promise<boolean> {
  tick(arena);
  const before: Before = standing(arena);
  const pushing = arena.remote === undefined ? [] : ['--push'];
  const any = holding(`at ${arena.clock}.`);
  const operation = { ...any, args: [...any.args, ...pushing] };
  const ended = await mlc(arena, operation.args, settings);
  mend();
  const succeeded = ended.code === null ? undefined : ended.code === 0;
  promise(ended.code !== 70, 'it ends as a bug', ended.said);
  const { landed } = await lookAfter(arena, before, operation, ['list'], succeeded);
  tick(arena);
  await goOn(arena, before, operation);
  return landed;
}

/** Promises that a registry is in order, and makes a transition. */
export async function promiseWorks(arena: Arena): Promise<void> {
  tick(arena);
  await mustDo(arena, ['list']);
  await mustDo(arena, holding(`at ${arena.clock}.`).args);
  promiseSame('something is left behind', leftBehind(arena), []);
}
