// What transitions leave in a ledger: from its files before and after, which transitions a change may be made of.
import type {
  HandOverAttempt,
  Incident,
  IncidentUpdate,
  ModelEvent,
  MonitoringReport,
  ReferenceProfile,
  RetrainingRequest,
} from '../../generated/types.js';
import type { LedgerFile } from '../ledger.js';
import type { Observation } from '../monitoring/observation.js';
import type { ModelState, OperationName } from '../decisions.js';
import { event } from '../operations/event.js';
import { beginHandOver, settleHandOver } from '../operations/hand-over.js';
import { closeIncident, openIncident, updateIncident } from '../operations/incident.js';
import { monitor } from '../operations/monitor.js';
import { saveProfile } from '../operations/profile.js';
import { cancelRetraining, retrain } from '../operations/retrain.js';
import type { Candidate } from './candidate.js';
import { type FileChange, isLedgerRole } from './registry-state.js';
import type { ChangedFile } from './replay.js';
import { type Trace, appended, onVersion, ranks } from './trace.js';

/** The files of the ledger that a change adds or changes, and can be read. Those that are never changed are told elsewhere. */
export function changedFiles(changes: readonly FileChange[]): ChangedFile[] {
  return changes.flatMap(({ role, before, after }) => {
    if (!isLedgerRole(role) || after?.data === undefined) return [];
    if (before && (role.kind === 'report' || role.kind === 'event')) return [];
    const { kind, id } = role;
    return [{ file: { kind, id }, before: before?.data, after: after.data }];
  });
}

function trace(
  file: LedgerFile,
  made: { at: string | undefined; by: string | undefined },
  rank: number,
  candidate: Candidate,
  sequence = 0,
): Trace {
  return {
    at: made.at ?? '',
    by: made.by ?? '',
    rank,
    sequence,
    versions: [],
    files: [file],
    candidates: [candidate],
  };
}

function onModel(operation: OperationName, decide: Candidate['decide']): Candidate {
  return { operation, version: null, decide };
}

/** A state whose gate says nothing of the metrics that a report left unjudged: it may have learned of them since. */
function asUnjudged(state: ModelState, { observations }: MonitoringReport): ModelState {
  if (!state.gate) return state;
  const metrics = { ...state.gate.metrics };
  for (const { name, verdict } of observations) if (verdict === 'unjudged') delete metrics[name];
  return { ...state, gate: { ...state.gate, metrics } };
}

function observationsOf(report: MonitoringReport): Observation[] {
  return report.observations.map(({ name, method, value, threshold, verdict, reason }) => ({
    name,
    method,
    value,
    threshold: threshold ?? null,
    breached: verdict === 'breached' ? true : verdict === 'within' ? false : null,
    unmeasured: reason,
  }));
}

function reportTraces(file: LedgerFile, report: MonitoringReport): Trace[] {
  const { version, signal, source, window, samples, note, left_out: leftOut } = report;
  const input = { signal, source, window, samples, note, leftOut, observations: observationsOf(report) };
  const candidate = onVersion('monitor', version, (state, record, circumstance) =>
    monitor(asUnjudged(state, report), { ...input, version: record }, circumstance),
  );
  const made = { at: report.recorded_at, by: report.recorded_by };
  // Of several windows that are recorded within a second, the earlier came first.
  return [trace(file, made, ranks.monitor, candidate, Date.parse(window.end))];
}

/** Which of the files of one moment a file is: `-2` ends the name of the second. */
function numberOf(id: string): number {
  return Number(/Z(?:-[a-z-]*[a-z])?-(\d+)$/.exec(id)?.[1] ?? 1);
}

function eventTraces(file: LedgerFile, entry: ModelEvent): Trace[] {
  const input = { ...entry, occurredOn: entry.occurred_on };
  const candidate = onModel('event', (state, circumstance) => event(state, input, circumstance));
  const made = { at: entry.recorded_at, by: entry.recorded_by };
  return [trace(file, made, ranks.event, candidate, numberOf(file.id))];
}

