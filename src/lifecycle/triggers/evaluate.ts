// Evaluates the six triggers of a deployed version: fired, quiet or not measurable, with the numbers and the response.
import type { ModelEvent, Trigger } from '../../generated/types.js';
import { addPeriod, dayOf } from '../dates.js';
import { flattenResults } from '../results.js';
import { firstServed } from '../rollouts.js';
import { type Standing, standingOf } from './decisions.js';
import { featuresOf, findDrift, psiLimit } from './drift.js';
import { accumulationShare, eventsSince, findAccumulation, findCompliance, findUpstream } from './events.js';
import { findRegression, regressionShare } from './regression.js';
import { actionFor, responses } from './responses.js';
import {
  type Finding,
  type Since,
  type TriggerSubject,
  type TriggerType,
  type TriggerVerdict,
  triggerTypes,
} from './trigger.js';

const defaultPeriod = 'P3M';

/** The rules of a model: those that it writes down, and the field's own for every type that it says nothing of. */
function rulesOf({ model }: Pick<TriggerSubject, 'model'>): Trigger[] {
  const own = model.triggers ?? [];
  return triggerTypes.flatMap((type): Trigger[] => {
    const written = own.filter((rule) => rule.type === type);
    return written.length > 0 ? written : [{ type }];
  });
}

function findCalendar(rule: Trigger, subject: TriggerSubject, { decidedAt: since }: Since): Finding {
  const { record, now } = subject;
  const begun = firstServed(record) ?? record.registered_at;
  const from = since > begun ? since : begun;
  const due = addPeriod(from, rule.period ?? defaultPeriod);
  const message = `the period of ${rule.period ?? defaultPeriod} since ${dayOf(from)} ${due <= dayOf(now) ? 'was over' : 'is over'} on ${due}`;
  if (due > dayOf(now)) return { state: 'quiet', message, causes: [] };
  return { state: 'fired', message, since: `${due}T00:00:00Z`, causes: [{ kind: 'date', message }] };
}

const finders: Readonly<
  Record<TriggerType, (rule: Trigger, subject: TriggerSubject, since: Since) => Finding>
> = {
  'drift-threshold': findDrift,
  'metric-regression': findRegression,
  'data-accumulation': (rule, subject, { decidedAt }) => findAccumulation(rule, subject, decidedAt),
  calendar: findCalendar,
  'upstream-change': (rule, subject, { decidedAt }) => findUpstream(rule, subject, decidedAt),
  'compliance-event': (rule, subject, { decidedAt }) => findCompliance(rule, subject, decidedAt),
};

/** A rule in a sentence. */
function describeRule(rule: Trigger, subject: TriggerSubject): string {
  if (rule.type === 'drift-threshold') {
    const features = featuresOf(rule, subject);
    const where = features ? `a key feature (${features.length})` : 'any feature';
    if (rule.method === undefined)
      return `psi > ${rule.threshold ?? psiLimit} on ${where}; other methods by their own limit`;
    return `${rule.method} beyond ${rule.threshold ?? 'its limit'} on ${where}`;
  }
  if (rule.type === 'metric-regression') {
    const known = [...flattenResults(subject.record.evaluation_results).metrics.keys()].length;
    return `${rule.metric ?? `a metric of the gate (${known} measured)`} more than ${100 * (rule.threshold ?? regressionShare)} % worse than at registration`;
  }
  if (rule.type === 'data-accumulation')
    return `new labelled data is more than ${100 * (rule.threshold ?? accumulationShare)} % of the training set`;
  if (rule.type === 'calendar') return `every ${rule.period ?? defaultPeriod}`;
  return rule.type === 'upstream-change'
    ? 'the base model has another revision'
    : 'a regulation, an erasure, an audit finding';
}

// An event is a duty or a fact, and no passing measurement: what came after a decision was not decided about.
const eventTypes: readonly TriggerType[] = ['upstream-change', 'compliance-event', 'data-accumulation'];

/** Whether a decision is followed by a pause: where model.yaml says so, and for what is measured. */
function isCooled({ type, cooldown }: Trigger): boolean {
  return cooldown !== undefined || type === 'drift-threshold' || type === 'metric-regression';
}

function stateOf(
  rule: Trigger,
  subject: TriggerSubject,
  standing: Standing,
): Pick<TriggerVerdict, 'state' | 'message' | 'causes'> & { since?: string | undefined } {
  if (rule.disabled !== undefined)
    return { state: 'disabled', message: `switched off: ${rule.disabled}`, causes: [] };
  const { answer, isPending, quietUntil } = standing;
  const isPausing = isCooled(rule) && subject.now < quietUntil;
  const isEvent = eventTypes.includes(rule.type);
  const found = finders[rule.type](rule, subject, {
    decidedAt: isEvent ? standing.eventsDecidedAt : standing.decidedAt,
    quietUntil: isPausing || !isCooled(rule) ? '' : quietUntil,
  });
  if (isPending && answer) {
    if (isEvent && answer.kind === 'retrain' && found.state === 'fired') return found;
    const what = answer.request ? `the request ${answer.request}` : 'the deprecation';
    return { state: 'answered', message: `${what} of ${dayOf(answer.at)} stands`, causes: [] };
  }
  if (answer && found.state === 'unmeasurable')
    return { ...found, message: `${found.message}, since the decision of ${dayOf(answer.at)}` };
  if (!isPausing || found.state !== 'fired') return found;
  return { ...found, state: 'cooling', message: `${found.message}; quiet until ${dayOf(quietUntil)}` };
}

/** Evaluates every rule of a version. */
export function evaluateTriggers(subject: TriggerSubject): TriggerVerdict[] {
  const { model, policy } = subject;
  const upstream =
    model.kind === 'generative' ? findUpstream({ type: 'upstream-change' }, subject, '') : null;
  const base = upstream?.state === 'fired' ? 'changed' : 'unchanged';
  return rulesOf(subject).map((rule) => {
    const standing = standingOf(subject, rule.type, rule.cooldown ?? policy.cooldown);
    const { state, message, causes, since } = stateOf(rule, subject, standing);
    const { type } = rule;
    const about = eventTypes.includes(type)
      ? eventsSince(subject, type as ModelEvent['type'], standing.eventsDecidedAt)
      : [];
    return {
      type,
      state,
      message,
      since: state === 'fired' || state === 'cooling' ? (since ?? null) : null,
      causes,
      rule: describeRule(rule, subject),
      response: responses[type],
      action: actionFor(model, type, about, base),
      answer: standing.answer,
    };
  });
}
