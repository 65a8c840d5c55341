// Everything that watching one model looks at: its description, its versions, its ledger and its reports over time.
import type {
  EvaluationGate,
  Incident,
  Model,
  ModelEvent,
  RegistryConfiguration,
  RetrainingRequest,
  VersionRecord,
  Waiver,
} from '../../generated/types.js';
import { type VersionSeries, noSeries } from '../monitoring/series.js';
import { type ResolvedPolicy, environmentNames, resolvePolicy } from '../policy.js';
import { isServing, currentShares } from '../rollouts.js';
import { type TriggerVerdict } from '../triggers/trigger.js';
import { evaluateTriggers } from '../triggers/evaluate.js';
import { isFinal, statusOf } from '../stages.js';

/** What is known of one model. Plain data alone. */
export interface WatchedModel {
  model: Model;
  /** The metrics of its gate, for which way is better. */
  metrics: EvaluationGate['metrics'] | undefined;
  waivers: Waiver[];
  /** Every version, without what watching does not look at. */
  versions: VersionRecord[];
  events: ModelEvent[];
  requests: RetrainingRequest[];
  incidents: Incident[];
  /** By version. */
  reports: Record<string, VersionSeries>;
  /** Its files that could not be read, so that nothing that is measured by them can be called quiet. */
  unread?: readonly string[];
}

/** The rules and the moment that models are watched by. */
export interface Watch {
  policy: ResolvedPolicy;
  environments: readonly string[];
  /** UTC timestamp. */
  now: string;
}

/** The watch of a registry. */
export function watchOf(config: RegistryConfiguration, now: string): Watch {
  return { policy: resolvePolicy(config), environments: environmentNames(config), now };
}

/** Where a version is, live or in shadow. */
export function servingOf(record: VersionRecord): { env: string; trafficPct: number; mirrorPct: number }[] {
  if (isFinal(statusOf(record))) return [];
  return [...currentShares(record)]
    .filter(([, entry]) => isServing(entry))
    .map(([env, entry]) => ({ env, trafficPct: entry.traffic_pct, mirrorPct: entry.mirror_pct ?? 0 }));
}

/** The versions that are deployed anywhere. */
export function deployedVersions({ versions }: WatchedModel): VersionRecord[] {
  return versions.filter((record) => servingOf(record).length > 0);
}

/** The reports on a version. */
export function reportsOf(watched: WatchedModel, version: string): VersionSeries {
  return watched.reports[version] ?? noSeries;
}

// What is due and what is unhealthy ask for the same triggers; a watch and its models are never changed.
const evaluated = new WeakMap<Watch, WeakMap<WatchedModel, Map<string, TriggerVerdict[]>>>();

function verdictsOf(watched: WatchedModel, watch: Watch): Map<string, TriggerVerdict[]> {
  const models = evaluated.get(watch) ?? new WeakMap<WatchedModel, Map<string, TriggerVerdict[]>>();
  evaluated.set(watch, models);
  const versions = models.get(watched) ?? new Map<string, TriggerVerdict[]>();
  models.set(watched, versions);
  return versions;
}

/** What is quiet by the files that could be read is not known to be, where others could not. */
function unlessUnread({ unread = [] }: WatchedModel, verdict: TriggerVerdict): TriggerVerdict {
  if (unread.length === 0 || verdict.state !== 'quiet') return verdict;
  const message = `${unread.length === 1 ? unread[0] : `${unread.length} files`} cannot be read: mlc validate; by the rest: ${verdict.message}`;
  return { ...verdict, state: 'unmeasurable', message };
}

/** Every trigger of one version. */
export function triggersOf(watched: WatchedModel, record: VersionRecord, watch: Watch): TriggerVerdict[] {
  const versions = verdictsOf(watched, watch);
  const known = versions.get(record.version);
  if (known) return known;
  const { model, metrics, events, requests } = watched;
  const verdicts = evaluateTriggers({
    model,
    metrics,
    record,
    policy: watch.policy,
    reports: reportsOf(watched, record.version),
    events,
    requests,
    now: watch.now,
  });
  const told = verdicts.map((verdict) => unlessUnread(watched, verdict));
  versions.set(record.version, told);
  return told;
}
