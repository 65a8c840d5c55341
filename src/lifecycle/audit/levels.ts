// How much an audit proves: from names that anyone can type, to signed approvals under a seal.
import type { AuditedTransition } from './findings.js';

/** How much is proven of who acted; each level holds what the one before it does not. */
export type AssuranceLevel = 'claimed' | 'signed-commits' | 'signed-approvals' | 'sealed';

/** What was counted in a history. */
export interface AuditCounts {
  commits: number;
  transitions: number;
  /** Transitions whose commit is signed by their actor. */
  signed_commits: number;
  squashed: number;
  reviews: number;
  /** Reviews that are signed by the reviewer. */
  signed_reviews: number;
  hand_written: number;
}

/** Counts of a history without commits. */
export const noCounts: AuditCounts = {
  commits: 0,
  transitions: 0,
  signed_commits: 0,
  squashed: 0,
  reviews: 0,
  signed_reviews: 0,
  hand_written: 0,
};

/** Counts what was found in one stretch of history. */
export function countTransitions(
  transitions: readonly AuditedTransition[],
  commits: number,
  handWritten: number,
): AuditCounts {
  const reviews = transitions.filter(({ review }) => review !== null);
  return {
    commits,
    transitions: transitions.length,
    signed_commits: transitions.filter(({ signed }) => signed).length,
    squashed: transitions.filter(({ entered }) => entered === 'squash').length,
    reviews: reviews.length,
    signed_reviews: reviews.filter(({ review }) => review === 'signed').length,
    hand_written: handWritten,
  };
}

/** Counts of two stretches together. */
export function addCounts(a: AuditCounts, b: AuditCounts): AuditCounts {
  const keys = Object.keys(a) as (keyof AuditCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as AuditCounts;
}

/** The level that a clean history reaches; `sealed` where a seal was held against it. */
export function levelOf(counts: AuditCounts, sealed: boolean): AssuranceLevel {
  const approvals = counts.reviews > 0 && counts.signed_reviews === counts.reviews;
  if (approvals) return sealed ? 'sealed' : 'signed-approvals';
  return counts.transitions > 0 && counts.signed_commits === counts.transitions
    ? 'signed-commits'
    : 'claimed';
}

const unproven: Record<AssuranceLevel, string> = {
  claimed: 'that the people named are who acted: names in git are typed, not proven',
  'signed-commits': 'that reviewers reviewed: whoever has a key signs commits, not decisions',
  'signed-approvals':
    'that this is the only history: somebody with the right to push could have put another in its place',
  sealed: 'what came after the seal',
};

/** In a line, what an audit at a level does not prove. */
export function notProven(level: AssuranceLevel): string {
  return `does not prove ${unproven[level]}; nor that the evidence, the clocks and the training commits were true`;
}
