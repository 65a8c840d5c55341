// metric-regression: a metric in production is worse than at registration by more than a share.
import type { Trigger, TriggerCause } from '../../generated/types.js';
import { dayOf } from '../dates.js';
import { stampOf } from '../ledger.js';
import { methodOf } from '../monitoring/methods.js';
import { type Series, timestampAt } from '../monitoring/series.js';
import { betterOf } from '../monitoring/verdict.js';
import { flattenResults } from '../results.js';
import { evidenceOf, missingSince } from './evidence.js';
import type { Finding, Since, TriggerSubject } from './trigger.js';

export const regressionShare = 0.05;

/** What a metric was at registration, and which way is better. */
interface Registered {
  metric: string;
  value: number;
  better: 'higher' | 'lower';
}

function registeredOf(rule: Trigger, { record, metrics }: TriggerSubject): Registered[] {
  const results = flattenResults(record.evaluation_results).metrics;
  const wanted = rule.metric === undefined ? Object.keys(metrics ?? {}) : [rule.metric];
  return wanted.flatMap((metric) => {
    const value = results.get(metric);
    const better = betterOf(metrics, metric);
    return typeof value === 'number' && better ? [{ metric, value, better }] : [];
  });
}

/** By which share of what it was at registration a metric is worse; negative where it is better, infinite against zero. */
function worseBy(registered: Registered, value: number): number {
  const loss = registered.better === 'higher' ? registered.value - value : value - registered.value;
  return loss === 0 ? 0 : loss / Math.abs(registered.value);
}

// Shares of decimal fractions miss their limits by a hair.
const slack = 1e-9;

const percent = (share: number): string =>
  Number.isFinite(share) ? `${Number((100 * share).toPrecision(3))} % ` : '';

function described(registered: Registered, value: number): string {
  const worse = worseBy(registered, value);
  const how = worse >= 0 ? `${percent(worse)}worse` : `${percent(-worse)}better`;
  return `${registered.metric} is ${Number(value.toPrecision(4))}, ${how} than ${Number(registered.value.toPrecision(4))} at registration`;
}

function isAbout(series: Series, metric: string): boolean {
  return (
    series.name === metric &&
    methodOf(series.method) === undefined &&
    (series.signal === 'quality' || series.signal === 'latency' || series.signal === 'cost')
  );
}

/** Looks through the reports that were recorded after a moment. */
export function findRegression(rule: Trigger, subject: TriggerSubject, since: Since): Finding {
  const limit = rule.threshold ?? regressionShare;
  const all = subject.reports;
  const registered = registeredOf(rule, subject);
  const causes: { cause: TriggerCause; at: number }[] = [];
  const quiet: { text: string; worse: number }[] = [];
  const open: string[] = [];
  const reported = new Set<string>();
  for (const entry of registered) {
    for (const series of all.series.filter((found) => isAbout(found, entry.metric))) {
      const points = evidenceOf(all, series, since);
      const breach = points.find((point) => {
        const value = series.values[point] ?? null;
        return value !== null && worseBy(entry, value) > limit + slack;
      });
      if (breach !== undefined) {
        const report = series.reports[breach] ?? 0;
        const end = timestampAt(all.ends[report] ?? 0);
        causes.push({
          at: all.recorded[report] ?? 0,
          cause: {
            kind: 'report',
            source: `${subject.record.version}/${stampOf(end)}-${series.signal}`,
            message: `${described(entry, series.values[breach] ?? 0)}, in the window that ended ${dayOf(end)}`,
          },
        });
      }
      const last = points.at(-1);
      if (last === undefined) continue;
      reported.add(entry.metric);
      const newest = series.values[last] ?? null;
      const missing = missingSince(subject, series, last);
      if (newest === null) open.push(`${entry.metric} was not measured`);
      else if (missing !== undefined) open.push(`${entry.metric} is in no report since ${dayOf(missing)}`);
      else quiet.push({ text: described(entry, newest), worse: worseBy(entry, newest) });
    }
  }
  const [first] = [...causes].sort((a, b) => a.at - b.at);
  if (first)
    return {
      state: 'fired',
      message: causes
        .slice(0, 3)
        .map(({ cause }) => cause.message)
        .join('; '),
      since: timestampAt(first.at),
      causes: causes.map(({ cause }) => cause).slice(0, 100),
    };
  if (registered.length === 0) {
    const what = rule.metric ?? 'no metric of the gate';
    return {
      state: 'unmeasurable',
      message: `${what} has ${rule.metric === undefined ? 'a' : 'no'} number at registration and a direction in gate.yaml`,
      causes: [],
    };
  }
  if (open.length > 0) return { state: 'unmeasurable', message: open.join('; '), causes: [] };
  const [worst] = quiet.sort((a, b) => b.worse - a.worse);
  const unreported = registered.map(({ metric }) => metric).filter((metric) => !reported.has(metric));
  const besides = unreported.length > 0 ? `; no report has ${unreported.join(', ')}` : '';
  return worst
    ? { state: 'quiet', message: `${worst.text}${besides}`, causes: [] }
    : {
        state: 'unmeasurable',
        message: `no report has ${registered.map(({ metric }) => metric).join(', ')}`,
        causes: [],
      };
}
