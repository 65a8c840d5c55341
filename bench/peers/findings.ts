// What the comparison with other tools found.
import type { Timing, Unfinished } from '../measure.js';

/** One job that mlc and another tool both do, measured in turn. */
export interface PeerRow {
  job: string;
  records: number;
  mlc: Timing | Unfinished;
  mlcCommand: string;
  peer: string;
  peerCommand: string;
  peerTiming: Timing | Unfinished;
  /** The peer's time without starting and loading, where it can say that itself. */
  inside?: Timing;
  /** What the peer does less, or more. */
  difference: string;
}

export interface PeerFindings {
  versions: Record<string, string>;
  rows: PeerRow[];
}
