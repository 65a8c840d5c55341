// drift-threshold: a key feature has drifted beyond its limit, on enough samples.
import type { Trigger, TriggerCause } from '../../generated/types.js';
import { badSide, methodOf, methodsNamed } from '../monitoring/methods.js';
import { type Series, type VersionSeries, timestampAt, verdictAt } from '../monitoring/series.js';
import { dayOf } from '../dates.js';
import { stampOf } from '../ledger.js';
import { listOf } from '../problems.js';
import { evidenceOf, missingSince } from './evidence.js';
import type { Finding, Since, TriggerSubject } from './trigger.js';

/** The limit of PSI that the field uses as its single cut, and the examples a side that it needs. */
export const psiLimit = 0.2;
const psiSamples = 200;

/** The features that the rule looks at; undefined for all. */
export function featuresOf(rule: Trigger, subject: TriggerSubject): readonly string[] | undefined {
  return rule.features ?? subject.model.monitoring?.key_features;
}

interface Limit {
  /** Undefined where the report's own verdict counts. */
  value: number | undefined;
  samples: number;
}

/** How a series is held against the rule; undefined where the rule does not look at it. */
function limitFor(series: Series, rule: Trigger): Limit | undefined {
  const method = methodOf(series.method);
  const isPsi = method?.id === 'psi';
  const samples = rule.min_samples ?? (isPsi ? psiSamples : 0);
  if (rule.method === undefined) return { value: isPsi ? (rule.threshold ?? psiLimit) : undefined, samples };
  const wanted = methodOf(rule.method)?.id ?? rule.method;
  if ((method?.id ?? series.method) !== wanted) return undefined;
  // Which side of an unknown method's limit is drift is never guessed.
  if (!method) return { value: undefined, samples };
  return { value: rule.threshold ?? (isPsi ? psiLimit : method.defaultThreshold), samples };
}

/** A method's name and a feature's, with the signal where it is another than the input's. */
function labelOf({ method, name, signal }: Series): string {
  return `${method} of ${name}${signal === 'input-drift' ? '' : ` (${signal})`}`;
}

function isBreach(series: Series, point: number, limit: Limit): boolean {
  const value = series.values[point];
  const method = methodOf(series.method);
  if (limit.value === undefined || !method) return verdictAt(series, point) === 'breached';
  if (typeof value !== 'number') return false;
  return badSide(method) === 'high' ? value > limit.value : value < limit.value;
}

function isUnjudged(series: Series, point: number, limit: Limit): boolean {
  return limit.value === undefined && verdictAt(series, point) === 'unjudged';
}

/** Why a point cannot be judged; undefined where it can. */
function whyNot(all: VersionSeries, series: Series, point: number, limit: Limit): string | undefined {
  if (series.values[point] === null) return `${labelOf(series)} was not measured`;
  if (isUnjudged(series, point, limit)) return `${labelOf(series)} has no limit, or no known direction`;
  if (limit.samples === 0) return undefined;
  const report = series.reports[point] ?? 0;
  const [reference, current] = [all.reference[report], all.current[report]];
  const needs = `${series.method} needs ${limit.samples} samples a side`;
  if (typeof reference !== 'number' || typeof current !== 'number')
    return `${needs}, and the report does not say how many it has`;
  return Math.min(reference, current) < limit.samples
    ? `${needs}, and the report has ${reference} and ${current}`
    : undefined;
}

function described(series: Series, point: number, limit: Limit): string {
  const against = limit.value ?? series.thresholds[point];
  const value = series.values[point];
  const shown = typeof value === 'number' ? Number(value.toPrecision(4)) : 'unmeasured';
  return `${labelOf(series)} is ${shown}${typeof against === 'number' ? `, limit ${against}` : ''}`;
}

function causeOf(subject: TriggerSubject, series: Series, point: number, limit: Limit): TriggerCause {
  const end = timestampAt(subject.reports.ends[series.reports[point] ?? 0] ?? 0);
  return {
    kind: 'report',
    source: `${subject.record.version}/${stampOf(end)}-${series.signal}`,
    message: `${described(series, point, limit)}, in the window that ended ${dayOf(end)}`,
  };
}

interface Looked {
  /** The features that have to be there. */
  wanted: readonly string[] | undefined;
  /** What the newest reports have, and what they no longer have, with the end of its last window. */
  seen: Set<string>;
  stale: Map<string, string>;
  breaches: { cause: TriggerCause; at: number }[];
  open: string[];
  /** What nothing is held against, and what of it another method has judged. */
  unjudged: { measured: string; text: string }[];
  judged: Set<string>;
  quiet: { text: string; value: number }[];
}

