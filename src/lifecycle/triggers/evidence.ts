// Which points of a series are evidence: those since the decision, and of those within the pause only what nothing followed.
import { addPeriod, dayOf } from '../dates.js';
import { cadenceOf, cadencePeriods } from '../health/cadence.js';
import { type Series, type VersionSeries, newestEnd, timestampAt } from '../monitoring/series.js';
import type { Since, TriggerSubject } from './trigger.js';

/** A UTC timestamp in whole seconds since 1970, as clocks of records go; -1 for none. */
export function secondsOf(moment: string): number {
  return moment === '' ? -1 : Math.floor(Date.parse(moment) / 1000);
}

/**
 * The points of a series that were recorded since, oldest window first. What shares its second with the decision counts:
 * firing once too often is the lesser fault.
 */
export function evidenceOf(all: VersionSeries, series: Series, since: Since): number[] {
  const [decided, quiet] = [secondsOf(since.decidedAt), secondsOf(since.quietUntil)];
  const recordedAt = (point: number): number => all.recorded[series.reports[point] ?? 0] ?? 0;
  const points: number[] = [];
  let settled = 0;
  for (let point = 0; point < series.reports.length; point++) {
    if (recordedAt(point) < decided) continue;
    points.push(point);
    if (quiet >= 0 && recordedAt(point) > quiet) settled++;
  }
  return settled > 0 && settled < points.length
    ? points.filter((point) => recordedAt(point) > quiet)
    : points;
}

/** The end of a point's window, where reports on its signal went on for more than a cadence without it; else undefined. */
export function missingSince(subject: TriggerSubject, series: Series, point: number): string | undefined {
  const { model, record, policy, reports } = subject;
  const end = timestampAt(reports.ends[series.reports[point] ?? 0] ?? 0);
  const newest = newestEnd(reports, series.signal) ?? end;
  const period = cadencePeriods[cadenceOf(model, record, policy)];
  return addPeriod(dayOf(end), period) < dayOf(newest) ? end : undefined;
}
