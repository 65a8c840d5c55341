// One transition as records show it, and what all such traces share.
import type { Review, VersionRecord } from '../../generated/types.js';
import {
  type Circumstance,
  type Decision,
  type ModelState,
  type OperationName,
  refused,
} from '../decisions.js';
import { problem } from '../problems.js';
import type { LedgerFile } from '../ledger.js';
import type { Candidate } from './candidate.js';

/** One transition that records show, with every operation that may have made it. */
export interface Trace {
  /** When and by whom, as the record says. */
  at: string;
  by: string;
  /** Of traces of one moment, the order in which they can have happened. */
  rank: number;
  sequence: number;
  /** Every version whose record it changed. */
  versions: readonly string[];
  /** Every file of the ledger that it wrote; none where it is left out. */
  files?: readonly LedgerFile[];
  candidates: readonly Candidate[];
  /** The review that it left, where it is one. */
  review?: Review;
}

/** Of traces of one moment, the order in which they can have happened. */
export const ranks = {
  register: 0,
  review: 1,
  release: 2,
  traffic: 3,
  target: 4,
  deprecate: 5,
  reinstate: 6,
  retire: 7,
  hold: 8,
  event: 9,
  monitor: 10,
  profile: 11,
  request: 12,
  handOver: 13,
  cancel: 14,
  incidentOpen: 15,
  incidentUpdate: 16,
  incidentClose: 17,
};

function unregistered(operation: OperationName, version: string, { now }: Circumstance): Decision {
  return refused(operation, version, [
    problem(
      'replay/unregistered',
      `the record dates its ${operation} ${now}, before it was registered`,
      'let mlc make the change',
    ),
  ]);
}

/** A candidate that decides about one version. */
export function onVersion(
  operation: OperationName,
  version: string,
  decide: (state: ModelState, record: VersionRecord, circumstance: Circumstance) => Decision,
): Candidate {
  return {
    operation,
    version,
    decide: (state, circumstance) => {
      const record = state.versions.get(version);
      return record ? decide(state, record, circumstance) : unregistered(operation, version, circumstance);
    },
  };
}

/** What a list has at its end that it had not before. */
export function appended<T>(before: readonly T[] | undefined, after: readonly T[] | undefined): T[] {
  return (after ?? []).slice(before?.length ?? 0);
}
