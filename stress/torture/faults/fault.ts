// One fault of the world around the program: what is brought about, and what has to hold.
import type { Arena } from '../arena.js';

/** Why a fault could not be brought about on this machine; undefined where it was, and all held. */
type Skipped = string | undefined;

/** A fault. `meet` throws where a promise is broken. */
export interface Fault {
  name: string;
  /** How the registry is prepared that meets it. */
  kind: 'plain' | 'hooks' | 'pushed';
  meet: (arena: Arena) => Promise<Skipped> | Skipped;
}