function look(subject: TriggerSubject, series: Series, limit: Limit, since: Since, found: Looked): void {
  const all = subject.reports;
  const points = evidenceOf(all, series, since);
  const newest = points.at(-1);
  const first = points.find(
    (point) => isBreach(series, point, limit) && whyNot(all, series, point, limit) === undefined,
  );
  if (first !== undefined)
    found.breaches.push({
      cause: causeOf(subject, series, first, limit),
      at: all.recorded[series.reports[first] ?? 0] ?? 0,
    });
  if (newest === undefined) return;
  const isListed = found.wanted?.includes(series.name);
  const missing = isListed ? missingSince(subject, series, newest) : undefined;
  if (missing !== undefined) {
    found.stale.set(series.name, missing);
    return;
  }
  found.seen.add(series.name);
  const open = whyNot(all, series, newest, limit);
  // A report is of one signal and window: this is one feature in it, whatever it was measured by.
  const measured = `${series.reports[newest] ?? 0}\n${series.name}`;
  if (open === undefined) {
    found.judged.add(measured);
    found.quiet.push({ text: described(series, newest, limit), value: series.values[newest] ?? 0 });
  } else if (series.values[newest] !== null && isUnjudged(series, newest, limit))
    found.unjudged.push({ measured, text: open });
  else found.open.push(open);
}

/** Looks through the drift reports that were recorded after a moment. */
export function findDrift(rule: Trigger, subject: TriggerSubject, since: Since): Finding {
  const meant = rule.method === undefined ? [] : methodsNamed(rule.method);
  if (meant.length > 1)
    return {
      state: 'unmeasurable',
      message: `${rule.method ?? ''} means ${listOf(
        meant.map(({ id }) => id),
        'or',
      )}: model.yaml has to say which`,
      causes: [],
    };
  const features = featuresOf(rule, subject);
  const found: Looked = {
    wanted: features,
    seen: new Set(),
    stale: new Map(),
    breaches: [],
    open: [],
    unjudged: [],
    judged: new Set(),
    quiet: [],
  };
  for (const series of subject.reports.series) {
    if (!series.signal.endsWith('-drift')) continue;
    // Key features are inputs; a rule that names its own looks at those alone, whatever the signal.
    const isBound = rule.features !== undefined || series.signal === 'input-drift';
    if (features && isBound && !features.includes(series.name)) continue;
    const limit = limitFor(series, rule);
    if (!limit) continue;
    look(subject, series, limit, since, found);
  }
  const [first] = [...found.breaches].sort((a, b) => a.at - b.at);
  if (first)
    return {
      state: 'fired',
      message: found.breaches
        .slice(0, 3)
        .map(({ cause }) => cause.message)
        .concat(found.breaches.length > 3 ? [`and ${found.breaches.length - 3} more`] : [])
        .join('; '),
      since: timestampAt(first.at),
      causes: found.breaches.map(({ cause }) => cause).slice(0, 100),
    };
  const isReported = subject.reports.series.some(
    (series) => series.signal.endsWith('-drift') && evidenceOf(subject.reports, series, since).length > 0,
  );
  if (!isReported)
    return { state: 'unmeasurable', message: 'there is no drift report to measure it by', causes: [] };
  const by = rule.method === undefined ? '' : ` by ${rule.method}`;
  const missing = (features ?? []).filter((name) => !found.seen.has(name));
  const never = missing.filter((name) => !found.stale.has(name));
  const open = [
    ...new Set(found.open),
    ...found.unjudged.flatMap(({ measured, text }) => (found.judged.has(measured) ? [] : [text])),
    ...(never.length > 0 ? [`${listOf(never)} is in no report${by}`] : []),
    ...missing.flatMap((name) => {
      const last = found.stale.get(name);
      return last === undefined ? [] : [`${name} is in no report${by} since ${dayOf(last)}`];
    }),
  ];
  if (found.quiet.length === 0 && open.length === 0)
    return { state: 'unmeasurable', message: `no drift is reported${by}`, causes: [] };
  if (open.length > 0) {
    const more = open.length > 2 ? `; and ${open.length - 2} more` : '';
    return { state: 'unmeasurable', message: `${open.slice(0, 2).join('; ')}${more}`, causes: [] };
  }
  return {
    state: 'quiet',
    message: (found.quiet.sort((a, b) => b.value - a.value)[0] as { text: string }).text,
    causes: [],
  };
}
