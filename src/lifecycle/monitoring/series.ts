// The reports on one version, column by column: what triggers and charts look through, small enough for a year of a thousand models.
import type { MonitoringReport } from '../../generated/types.js';
import { type Signal, type Verdict, signals } from './observation.js';

/** One feature or metric, measured in one way, over the reports that have it. */
export interface Series {
  signal: Signal;
  name: string;
  method: string;
  /** Which report each point is of. */
  reports: number[];
  values: (number | null)[];
  thresholds: (number | null)[];
  /** One letter a point: b(reached), w(ithin), u(nmeasured), j (unjudged). */
  verdicts: string;
}

/** The reports on one version, by the end of their windows. Times are seconds since 1970. */
export interface VersionSeries {
  /** Index into `signals`. */
  signals: number[];
  ends: number[];
  recorded: number[];
  reference: (number | null)[];
  current: (number | null)[];
  series: Series[];
}

/** A verdict as series keep it. */
export type Letter = 'b' | 'w' | 'u' | 'j';

/** One report as series take it. Times are seconds since 1970. */
export interface SeriesReport {
  signal: Signal;
  end: number;
  recorded: number;
  reference: number | null;
  current: number | null;
  observations: readonly {
    name: string;
    method: string;
    value: number | null;
    threshold: number | null;
    letter: Letter;
  }[];
}

const letters: Readonly<Record<Verdict, Letter>> = {
  breached: 'b',
  within: 'w',
  unmeasured: 'u',
  unjudged: 'j',
};
const verdicts: Readonly<Record<string, Verdict>> = {
  b: 'breached',
  w: 'within',
  u: 'unmeasured',
  j: 'unjudged',
};

export const noSeries: VersionSeries = {
  signals: [],
  ends: [],
  recorded: [],
  reference: [],
  current: [],
  series: [],
};

const seconds = (timestamp: string): number => Math.floor(Date.parse(timestamp) / 1000);

// The windows of a registry end at few moments, each of them in many series.
const written = new Map<number, string>();
const mostWritten = 20_000;

/** A moment of a series, as records write it. */
export function timestampAt(moment: number): string {
  const known = written.get(moment);
  if (known !== undefined) return known;
  const text = new Date(moment * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  if (written.size >= mostWritten) written.clear();
  written.set(moment, text);
  return text;
}

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** A report as series take it. */
export function rowOf(report: MonitoringReport): SeriesReport {
  return {
    signal: report.signal,
    end: seconds(report.window.end),
    recorded: seconds(report.recorded_at),
    reference: report.samples?.reference ?? null,
    current: report.samples?.current ?? null,
    observations: report.observations.map(({ name, method, value, threshold, verdict }) => ({
      name,
      method,
      value,
      threshold: threshold ?? null,
      letter: letters[verdict],
    })),
  };
}

/** Puts reports side by side, in an order that does not depend on the order they came in. */
export function columnsOf(reports: readonly SeriesReport[]): VersionSeries {
  const ordered = [...reports].sort((a, b) => a.end - b.end || compareTexts(a.signal, b.signal));
  const known = new Map<string, Series & { letters: string[] }>();
  ordered.forEach((report, index) => {
    for (const { name, method, value, threshold, letter } of report.observations) {
      const key = `${report.signal}\n${method}\n${name}`;
      let series = known.get(key);
      if (!series) {
        const { signal } = report;
        series = { signal, name, method, reports: [], values: [], thresholds: [], verdicts: '', letters: [] };
        known.set(key, series);
      }
      series.reports.push(index);
      series.values.push(value);
      series.thresholds.push(threshold);
      series.letters.push(letter);
    }
  });
  return {
    signals: ordered.map(({ signal }) => signals.indexOf(signal)),
    ends: ordered.map(({ end }) => end),
    recorded: ordered.map(({ recorded }) => recorded),
    reference: ordered.map(({ reference }) => reference),
    current: ordered.map(({ current }) => current),
    series: [...known.values()].map(({ letters: own, ...series }) => ({ ...series, verdicts: own.join('') })),
  };
}

/** Puts reports side by side, as records hold them. */
export function seriesOf(reports: readonly MonitoringReport[]): VersionSeries {
  return columnsOf(reports.map(rowOf));
}

/** The verdict of one point of a series. */
export function verdictAt(series: Series, point: number): Verdict {
  return verdicts[series.verdicts[point] ?? 'j'] ?? 'unjudged';
}

/** The signal of one report. */
export function signalAt(all: VersionSeries, report: number): Signal {
  return signals[all.signals[report] ?? 0] as Signal;
}

/** The end of the newest window of a signal, or of any; undefined where there is none. */
export function newestEnd(all: VersionSeries, signal?: Signal): string | undefined {
  const wanted = signal === undefined ? undefined : signals.indexOf(signal);
  for (let report = all.ends.length - 1; report >= 0; report--)
    if (wanted === undefined || all.signals[report] === wanted) return timestampAt(all.ends[report] ?? 0);
  return undefined;
}
