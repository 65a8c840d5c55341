// What a monitoring report says, whichever tool wrote it: one observation a feature or metric.

/** The signals that a report can be about. */
export const signals = [
  'input-drift',
  'output-drift',
  'ground-truth-drift',
  'concept-drift',
  'quality',
  'latency',
  'cost',
] as const;

export type Signal = (typeof signals)[number];

/** What an observation came to. `unjudged` has a value and nothing to hold it against; `unmeasured` is never fine. */
export type Verdict = 'breached' | 'within' | 'unmeasured' | 'unjudged';

/** One measured value, as an adapter reads it from a tool's file. */
export interface Observation {
  /** The feature, column or metric. */
  name: string;
  /** A method of `methods.ts`; `value` where it is a metric's plain value. */
  method: string;
  /** Null where it could not be measured: never NaN, never infinite. */
  value: number | null;
  /** The limit that the tool held it against, where the file says it. */
  threshold: number | null;
  /** The tool's own verdict, where the file says it. */
  breached: boolean | null;
  /** Why there is no value. */
  unmeasured?: string | undefined;
}

/** A stretch of time, both ends UTC timestamps. */
export interface Window {
  start: string;
  end: string;
}

/** A tool's report, taken apart. What a file does not say is left out. */
export interface ParsedReport {
  /** The format, with the generation where there are several: `evidently-0.7.16`. */
  format: string;
  /** The tool and its version, where the file says it: `evidently 0.4.40`. */
  producer?: string | undefined;
  model?: string | undefined;
  version?: string | undefined;
  signal?: Signal | undefined;
  window?: Window | undefined;
  /** How many examples stand behind it, on either side. */
  samples?: { reference?: number | undefined; current?: number | undefined } | undefined;
  observations: Observation[];
  /** What a person should know of how the file was read. */
  notes: string[];
}
