// data-accumulation, upstream-change and compliance-event: what the events of a model make fire.
import type { ModelEvent, Trigger, TriggerCause } from '../../generated/types.js';
import { secondsOf } from './evidence.js';
import type { Finding, TriggerSubject } from './trigger.js';

export const accumulationShare = 0.1;

// What a request can hold of one cause.
const longestMessage = 1000;

function causeOf(entry: ModelEvent, message: string): TriggerCause {
  return { kind: 'event', source: entry.id, message: message.slice(0, longestMessage) };
}

/** The moment from which on a version knows of nothing: its training's start, where the record has it. */
function begunAt({ training, registered_at }: TriggerSubject['record']): string {
  return training?.started_at ?? registered_at;
}

/** The events that the request which a version answers was made for. */
function answeredEvents({ record, requests }: TriggerSubject): Set<string | undefined> {
  const request = record.change?.request;
  const answered = request === undefined ? undefined : requests.find(({ id }) => id === request);
  return new Set(answered?.causes.map(({ source }) => source));
}

/** The events of requests about a version that were not cancelled. */
function requestedEvents({ record, requests }: TriggerSubject): Set<string | undefined> {
  const standing = requests.filter(
    ({ version, closed }) => version === record.version && closed?.outcome !== 'cancelled',
  );
  return new Set(standing.flatMap(({ causes }) => causes.map(({ source }) => source)));
}

/**
 * Whether an event came after a decision. One of the decision's own second did, unless the request names it: of two that
 * share a second nobody knows which was first, and firing once too often is the lesser fault.
 */
function isNewIn(subject: TriggerSubject, since: string): (entry: ModelEvent) => boolean {
  const decided = secondsOf(since);
  const named = requestedEvents(subject);
  return ({ id, recorded_at: at }) => {
    const recorded = secondsOf(at);
    return recorded > decided || (recorded === decided && !named.has(id));
  };
}

function inOrder(events: readonly ModelEvent[]): ModelEvent[] {
  return [...events].sort((a, b) => Date.parse(a.recorded_at) - Date.parse(b.recorded_at));
}

/** The events of a type that came after a decision, and that the version was not trained for. */
export function eventsSince(subject: TriggerSubject, type: ModelEvent['type'], since: string): ModelEvent[] {
  const begun = begunAt(subject.record);
  const found = subject.events.filter((entry) => entry.type === type && entry.recorded_at > begun);
  if (found.length === 0) return found;
  const answered = answeredEvents(subject);
  const isNew = isNewIn(subject, since);
  return inOrder(found.filter((entry) => isNew(entry) && !answered.has(entry.id)));
}

/** New labelled data, as a share of what the version was trained on. */
export function findAccumulation(rule: Trigger, subject: TriggerSubject, since: string): Finding {
  const limit = rule.threshold ?? accumulationShare;
  const found = eventsSince(subject, 'data-accumulation', since);
  const trained = (subject.record.training?.datasets ?? [])
    .filter(({ role }) => role === undefined || role === 'training')
    .reduce<number | undefined>(
      (sum, { examples }) => (examples === undefined ? sum : (sum ?? 0) + examples),
      undefined,
    );
  const gathered = found.reduce((sum, entry) => sum + (entry.new_examples ?? 0), 0);
  if (found.length === 0)
    return {
      state: 'unmeasurable',
      message: 'no new data is recorded (mlc event --type data-accumulation)',
      causes: [],
    };
  if (trained === undefined || trained === 0)
    return {
      state: 'unmeasurable',
      message: `${gathered} new examples, and the record does not say how many it was trained on (training.datasets[].examples)`,
      causes: [],
    };
  const share = gathered / trained;
  const message = `${gathered} new examples are ${Number((100 * share).toPrecision(3))} % of the ${trained} it was trained on`;
  if (share <= limit) return { state: 'quiet', message, causes: [] };
  let sum = 0;
  const over = found.find((entry) => (sum += entry.new_examples ?? 0) / trained > limit);
  return {
    state: 'fired',
    message,
    since: over?.recorded_at ?? since,
    causes: found
      .map((entry) => causeOf(entry, `${entry.new_examples ?? 0} new examples: ${entry.summary}`))
      .slice(-100),
  };
}

/** Another revision of the base model than the version was made from. */
export function findUpstream(_rule: Trigger, subject: TriggerSubject, since: string): Finding {
  const { record } = subject;
  const base = record.training?.base_model;
  const about = inOrder(subject.events).flatMap((entry) =>
    entry.type === 'upstream-change' && entry.base_model && (!base || entry.base_model.name === base.name)
      ? [{ entry, at: entry.recorded_at, label: `${entry.base_model.name}@${entry.base_model.revision}` }]
      : [],
  );
  const told = base ? `${base.name}@${base.revision ?? 'unknown'}` : 'no base model is recorded';
  const isNew = isNewIn(subject, since);
  const known = about.filter(({ entry }) => !isNew(entry)).at(-1);
  const found = about.filter(({ entry }) => isNew(entry));
  const newest = found.at(-1);
  if (!newest)
    return {
      state: 'quiet',
      message: known
        ? `no other revision than ${known.label} is recorded since the decision`
        : `no upstream change is recorded (${told})`,
      causes: [],
    };
  // The same revision told again is no other cause.
  if (known && found.every(({ label }) => label === known.label))
    return { state: 'quiet', message: `the base is ${known.label}, as it was decided about`, causes: [] };
  const isOther = ({ at, label }: typeof newest): boolean =>
    base?.revision === undefined ? at > begunAt(record) : label !== told;
  if (!isOther(newest))
    return { state: 'quiet', message: `the base is ${newest.label}, as the version has it`, causes: [] };
  const last = found.findLastIndex((entry) => !isOther(entry));
  const message = `the base is ${newest.label} now, and the version was made from ${base ? told : 'another'}`;
  return {
    state: 'fired',
    message,
    since: (found[last + 1] ?? newest).at,
    causes: [causeOf(newest.entry, message)],
  };
}

/** A regulation, an erasure, an audit finding. */
export function findCompliance(_rule: Trigger, subject: TriggerSubject, since: string): Finding {
  const found = eventsSince(subject, 'compliance-event', since);
  const [first] = found;
  if (!first) return { state: 'quiet', message: 'no compliance event is recorded', causes: [] };
  const causes = found.map((entry) =>
    causeOf(entry, `${entry.duty ?? 'compliance event'}: ${entry.summary}`),
  );
  return {
    state: 'fired',
    message: causes.map(({ message }) => message).join('; '),
    since: first.recorded_at,
    causes: causes.slice(-100),
  };
}
