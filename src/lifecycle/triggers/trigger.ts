// What a trigger is evaluated on, and what it comes to.
import type {
  EvaluationGate,
  Model,
  ModelEvent,
  RetrainingRequest,
  Trigger,
  TriggerCause,
  VersionRecord,
} from '../../generated/types.js';
import type { VersionSeries } from '../monitoring/series.js';
import type { ResolvedPolicy } from '../policy.js';

export type TriggerType = Trigger['type'];

export const triggerTypes: readonly TriggerType[] = [
  'drift-threshold',
  'metric-regression',
  'data-accumulation',
  'calendar',
  'upstream-change',
  'compliance-event',
];

/** A deployed version with everything that its triggers look at. */
export interface TriggerSubject {
  model: Model;
  /** The metrics of the gate, for which way is better. */
  metrics: EvaluationGate['metrics'] | undefined;
  record: VersionRecord;
  policy: ResolvedPolicy;
  reports: VersionSeries;
  events: readonly ModelEvent[];
  requests: readonly RetrainingRequest[];
  /** UTC timestamp. */
  now: string;
}

/** From when on reports are evidence. UTC timestamps, empty where there was no decision. */
export interface Since {
  decidedAt: string;
  /** The end of the pause; what came during it counts only where nothing newer is there. Empty while it lasts. */
  quietUntil: string;
}

/** What a rule found in evidence that no decision has answered. */
export interface Finding {
  state: 'fired' | 'quiet' | 'unmeasurable';
  /** The numbers, in a sentence. */
  message: string;
  /** The moment of the oldest cause. */
  since?: string;
  causes: TriggerCause[];
}

/** A decision that answers a trigger. */
export interface Answer {
  kind: 'retrain' | 'review' | 'deprecate';
  at: string;
  by: string;
  /** The request, where it is one. */
  request?: string;
}

/**
 * What a trigger came to. `answered`: a decision stands, and what it waits for has not come; `cooling`: it would fire,
 * and a decision was made only a while ago; `unmeasurable`: nothing to measure it by, which is never quiet.
 */
export interface TriggerVerdict {
  type: TriggerType;
  state: Finding['state'] | 'answered' | 'cooling' | 'disabled';
  message: string;
  since: string | null;
  causes: TriggerCause[];
  /** The rule, in a sentence. */
  rule: string;
  response: string;
  /** For generative models: what to change first. */
  action: string | null;
  answer: Answer | null;
}
