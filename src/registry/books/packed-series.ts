// Series as the books' cache keeps them: what is the same in every point once, times as differences, values as bytes.
import type { Series, VersionSeries } from '../../lifecycle/monitoring/series.js';
import { type Signal, signals as allSignals } from '../../lifecycle/monitoring/observation.js';

/** A list, or the one value that all of it has, and how often. */
type Repeated<T> = T[] | { all: T; times: number };

/** One series, packed. */
interface PackedSeries {
  signal: Signal;
  name: string;
  method: string;
  /** Null where the series has a point in every report on its signal. */
  reports: number[] | null;
  /** IEEE 754 doubles, little end first, in base64; NaN for what was not measured. */
  values: string;
  thresholds: Repeated<number | null>;
  verdicts: string;
}

/** The series of one version, packed. Plain JSON. */
export interface PackedVersion {
  signals: string;
  /** Each as the difference from the one before. */
  ends: number[];
  /** Each as the difference from the end of its own window. */
  recorded: number[];
  reference: Repeated<number | null>;
  current: Repeated<number | null>;
  series: PackedSeries[];
}

function repeated<T>(values: readonly T[]): Repeated<T> {
  const [first] = values;
  return first !== undefined && values.length > 2 && values.every((value) => value === first)
    ? { all: first, times: values.length }
    : [...values];
}

function listed<T>(values: Repeated<T>): T[] {
  return Array.isArray(values) ? values : new Array<T>(values.times).fill(values.all);
}

function packValues(values: readonly (number | null)[]): string {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => bytes.writeDoubleLE(value ?? Number.NaN, 8 * index));
  return bytes.toString('base64');
}

function unpackValues(packed: string): (number | null)[] {
  const bytes = Buffer.from(packed, 'base64');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: (number | null)[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const value = view.getFloat64(at, true);
    values.push(Number.isNaN(value) ? null : value);
  }
  return values;
}

/** Which reports are on a signal, by the signal's number. */
function reportsBySignal(signals: readonly number[]): number[][] {
  const reports: number[][] = [];
  signals.forEach((signal, report) => (reports[signal] ??= []).push(report));
  return reports;
}

function same(a: readonly number[], b: readonly number[] | undefined): boolean {
  return a.length === b?.length && a.every((value, index) => value === b[index]);
}

/** Packs the series of a version. */
export function packSeries(all: VersionSeries): PackedVersion {
  const bySignal = reportsBySignal(all.signals);
  return {
    signals: all.signals.join(''),
    ends: all.ends.map((end, index) => end - (all.ends[index - 1] ?? 0)),
    recorded: all.recorded.map((moment, index) => moment - (all.ends[index] ?? 0)),
    reference: repeated(all.reference),
    current: repeated(all.current),
    series: all.series.map(({ signal, name, method, reports, values, thresholds, verdicts }) => ({
      signal,
      name,
      method,
      reports: same(reports, bySignal[allSignals.indexOf(signal)]) ? null : reports,
      values: packValues(values),
      thresholds: repeated(thresholds),
      verdicts,
    })),
  };
}

/** The series that were packed. */
export function unpackSeries(packed: PackedVersion): VersionSeries {
  const signals = [...packed.signals].map(Number);
  const bySignal = reportsBySignal(signals);
  let end = 0;
  const ends = packed.ends.map((step) => (end += step));
  return {
    signals,
    ends,
    recorded: packed.recorded.map((after, index) => after + (ends[index] ?? 0)),
    reference: listed(packed.reference),
    current: listed(packed.current),
    series: packed.series.map(({ signal, name, method, reports, values, thresholds, verdicts }): Series => ({
      signal,
      name,
      method,
      reports: reports ?? bySignal[allSignals.indexOf(signal)] ?? [],
      values: unpackValues(values),
      thresholds: listed(thresholds),
      verdicts,
    })),
  };
}