function attemptTraces(
  file: LedgerFile,
  was: readonly HandOverAttempt[],
  request: RetrainingRequest,
  begunWithRequest: boolean,
): Trace[] {
  const { id } = request;
  return (request.attempts ?? []).flatMap((attempt, index) => {
    const before = was[index];
    const isOwn = before === undefined && !(index === 0 && begunWithRequest);
    const begun = trace(
      file,
      attempt,
      ranks.handOver,
      onModel('hand-over', (state, now) => beginHandOver(state, { id, to: attempt.to, patience: 0 }, now)),
      2 * index,
    );
    const { outcome } = attempt;
    if (outcome === 'sending' || (before && before.outcome !== 'sending')) return isOwn ? [begun] : [];
    const came = {
      id,
      attempt: index,
      outcome,
      externalId: attempt.external_id,
      url: attempt.url,
      detail: attempt.detail,
      duplicate: attempt.duplicate,
    };
    const settled = trace(
      file,
      { at: attempt.settled_at, by: attempt.settled_by },
      ranks.handOver,
      onModel('hand-over', (state, now) => settleHandOver(state, came, now)),
      2 * index + 1,
    );
    return isOwn ? [begun, settled] : [settled];
  });
}

function requestTraces(
  file: LedgerFile,
  was: RetrainingRequest | undefined,
  request: RetrainingRequest,
): Trace[] {
  const { id, version, trigger, inputs, causes, response, reason, attempts, closed } = request;
  const [first] = attempts ?? [];
  const begunWithRequest = !was && first?.at === request.requested_at && first.by === request.requested_by;
  const sendingTo = begunWithRequest ? first?.to : undefined;
  const made = onVersion('retrain', version, (state, record, circumstance) =>
    retrain(
      state,
      { version: record, id, trigger, inputs, causes, response, reason, sendingTo },
      circumstance,
    ),
  );
  const written = { at: request.requested_at, by: request.requested_by };
  const cancelled = closed?.outcome === 'cancelled' && !was?.closed ? closed : undefined;
  return [
    ...(was ? [] : [trace(file, written, ranks.request, made)]),
    ...attemptTraces(file, was?.attempts ?? [], request, begunWithRequest),
    ...(cancelled
      ? [
          trace(
            file,
            cancelled,
            ranks.cancel,
            onModel('retrain-cancel', (state, now) =>
              cancelRetraining(state, { id, reason: cancelled.reason }, now),
            ),
          ),
        ]
      : []),
  ];
}

function updateTrace(file: LedgerFile, update: IncidentUpdate, sequence: number): Trace {
  const { note, severity, versions = [], reported } = update;
  return trace(
    file,
    update,
    ranks.incidentUpdate,
    onModel('incident-update', (state, now) =>
      updateIncident(state, { id: file.id, note, severity, versions, reported }, now),
    ),
    sequence,
  );
}

function incidentTraces(file: LedgerFile, was: Incident | undefined, incident: Incident): Trace[] {
  const { severity, versions, aware_at: awareAt, summary, closed, updates } = incident;
  const isReplaced = updates?.some((update) => update.versions) ?? false;
  const opened = onModel('incident-open', (state, now) => {
    // What an update put in their place may not have been there yet; it is put in their place again.
    const then = isReplaced ? versions.filter((version) => state.versions.has(version)) : versions;
    return openIncident(state, { severity, versions: then, awareAt, summary }, now);
  });
  return [
    ...(was
      ? []
      : [
          trace(
            file,
            { at: incident.opened_at, by: incident.opened_by },
            ranks.incidentOpen,
            opened,
            numberOf(file.id),
          ),
        ]),
    ...appended(was?.updates, updates).map((update, index) => updateTrace(file, update, index)),
    ...(closed && !was?.closed
      ? [
          trace(
            file,
            closed,
            ranks.incidentClose,
            onModel('incident-close', (state, now) =>
              closeIncident(state, { id: file.id, reason: closed.reason }, now),
            ),
          ),
        ]
      : []),
  ];
}

function profileTraces(file: LedgerFile, profile: ReferenceProfile): Trace[] {
  const { schema, model_id, version, made_at: at, made_by: by, ...content } = profile;
  void [schema, model_id];
  const candidate = onVersion('profile', version, (state, record, circumstance) =>
    saveProfile(state, { version: record, content }, circumstance),
  );
  return [trace(file, { at, by }, ranks.profile, candidate)];
}

/** The transitions that lie between two states of a ledger's files. A request that a registration closes is that one's. */
export function ledgerTraces(files: readonly ChangedFile[]): Trace[] {
  return files.flatMap(({ file, before, after }) => {
    if (file.kind === 'report') return reportTraces(file, after as MonitoringReport);
    if (file.kind === 'event') return eventTraces(file, after as ModelEvent);
    if (file.kind === 'request')
      return requestTraces(file, before as RetrainingRequest | undefined, after as RetrainingRequest);
    return file.kind === 'incident'
      ? incidentTraces(file, before as Incident | undefined, after as Incident)
      : profileTraces(file, after as ReferenceProfile);
  });
}
