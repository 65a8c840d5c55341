// The monthly health report of a registry, as data: what serves, what is overdue, which versions are zombies.
import type { Signal, Verdict } from '../monitoring/observation.js';

/** Why a version that takes traffic, or never left, is a zombie. */
export type ZombieKind =
  'past-target' | 'unwatched' | 'unowned' | 'deprecated-growing' | 'superseded-not-retired';

/** One reason why one version is a zombie. */
export interface Zombie {
  model: string;
  version: string;
  kind: ZombieKind;
  /** A sentence with the numbers. */
  message: string;
  /** The day since when. */
  since: string;
  /** The command that deals with it. */
  next: string;
}

/** One signal's feature or metric over time, oldest first. */
export interface HealthSeries {
  signal: Signal;
  name: string;
  method: string;
  /** Which side of the threshold is bad. */
  badSide: 'high' | 'low' | null;
  points: {
    /** UTC timestamp: the end of the report's window. */
    at: string;
    value: number | null;
    threshold: number | null;
    verdict: Verdict;
  }[];
}

/** One trigger's state in a few words. */
export interface HealthTrigger {
  type: string;
  state: 'fired' | 'answered' | 'cooling' | 'quiet' | 'unmeasurable' | 'disabled';
  /** The numbers, in a sentence. */
  message: string;
  response: string;
}

/** One version that serves, or is a zombie. */
export interface HealthVersion {
  model: string;
  title: string;
  version: string;
  status: string;
  riskClass: string;
  serving: { env: string; trafficPct: number; mirrorPct: number }[];
  deprecationTarget: string;
  /** The end of the newest report's window; null where there is none. */
  lastReport: string | null;
  triggers: HealthTrigger[];
  zombies: Zombie[];
  series: HealthSeries[];
}

/** Everything that one owner answers for. */
export interface HealthOwner {
  owner: string;
  versions: HealthVersion[];
  /** What is overdue or coming, most urgent first. */
  due: HealthDue[];
}

/** One thing that is due. */
export interface HealthDue {
  model: string;
  version: string | null;
  what: string;
  date: string | null;
  overdue: boolean;
  next: string;
}

/** A whole report. */
export interface HealthReport {
  registry: string;
  commit: string;
  /** UTC timestamp. */
  generatedAt: string;
  /** The days that the report is about, both included. */
  from: string;
  to: string;
  totals: {
    models: number;
    versions: number;
    serving: number;
    zombies: number;
    firedTriggers: number;
    overdue: number;
    openIncidents: number;
  };
  owners: HealthOwner[];
}
