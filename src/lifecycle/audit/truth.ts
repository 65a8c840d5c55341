// Whether a commit tells the truth of its transition: trailers, actor and time, held against what the records show.
import type { Plan } from '../decisions.js';
import type { JudgedCommit, ReplayedTransition } from './findings.js';
import { type TransitionTrailers, addressOf, trailersOf } from '../commit-message.js';
import { timestampOf } from '../dates.js';
import { escapeLine } from '../escape.js';
import { samePerson } from '../people.js';
import { type Problem, problem } from '../problems.js';

const compared = [
  'operation',
  'model',
  'version',
  'from',
  'to',
  'environment',
  'supersedes',
  'evidence',
] as const;

const nameOf = (key: (typeof compared)[number]): string =>
  `Mlc-${key.charAt(0).toUpperCase()}${key.slice(1)}`;

/** What trailers say that the records do not show. */
export function trailerProblems(told: TransitionTrailers, plan: Plan): Problem[] {
  const shown = trailersOf(plan, told.actor, told.transaction);
  return compared.flatMap((key) => {
    const [said, is] = [told[key], shown[key]].map((value) => [value ?? 'nothing'].flat().join(', '));
    if (said === is) return [];
    return [
      problem(
        'trailer/untrue',
        `the trailer ${nameOf(key)} says ${said}, and the records show ${is}`,
        'let mlc make the commit',
      ),
    ];
  });
}

/** Whether the actor that the trailers name is the one that the records name. A signed review is its signer's, whoever commits it. */
export function actorProblems(told: TransitionTrailers, transition: ReplayedTransition): Problem[] {
  if (transition.review === 'signed' || told.actor === escapeLine(transition.by)) return [];
  return [
    problem(
      'trailer/untrue',
      `the trailer Mlc-Actor says ${told.actor}, and the record says ${transition.by}`,
      'let mlc make the commit',
    ),
  ];
}

/** Whether author and time of a commit are those of its one transition. */
export function authorProblems(
  commit: JudgedCommit,
  told: TransitionTrailers,
  transition: ReplayedTransition,
): Problem[] {
  const problems: Problem[] = [];
  if (told.actor !== escapeLine(commit.author)) {
    const spelled = samePerson(told.actor, commit.author) ? ', spelled in another way' : '';
    problems.push(
      problem(
        'actor/not-author',
        `the transition says that ${told.actor} made it, and the commit is by ${commit.author}${spelled}`,
        'a squash merge has another author: where they are made, "git: {squash_merges: allow}" has to stand in mlc.yaml before',
      ),
    );
  }
  const authored = timestampOf(new Date(commit.authoredAt * 1000));
  if (transition.at !== authored) {
    problems.push(
      problem(
        'time/disagrees',
        `the record says ${transition.at}, and the commit was made at ${authored}`,
        'a squash merge has a later date: where they are made, "git: {squash_merges: allow}" has to stand in mlc.yaml before',
      ),
    );
  }
  return problems;
}

/** A squash comes after what it squashes. */
export function squashProblems(commit: JudgedCommit, transitions: readonly ReplayedTransition[]): Problem[] {
  const latest = timestampOf(new Date((commit.committedAt + 3600) * 1000));
  return transitions
    .filter(({ at }) => at > latest)
    .map(({ at, plan }) =>
      problem(
        'time/disagrees',
        `the record dates the ${plan.operation} of ${addressOf(plan)} ${at}, after the commit itself`,
        'let mlc make the change',
      ),
    );
}

/** The blocks of trailers in a squash, one for each transition; undefined where they are not all there. */
export function blocksFor(
  blocks: readonly TransitionTrailers[],
  transitions: readonly ReplayedTransition[],
): TransitionTrailers[] | undefined {
  const left = [...blocks];
  const found: TransitionTrailers[] = [];
  for (const transition of transitions) {
    const index = left.findIndex(
      (block) =>
        trailerProblems(block, transition.plan).length === 0 && actorProblems(block, transition).length === 0,
    );
    if (index < 0) return undefined;
    found.push(...left.splice(index, 1));
  }
  return found;
}

/** A transition that stands in the history twice. */
export function repeatedProblem(transaction: string): Problem {
  return problem(
    'transaction/repeated',
    `the transaction ${transaction} stands in the history twice`,
    'a transition was copied: cherry-picked, or written by hand',
  );
}

const day = 86_400;

/** Whether the times of a commit can be: none before its parents', none in the future. */
export function timeProblems(
  commit: Pick<JudgedCommit, 'authoredAt' | 'committedAt'>,
  parents: readonly { committedAt: number }[],
  now: number,
): Problem[] {
  const at = (seconds: number): string => timestampOf(new Date(seconds * 1000));
  const latest = Math.max(0, ...parents.map((parent) => parent.committedAt));
  const problems: Problem[] = [];
  if (commit.committedAt < latest - day)
    problems.push(
      problem(
        'time/backward',
        `the commit is dated ${at(commit.committedAt)}, and comes after one of ${at(latest)}`,
        'a clock was wrong, or the commit was back-dated',
      ),
    );
  if (commit.committedAt > now + 3600 || commit.authoredAt > commit.committedAt + 3600)
    problems.push(
      problem(
        'time/future',
        `the commit is dated ${at(Math.max(commit.committedAt, commit.authoredAt))}, which was yet to come`,
        'a clock was wrong, or the commit was dated by hand',
      ),
    );
  return problems;
}
