// Where everything of a signal's chart stands, in the units of its view box.
import { measured, shortNumber } from '../../lifecycle/health/reading.js';
import type { HealthSeries } from '../../lifecycle/health/report.js';
import { type Scale, scaleOf } from '../../lifecycle/health/scale.js';
import { type Reading, thinned } from '../../lifecycle/health/thinning.js';

/** The view box: as wide as the narrowest phone's column, so that text never shrinks below its nominal size. */
export const width = 288;
export const height = 132;
/** The plot within it; values stand to its right, dates below. */
export const plot = { left: 6, right: 196, top: 12, bottom: 100 } as const;

/** More points than this cannot be told apart at this width. */
const mostPoints = 104;
const labelHeight = 16;

/** One point with its place. Without a value it stands on the bottom line. */
export interface Placed extends Reading {
  x: number;
  y: number;
  threshold: number | null;
}

/** A level part of the threshold. */
interface ThresholdPart {
  from: number;
  to: number;
  y: number;
}

/** A value beside the plot. */
interface AxisLabel {
  text: string;
  y: number;
  kind: 'value' | 'threshold';
}

/** A chart, ready to be drawn. */
export interface Geometry {
  points: Placed[];
  /** Neighbours with values, to be joined by a line. */
  runs: Placed[][];
  threshold: ThresholdPart[];
  labels: AxisLabel[];
}

function yOf(scale: Scale | undefined, value: number): number {
  return plot.bottom - (scale?.position(value) ?? 0) * (plot.bottom - plot.top);
}

/** Places by time; by order where the times say nothing. */
function placesOf(times: readonly number[]): number[] {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const ordered = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? Number.NaN));
  const share = (time: number, index: number): number => {
    if (times.length === 1) return 0.5;
    return ordered && last > first ? (time - first) / (last - first) : index / (times.length - 1);
  };
  return times.map((time, index) => plot.left + share(time, index) * (plot.right - plot.left));
}

/** Stretches of points for which `inside` holds, without a break. */
function runsOf<T>(items: readonly T[], inside: (item: T) => boolean): T[][] {
  const runs: T[][] = [];
  let open: T[] | undefined;
  for (const item of items) {
    if (!inside(item)) open = undefined;
    else if (open) open.push(item);
    else runs.push((open = [item]));
  }
  return runs;
}

/** The threshold as it was at each time. It ends where a value was held against none; a point without either leaves it as it was. */
function thresholdParts(points: readonly Placed[], scale: Scale | undefined): ThresholdPart[] {
  const told = points.filter(({ value, threshold }) => threshold !== null || value !== null);
  return runsOf(told, ({ threshold }) => threshold !== null).flatMap((run) => {
    const parts: ThresholdPart[] = [];
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) return [];
    let from = first === told[0] ? plot.left : first.x;
    const end = last === told.at(-1) ? plot.right : last.x;
    for (const [index, point] of run.entries()) {
      const next = run[index + 1];
      if (next?.threshold === point.threshold) continue;
      const to = next === undefined ? end : (point.x + next.x) / 2;
      parts.push({ from, to, y: yOf(scale, point.threshold ?? 0) });
      from = to;
    }
    return parts;
  });
}

/** A number that fits beside the plot. */
function axisNumber(value: number): string {
  const short = shortNumber(value);
  return short.length <= 9 ? short : value.toExponential(1);
}

/** Pushes labels apart from top to bottom, and back up where the last would leave the chart. */
function spread(labels: readonly AxisLabel[]): AxisLabel[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y).map((label) => ({ ...label }));
  for (const [index, label] of sorted.entries())
    label.y = Math.max(label.y, (sorted[index - 1]?.y ?? Number.NEGATIVE_INFINITY) + labelHeight);
  let floor = plot.bottom + labelHeight;
  for (const label of sorted.reverse()) {
    label.y = Math.min(label.y, floor - labelHeight);
    floor = label.y;
  }
  return sorted.reverse();
}

function labelsOf(
  values: readonly number[],
  threshold: number | null,
  scale: Scale | undefined,
): AxisLabel[] {
  const label = (value: number, kind: AxisLabel['kind']): AxisLabel => ({
    text: axisNumber(value),
    y: yOf(scale, value),
    kind,
  });
  const labels: AxisLabel[] = threshold === null ? [] : [label(threshold, 'threshold')];
  if (values.length > 0)
    for (const value of [values.reduce((a, b) => Math.max(a, b)), values.reduce((a, b) => Math.min(a, b))]) {
      const made = label(value, 'value');
      if (labels.every(({ text }) => text !== made.text)) labels.push(made);
    }
  return spread(labels);
}

/** Lays a series out. A long series is thinned, and no breach is lost by it. */
export function geometryOf(series: HealthSeries): Geometry {
  const readings = series.points.map(({ at, value, threshold, verdict }) => ({
    time: Date.parse(at),
    value: measured(value),
    threshold: measured(threshold),
    breached: verdict === 'breached',
  }));
  const kept = thinned(readings, mostPoints, series.badSide);
  const values = readings.flatMap(({ value }) => (value === null ? [] : [value]));
  const thresholds = kept.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  const scale = scaleOf(values, thresholds, series.badSide);
  const places = placesOf(kept.map(({ time }) => time));
  const points = kept.map(({ value, breached, threshold }, index) => ({
    value,
    breached,
    threshold,
    x: places[index] ?? plot.left,
    y: value === null ? plot.bottom : yOf(scale, value),
  }));
  return {
    points,
    runs: runsOf(points, ({ value }) => value !== null),
    threshold: thresholdParts(points, scale),
    labels: labelsOf(values, thresholds.at(-1) ?? null, scale),
  };
}
