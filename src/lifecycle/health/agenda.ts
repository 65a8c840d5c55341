// What is due in a registry: reports, reviews, notices, waivers, triggers, certificates, incidents and requests, most urgent first.
import type { VersionRecord } from '../../generated/types.js';
import { addPeriod, dayOf, daysBetween } from '../dates.js';
import { dueItems } from '../due.js';
import { isAccepted } from '../operations/hand-over.js';
import { cadenceOf, nextReport } from './cadence.js';
import { type Watch, type WatchedModel, deployedVersions, reportsOf, triggersOf } from './watched-model.js';

type AgendaKind =
  | 'incident'
  | 'trigger'
  | 'report'
  | 'request'
  | 'approval'
  | 'hold'
  | 'deprecation-target'
  | 'notice'
  | 'waiver'
  | 'certificate'
  | 'unreadable';

/** One thing to do. */
export interface AgendaItem {
  kind: AgendaKind;
  model: string;
  /** Null where it is about the model as a whole. */
  version: string | null;
  owner: string;
  what: string;
  /** The day; null where it is due now. */
  date: string | null;
  /** Days from now, negative when overdue; null where it has no day. */
  days: number | null;
  overdue: boolean;
  /** The command that deals with it. */
  next: string;
}

type Draft = Omit<AgendaItem, 'model' | 'owner' | 'days' | 'overdue'> & { overdue?: boolean };

function reportItems(watched: WatchedModel, record: VersionRecord, watch: Watch): Draft[] {
  const { model } = watched;
  const reports = reportsOf(watched, record.version);
  const cadence = cadenceOf(model, record, watch.policy);
  const signals = model.monitoring?.signals ?? [];
  const expected = signals.length > 0 ? signals : [undefined];
  return expected.map((signal) => ({
    kind: 'report',
    version: record.version,
    what: `${cadence} report${signal === undefined ? '' : ` on ${signal}`}`,
    date: nextReport(record, reports, cadence, signal),
    next: `mlc monitor ${record.model_id}@${record.version} --signal ${signal ?? 'SIGNAL'} --report FILE`,
  }));
}

function triggerItems(watched: WatchedModel, record: VersionRecord, watch: Watch): Draft[] {
  return triggersOf(watched, record, watch)
    .filter(({ state }) => state === 'fired')
    .map(({ type, message, since, response }) => ({
      kind: 'trigger',
      version: record.version,
      what: `${type} fired: ${message} → ${response}`,
      date: since === null ? null : dayOf(since),
      overdue: true,
      next: `mlc retrain ${record.model_id} --trigger ${type} --dataset NAME@VERSION`,
    }));
}

function recordItems(watched: WatchedModel, record: VersionRecord, watch: Watch): Draft[] {
  return dueItems(record, watched.model, watch.policy, watch.now).map(({ what, date, next, kind }) => ({
    kind,
    version: record.version,
    what,
    date,
    next,
  }));
}

function modelItems(
  { model, waivers, incidents, requests, unread = [] }: WatchedModel,
  { policy }: Watch,
): Draft[] {
  const id = model.model_id;
  return [
    ...unread.map((file): Draft => ({
      kind: 'unreadable',
      version: null,
      what: `${file} cannot be read, so nothing is known by it`,
      date: null,
      overdue: true,
      next: `mlc validate ${file}`,
    })),
    ...incidents
      .filter(({ closed }) => !closed)
      .map((incident): Draft => {
        const open = incident.report_by !== null && !incident.reported;
        return {
          kind: 'incident',
          version: null,
          what: `${incident.severity} incident ${incident.id}${open ? ', to be reported' : ''}: ${incident.summary}`,
          date: open ? incident.report_by : null,
          next: open
            ? `mlc incident update ${id} ${incident.id} --reported REFERENCE -m NOTE`
            : `mlc incident close ${id} ${incident.id} -m REASON`,
        };
      }),
    ...requests
      .filter(({ closed }) => !closed)
      .map((request): Draft => {
        const outcome = request.attempts?.at(-1)?.outcome;
        const isPrinted = (model.retraining?.hand_over?.to ?? 'print') === 'print';
        const lost = !isAccepted(request) && (outcome !== undefined || !isPrinted);
        const words =
          outcome === 'sending'
            ? 'is without an answer'
            : outcome === undefined
              ? 'has not been done'
              : `is ${outcome}`;
        return {
          kind: 'request',
          version: request.version,
          what: `retraining ${request.id} is open${lost ? `, and its hand-over ${words}` : ''}`,
          // A request that nobody answered in the time that triggers pause is forgotten.
          date: addPeriod(dayOf(request.requested_at), policy.cooldown),
          ...(lost ? { overdue: true } : {}),
          next: lost
            ? `mlc retrain ${id} --trigger ${request.trigger} --dataset ${request.inputs.data_snapshot} --seed ${request.inputs.seed} --commit ${request.inputs.commit} --send`
            : `mlc register ${id} --request ${request.id} --from EVIDENCE --results RESULTS`,
        };
      }),
    ...waivers.map((waiver): Draft => ({
      kind: 'waiver',
      version: null,
      what: `the waiver of ${waiver.check} ends: ${waiver.reason}`,
      date: waiver.expires,
      next: `models/${id}/gate.yaml: take it out, or meet the check`,
    })),
    ...(model.certificates ?? []).map((certificate): Draft => ({
      kind: 'certificate',
      version: null,
      what: `${certificate.name} holds until then`,
      date: certificate.valid_until,
      next: `renew it, and change certificates in models/${id}/model.yaml`,
    })),
  ];
}

/** Days from now to an item, for ordering: what is due now and has no day comes before what is to come. */
function urgency({ kind, days, overdue }: AgendaItem): number {
  // What cannot be read may hide anything.
  if (kind === 'unreadable') return Number.NEGATIVE_INFINITY;
  return days ?? (overdue ? -0.5 : 0);
}

/** What is due of one model. */
function agendaOf(watched: WatchedModel, watch: Watch): AgendaItem[] {
  const { model } = watched;
  const deployed = deployedVersions(watched);
  const drafts = [
    ...modelItems(watched, watch),
    ...deployed.flatMap((record) => [
      ...triggerItems(watched, record, watch),
      ...reportItems(watched, record, watch),
    ]),
    ...watched.versions.flatMap((record) => recordItems(watched, record, watch)),
  ];
  const today = dayOf(watch.now);
  return drafts.map((draft) => {
    const days = draft.date === null ? null : Math.round(daysBetween(today, draft.date));
    return {
      ...draft,
      model: model.model_id,
      owner: model.owner,
      days,
      overdue: draft.overdue ?? (days !== null && days < 0),
    };
  });
}

function compareItems(a: AgendaItem, b: AgendaItem): number {
  return (
    Number(b.overdue) - Number(a.overdue) ||
    urgency(a) - urgency(b) ||
    compareTexts(a.model, b.model) ||
    compareTexts(a.version ?? '', b.version ?? '')
  );
}

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** What is due of many models within a number of days, most urgent first. */
export function agenda(models: readonly WatchedModel[], watch: Watch, withinDays: number): AgendaItem[] {
  return models
    .flatMap((watched) => agendaOf(watched, watch))
    .filter(({ days, overdue }) => overdue || days === null || days <= withinDays)
    .sort(compareItems);
}
