// Plays a life on a real registry and on the reference, and compares every answer.
import type { Step } from './lives-steps.js';
import { type Question, questionOf } from './lives-steps.js';
import { model, wordsOf } from './lives-words.js';
import { type Prepared, editByHand, headOf } from './lives-world.js';
import { judge } from './reference.js';
import type { Transition } from './reference-operations.js';
import { type Expected, type Share, exitOf, ordered } from './reference-state.js';

/** What `--json` answers, as far as it is compared. */
export interface Answer {
  operation?: string;
  model?: string;
  version?: string | null;
  from?: string | null;
  to?: string | null;
  commit?: string | null;
  outcome?: string;
  split?: { version: string; traffic_pct: number; mirror_pct: number }[];
  warnings?: { code: string }[];
  error?: { code: string; message: string; problems: { code: string }[] };
}

/** Counts by name. */
export type Tally = Record<string, number>;

/** A life as it was played. */
export interface Played extends Prepared {
  /** Every command line so far. */
  trace: string[];
  /** Every question so far. */
  asked: Question[];
}

/** The program and the reference disagree. */
export class Disagreement extends Error {
  /** The questions that led to it, where they are known. */
  questions: readonly Question[] = [];
}

export function tally(counts: Tally, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by;
}

const hundredths = (percent: number): number => Math.round(percent * 100);

const splitText = (split: readonly Share[]): string =>
  ordered(split)
    .map(({ version, live, mirror }) => `${version} ${live}/${mirror}`)
    .join(', ');

/** A split as the program prints it, in the words of the reference. */
export function splitOfAnswer(
  split: readonly { version: string; traffic_pct: number; mirror_pct: number }[],
): Share[] {
  return split.map(({ version, traffic_pct: live, mirror_pct: mirror }) => ({
    version,
    live: hundredths(live),
    mirror: hundredths(mirror),
  }));
}

function same(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Disagreement(`${what}: the program says ${String(actual)}, the reference ${String(expected)}`);
}

function compareRefusal(
  expected: Extract<Expected, { outcome: 'refused' }>,
  code: number,
  answer: Answer,
): void {
  const { error } = answer;
  if (!error) throw new Disagreement(`accepted, and the reference refuses it: ${expected.must.join(', ')}`);
  const told = error.problems.length > 0 ? error.problems.map((found) => found.code) : [error.code];
  const silent = expected.must.filter((wanted) => !told.includes(wanted));
  const surplus = told.filter((found) => ![...expected.must, ...expected.may].includes(found));
  if (silent.length > 0 || surplus.length > 0)
    throw new Disagreement(
      `refused for ${told.join(', ')}; the reference refuses it for ${expected.must.join(', ')}`,
    );
  same('exit code', code, exitOf(told));
}

function compareDone(
  expected: Extract<Expected, { outcome: 'done' | 'unchanged' }>,
  question: Question,
  answer: Answer,
): void {
  if (answer.error) {
    const told = answer.error.problems.map((found) => found.code).join(', ') || answer.error.code;
    throw new Disagreement(`refused for ${told}, and the reference accepts it: ${JSON.stringify(expected)}`);
  }
  same('operation', answer.operation, question.asked.kind);
  same('model', answer.model, model);
  same('version', answer.version, expected.version);
  same('status after', answer.to, expected.to);
  if (expected.outcome === 'unchanged') return same('outcome', answer.outcome, 'unchanged');
  same('outcome', answer.outcome, question.dry ? 'planned' : 'done');
  same('status before', answer.from, expected.from);
  if (expected.split) same('split', splitText(splitOfAnswer(answer.split ?? [])), splitText(expected.split));
  for (const [code, wanted] of Object.entries(expected.warnings ?? {}))
    same(
      `warning ${code}`,
      answer.warnings?.some((warning) => warning.code === code),
      wanted,
    );
}

