// What every orchestrator over the network can do, so that sending, repeating and describing are written once.
import type { Call } from './call.js';
import type { Exchange } from './exchange.js';
import type { HandOverOutcome } from './hand-over.js';

/** Whether the other side has a request already. */
export type Found =
  | { found: HandOverOutcome }
  | 'absent'
  /** It could not be asked, and why. */
  | { failed: string };

/** One orchestrator and one request. */
export interface Orchestrator {
  /** As a sentence names it. */
  name: string;
  /** The requests that come first and change nothing at the other side. */
  before: readonly Call[];
  /** The request that starts the run. */
  call: Call;
  /**
   * How a second hand-over of the same request is kept from starting a second run: by the key, which the other side
   * keeps; by looking for it first, each time or where it may be there; or not at all.
   */
  repeats: 'by-key' | 'looks-always' | 'looks-on-repeat' | 'cannot-tell';
  start(exchange: Exchange): Promise<HandOverOutcome>;
  find?(exchange: Exchange): Promise<Found>;
  /** What to know where the request was looked for and not found, or cannot be looked for. */
  caution?: string;
}

/** The headers of every request. */
export const commonHeaders = { accept: 'application/json', 'user-agent': 'mlc' } as const;
