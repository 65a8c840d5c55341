// Pairs of operations that are both legal in one state, asked one after the other in either order.
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { oneOf, randomFrom } from '../campaign.js';
import type { Nursery } from './lives-block.js';
import { checkWhole } from './lives-check.js';
import type { Kind } from './lives-operations.js';
import { type Played, type Tally, askOrTell, play, tally } from './lives-play.js';
import { type Question, type Step, questionOf } from './lives-steps.js';
import { type Prepared, copyOf } from './lives-world.js';
import { worldIn } from '../../test/support/world.js';
import { judge } from './reference.js';
import type { State } from './reference-state.js';

const kinds: readonly Kind[] = [
  'register',
  'approve',
  'reject',
  'deploy',
  'ramp',
  'rollback',
  'review',
  'deprecate',
  'reinstate',
  'retire',
  'withdraw',
  'hold',
  'release',
];

/** Every pair of kinds, a kind with itself too. */
export const pairs: readonly (readonly [Kind, Kind])[] = kinds.flatMap((first, index) =>
  kinds.slice(index).map((second) => [first, second] as const),
);

/** A state that steps lead to, and two questions that it would both accept. */
interface Crossing {
  rules: number;
  steps: Step[];
  questions: readonly [Question, Question];
}

const accepts = (state: State, { asked, who }: Question): boolean =>
  judge(state, asked, who).expected.outcome === 'done';

const isKind = ({ asked }: Question, kind: Kind): boolean =>
  kind === 'withdraw'
    ? asked.kind === 'retire' && asked.withdraw
    : asked.kind === kind && !(asked.kind === 'retire' && asked.withdraw);

const aboutOne = ([a, b]: Crossing['questions']): boolean =>
  !('version' in a.asked) || !('version' in b.asked) || a.asked.version === b.asked.version;

/** Two questions of two kinds that one state accepts at one moment, if dice find them. */
function bothIn(
  state: State,
  [first, second]: readonly [Kind, Kind],
  clock: number,
  random: () => number,
): Crossing['questions'] | undefined {
  const find = (kind: Kind): Question => {
    const dice = Math.floor(random() * 10_000);
    return questionOf(state, { kind, dice, fit: true, wait: 1, dry: false }, clock);
  };
  const [a, b] = [find(first), find(second)];
  if (!isKind(a, first) || !isKind(b, second)) return undefined;
  const at = Math.max(a.who.at, b.who.at);
  const [early, late] = [a, b].map((one) => ({ ...one, who: { ...one.who, at } })) as [Question, Question];
  return accepts(state, early) && accepts(state, late) ? [early, late] : undefined;
}

/** Looks in the reference alone for a state in which both kinds are legal, best on the same version. */
function findCrossing(
  nursery: Nursery,
  pair: readonly [Kind, Kind],
  random: () => number,
): Crossing | undefined {
  let second: Crossing | undefined;
  for (let attempt = 0; attempt < 60; attempt++) {
    const rules = Math.floor(random() * nursery.prepared.length);
    let { state, clock } = nursery.prepared[rules] as Prepared;
    const steps: Step[] = [];
    for (let length = 0; length < 10; length++) {
      const questions = bothIn(state, pair, clock, random);
      if (questions) {
        const crossing = { rules, steps: [...steps], questions };
        if (aboutOne(questions)) return crossing;
        second ??= crossing;
      }
      const kind = oneOf(random, [...pair, 'approve', 'deploy', 'deploy', 'ramp'] as const);
      const step = { kind, dice: Math.floor(random() * 10_000), fit: true, wait: 1, dry: false };
      const question = questionOf(state, step, clock);
      state = judge(state, question.asked, question.who).next;
      clock = question.who.at;
      steps.push(step);
    }
  }
  return second;
}

async function inOrder(
  before: Played,
  folder: string,
  questions: readonly Question[],
  counts: Tally,
): Promise<void> {
  await cp(before.world.folder, folder, { recursive: true, preserveTimestamps: true });
  let played: Played = { ...before, world: worldIn(folder), trace: [...before.trace], asked: [] };
  for (const [index, question] of questions.entries()) {
    const at = question.who.at + index * 60_000;
    played = await askOrTell(played, { ...question, who: { ...question.who, at } }, counts);
  }
  await checkWhole(played, counts);
}

/** Plays a pair in both orders. Answers nothing, or what is wrong. */
export async function playPair(
  nursery: Nursery,
  index: number,
  seed: number,
  counts: Tally,
): Promise<string | undefined> {
  const pair = pairs[index] as readonly [Kind, Kind];
  const crossing = findCrossing(nursery, pair, randomFrom(seed + index));
  if (!crossing) {
    tally(counts, `no state for ${pair.join(' and ')}`);
    return undefined;
  }
  const folder = path.join(nursery.folder, `pair-${index}`);
  const [first, second] = crossing.questions;
  try {
    const home = await copyOf(nursery.prepared[crossing.rules] as Prepared, path.join(folder, 'before'));
    const before = await play(home, crossing.steps, counts);
    await inOrder(before, path.join(folder, 'one'), [first, second], counts);
    await inOrder(before, path.join(folder, 'other'), [second, first], counts);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `The pair ${pair.join(' and ')} differs from the reference:\n${message}\nagain: npm run fuzz -- --seed ${seed} --inputs 0`;
  }
  tally(counts, 'pairs in either order');
  await rm(folder, { recursive: true, force: true });
  return undefined;
}