/** Compares an answer with the one that has to come. */
export function compareAnswer(expected: Expected, question: Question, code: number, answer: Answer): void {
  if (expected.outcome === 'edited') throw new Error('an edit is not asked of the program');
  if (expected.outcome === 'refused') return compareRefusal(expected, code, answer);
  compareDone(expected, question, answer);
  same('exit code', code, 0);
}

/** Whether what was answered moves the branch. */
function lands(expected: Expected, dry: boolean): boolean {
  return expected.outcome === 'done' && !dry;
}

async function askTransition(
  played: Played,
  question: Question & { asked: Transition },
  expected: Expected,
): Promise<void> {
  const { world, state, results, trace } = played;
  const { who, dry } = question;
  const words = [...wordsOf(question.asked, state, results), ...(dry ? ['--dry-run'] : [])];
  const before = await headOf(played);
  const at = new Date(who.at).toISOString();
  trace.push(`${at} ${who.by}$ mlc ${words.join(' ')}`);
  const said = await world.mlc([...words, '--json'], { as: who.by, at });
  if (said.code === 70) throw new Disagreement(`exit code 70: ${said.stdout}${said.stderr}`);
  const answer = JSON.parse(said.stdout) as Answer;
  compareAnswer(expected, question, said.code, answer);
  const after = await headOf(played);
  if (!lands(expected, dry)) return same('commit at the head', after, before);
  same('commit at the head', after, answer.commit);
  if (after === before) throw new Disagreement('accepted, and the branch did not move');
}

/** Counts a question by what has to come of it. */
export function countQuestion(counts: Tally, question: Question, expected: Expected): void {
  tally(counts, 'commands');
  if (expected.outcome === 'refused') {
    tally(counts, 'refused');
    for (const code of expected.must) tally(counts, `refused for ${code}`);
    return;
  }
  const planned = question.dry && expected.outcome === 'done';
  tally(counts, planned ? 'planned' : expected.outcome === 'done' ? 'accepted' : expected.outcome);
  if (expected.outcome === 'done') tally(counts, `accepted: ${question.asked.kind}`);
}

/** Asks one question of both, compares, and answers what came of it. */
async function ask(played: Played, question: Question, counts: Tally): Promise<Played> {
  const { asked, who, dry } = question;
  const { expected, next } = judge(played.state, asked, who);
  played.asked.push(question);
  countQuestion(counts, question, expected);
  if (asked.kind === 'pin' || asked.kind === 'regate') {
    played.trace.push(`${new Date(who.at).toISOString()} by hand: ${JSON.stringify(asked)}`);
    await editByHand(played.world, asked, next, who.at);
    return { ...played, state: next, clock: who.at };
  }
  await askTransition(played, { ...question, asked }, expected);
  return { ...played, state: dry ? played.state : next, clock: who.at };
}

/** Plays steps one after the other; each means what it means in the state that it meets. */
export async function play(prepared: Prepared, steps: readonly Step[], counts: Tally): Promise<Played> {
  let played: Played = { ...prepared, trace: [], asked: [] };
  for (const step of steps) {
    const question = questionOf(played.state, step, played.clock);
    played = await askOrTell(played, question, counts);
  }
  return played;
}

/** Asks questions one after the other, as they are. */
export async function replay(prepared: Prepared, questions: readonly Question[]): Promise<Played> {
  let played: Played = { ...prepared, trace: [], asked: [] };
  for (const question of questions) played = await askOrTell(played, question, {});
  return played;
}

/** Asks; an error tells the life up to it. */
export async function askOrTell(played: Played, question: Question, counts: Tally): Promise<Played> {
  try {
    return await ask(played, question, counts);
  } catch (error) {
    throw withTrace(error, played);
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof Disagreement ? error.message : (error.stack ?? error.message);
}

/** An error that tells the life up to it. */
export function withTrace(error: unknown, { trace, asked, world }: Played): Disagreement {
  const told = new Disagreement(`${textOf(error)}\n  ${trace.join('\n  ')}\n  in ${world.folder}`);
  told.questions = [...asked];
  return told;
}
