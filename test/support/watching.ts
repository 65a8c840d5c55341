// Reports, requests, events and incidents in memory, and what triggers and health look at, to vary.
import type {
  Incident,
  ModelEvent,
  MonitoringReport,
  RecordedObservation,
  RetrainingRequest,
} from '../../src/generated/types.js';
import type { Ledger } from '../../src/lifecycle/ledger.js';
import { emptyLedger, reportId } from '../../src/lifecycle/ledger.js';
import type { Watch, WatchedModel } from '../../src/lifecycle/health/watched-model.js';
import { watchOf } from '../../src/lifecycle/health/watched-model.js';
import type { Signal } from '../../src/lifecycle/monitoring/observation.js';
import { seriesOf } from '../../src/lifecycle/monitoring/series.js';
import { resolvePolicy } from '../../src/lifecycle/policy.js';
import { evaluateTriggers } from '../../src/lifecycle/triggers/evaluate.js';
import type { TriggerSubject, TriggerType, TriggerVerdict } from '../../src/lifecycle/triggers/trigger.js';
import { ada, configOf, gateOf, modelOf, serving, sha } from './records.js';

/** A moment; the day alone means its first. */
export const at = (day: string): string => (day.length === 10 ? `${day}T00:00:00Z` : day);

/** One observation; PSI of tenure where nothing else is said. */
export function seen(value: number | null, changes: Partial<RecordedObservation> = {}): RecordedObservation {
  const verdict = value === null ? 'unmeasured' : value > 0.2 ? 'breached' : 'within';
  return { name: 'tenure', method: 'psi', value, threshold: 0.2, verdict, ...changes };
}

/** A metric's plain value. */
export function metric(name: string, value: number | null): RecordedObservation {
  return { name, method: 'value', value, verdict: value === null ? 'unmeasured' : 'unjudged' };
}

/** A report of the week that ends on a day, recorded six hours later. */
export function reportOf(
  end: string,
  signal: Signal,
  observations: RecordedObservation[],
  changes: Partial<MonitoringReport> = {},
): MonitoringReport {
  const moment = Date.parse(at(end));
  return {
    schema: 'mlc/report@1',
    model_id: 'churn',
    version: '1.0.0',
    signal,
    recorded_at: new Date(moment + 6 * 3_600_000).toISOString().replace('.000', ''),
    recorded_by: ada,
    window: { start: new Date(moment - 7 * 86_400_000).toISOString().replace('.000', ''), end: at(end) },
    source: { file: 'drift.json', sha256: sha('d'), format: 'plain' },
    samples: { reference: 5000, current: 1000 },
    observations,
    ...changes,
  };
}

/** A report on the PSI of tenure. */
export const psi = (
  end: string,
  value: number | null,
  changes: Partial<MonitoringReport> = {},
): MonitoringReport => reportOf(end, 'input-drift', [seen(value)], changes);

/** A report on one metric's quality. */
export const quality = (end: string, name: string, value: number | null): MonitoringReport =>
  reportOf(end, 'quality', [metric(name, value)]);

export function eventOf(
  type: ModelEvent['type'],
  recordedAt: string,
  changes: Partial<ModelEvent> = {},
): ModelEvent {
  return {
    schema: 'mlc/event@1',
    model_id: 'churn',
    id: `${recordedAt.replace(/[-:]/g, '')}-${type}`,
    type,
    recorded_at: at(recordedAt),
    recorded_by: ada,
    summary: 'it happened',
    ...changes,
  };
}

/** An open request about 1.0.0. */
export function requestOf(
  trigger: RetrainingRequest['trigger'],
  requestedAt: string,
  changes: Partial<RetrainingRequest> = {},
): RetrainingRequest {
  return {
    schema: 'mlc/request@1',
    model_id: 'churn',
    id: `${trigger}-0123456789ab`,
    version: '1.0.0',
    trigger,
    requested_at: at(requestedAt),
    requested_by: ada,
    inputs: { data_snapshot: 'train@v2', seed: 7, commit: 'b1b2c3d4e5f60718293a4b5c6d7e8f9001122334' },
    causes: [],
    ...changes,
  };
}

export function incidentOf(openedAt: string, changes: Partial<Incident> = {}): Incident {
  return {
    schema: 'mlc/incident@1',
    model_id: 'churn',
    id: at(openedAt).replace(/[-:]/g, ''),
    severity: 'serious',
    versions: ['1.0.0'],
    opened_at: at(openedAt),
    opened_by: ada,
    aware_at: at(openedAt),
    report_by: '2026-06-16',
    summary: 'wrong letters',
    ...changes,
  };
}

/** A ledger with these files. */
export function ledgerOf(files: {
  reports?: readonly MonitoringReport[];
  requests?: readonly RetrainingRequest[];
  events?: readonly ModelEvent[];
  incidents?: readonly Incident[];
}): Ledger {
  const byId = <T extends { id: string }>(entries: readonly T[] = []): Map<string, T> =>
    new Map(entries.map((entry) => [entry.id, entry]));
  return {
    ...emptyLedger,
    reports: new Set(
      (files.reports ?? []).map(({ version, signal, window }) =>
        reportId({ version, signal, end: window.end }),
      ),
    ),
    requests: byId(files.requests),
    events: byId(files.events),
    incidents: byId(files.incidents),
  };
}

/** What triggers look at: 1.0.0 serves since 1 February 2026, and now is 1 June. */
export function subjectOf(changes: Partial<TriggerSubject> = {}): TriggerSubject {
  return {
    model: modelOf(),
    metrics: gateOf().metrics,
    record: serving('1.0.0', 100),
    policy: resolvePolicy(configOf()),
    reports: seriesOf([]),
    events: [],
    requests: [],
    now: '2026-06-01T09:00:00Z',
    ...changes,
  };
}

/** The verdict on a type of trigger, which has to have one rule. */
export function verdictOn(type: TriggerType, subject: TriggerSubject): TriggerVerdict {
  const [found, ...more] = evaluateTriggers(subject).filter((verdict) => verdict.type === type);
  if (!found || more.length > 0) throw new Error(`${type} has ${more.length + 1} rules`);
  return found;
}

/** The state that a type of trigger is in. */
export const stateOn = (type: TriggerType, subject: TriggerSubject): string => verdictOn(type, subject).state;

/** A model that is watched, with 1.0.0 in production. */
export function watchedOf(changes: Partial<WatchedModel> = {}): WatchedModel {
  return {
    model: modelOf(),
    metrics: gateOf().metrics,
    waivers: [],
    versions: [serving('1.0.0', 100)],
    events: [],
    requests: [],
    incidents: [],
    reports: {},
    ...changes,
  };
}

export const watchAt = (now: string): Watch =>
  watchOf(configOf(), now.length === 10 ? `${now}T09:00:00Z` : now);
