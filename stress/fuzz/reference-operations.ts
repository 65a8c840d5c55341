// The operations of the reference, each with everything that a person may say to it.
import type { Artifact, Change, HoldKind, Inputs, Pattern } from './reference-state.js';

export interface Register {
  kind: 'register';
  change?: Change;
  given: Partial<Inputs>;
  artifacts: Artifact[];
  /** Null where the results do not hold it. */
  accuracy: number | null;
  /** Whether it says if this is a substantial modification. */
  modification: boolean;
  target?: string;
  bumpFrom?: string;
}

interface OnVersion {
  /** A number, `latest`, or an environment. */
  version: string;
}

export interface Deploy extends OnVersion {
  kind: 'deploy';
  env: string;
  pattern?: Pattern;
  /** Percent. */
  traffic?: number;
  mirror?: number;
}

export interface Ramp extends OnVersion {
  kind: 'ramp';
  env: string;
  traffic: number;
}

export interface Rollback {
  kind: 'rollback';
  env: string;
}

export interface Deprecate extends OnVersion {
  kind: 'deprecate';
  until?: string;
  successor?: string;
  without?: string;
}

export interface Retire extends OnVersion {
  kind: 'retire';
  withdraw: boolean;
  /** Which artifacts are said to be in cold storage. */
  stored: 'all' | 'none' | 'other';
  /** Years, by kind. */
  retain: { weights?: number; training_data?: number };
  released: string[];
  confirmedBy?: string;
  reason?: string;
}

export type Simple = OnVersion &
  (
    | { kind: 'approve' }
    | { kind: 'reject' | 'reinstate'; reason?: string }
    | { kind: 'review'; until?: string; reason?: string }
    | { kind: 'hold' | 'release'; hold?: HoldKind; reason?: string }
  );

/** An edit that people may make by hand: no transition, but it changes what the next ones are judged by. */
export type Edit = { kind: 'pin'; consumer: string; version: string } | { kind: 'regate'; floor: number };

export type Transition = Register | Simple | Deploy | Ramp | Rollback | Deprecate | Retire;

export type Operation = Transition | Edit;

/** Who asks, and when. */
export interface Asked {
  by: string;
  at: number;
}
