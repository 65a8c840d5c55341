// One way in which a change of records may have been made, and what git knows beside the records.
import type { Circumstance, Decision, ModelState, OperationName } from '../decisions.js';

/** One way in which a transition may have been made. */
export interface Candidate {
  operation: OperationName;
  /** Null where it is about the model as a whole. */
  version: string | null;
  decide: (state: ModelState, circumstance: Circumstance) => Decision;
}

/** What git knows of a gate beside its data. */
export interface GateFacts {
  /** SHA-256 of the gate that registering has to name; undefined where there is none. */
  digest: string | undefined;
  /** When its last change was committed; a rebase keeps the author's date and moves the committer's. */
  committedAt: readonly string[];
}
