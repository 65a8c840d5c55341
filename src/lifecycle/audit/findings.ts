// What an audit says of a commit: findings, and the transitions that it holds.
import type { OperationName, Plan } from '../decisions.js';
import type { TransitionTrailers } from '../commit-message.js';
import type { Problem } from '../problems.js';

/** A problem of a commit. */
export interface Finding extends Problem {
  /** Full id; empty where it is about no single commit. */
  commit: string;
  level: 'error' | 'warning';
}

/** A commit, as it tells of itself. */
export interface JudgedCommit {
  id: string;
  parents: readonly string[];
  /** `Name <address>`. */
  author: string;
  /** Seconds since 1970. */
  authoredAt: number;
  committedAt: number;
  subject: string;
  body: string;
  /** The trailers of its last paragraph, where they are a transition's. */
  trailers: TransitionTrailers | undefined;
  /** Every block of a transition's trailers in its message, as a squash leaves them. */
  blocks: readonly TransitionTrailers[];
}

/** How sure it is who reviewed. */
type ReviewLevel = 'claimed' | 'signed';

/** One transition that an audit found to be legal. */
export interface AuditedTransition {
  commit: string;
  operation: OperationName;
  model: string;
  /** Null where it is about the model as a whole. */
  version: string | null;
  from: string | null;
  to: string | null;
  environment: string | null;
  supersedes: readonly string[];
  evidence: readonly string[];
  /** Who asked for it. */
  actor: string;
  /** When, as records and commit say. */
  at: string;
  reason: string | null;
  transaction: string | null;
  /** Set on reviews: who reviewed, which a signature may say of another than who committed. */
  reviewer: string | null;
  /** Set on reviews: whether a signature proves the reviewer. */
  review: ReviewLevel | null;
  /** Whether the commit itself is signed by its actor. */
  signed: boolean;
  /** How it came into the history: as a commit of its own, squashed with others, or written by hand. */
  entered: 'commit' | 'squash' | 'by-hand';
}

/** A transition that was replayed, with what the commit's trailers should say of it. */
export interface ReplayedTransition {
  plan: Plan;
  by: string;
  at: string;
  review: ReviewLevel | null;
}

/** A problem of a commit; its hint names the commit where it says COMMIT. */
export function finding(commit: string, found: Problem): Finding {
  const hint = found.hint?.replaceAll('COMMIT', commit === '' ? 'HEAD' : commit.slice(0, 10));
  return { ...found, ...(hint === undefined ? {} : { hint }), commit, level: 'error' };
}
