// A series in one line of text: blocks as high as the values, gaps where nothing was measured, breaches marked.
import { latestOf, latestText, measured, seriesTitle } from '../lifecycle/health/reading.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import { scaleOf } from '../lifecycle/health/scale.js';
import { type Reading, thinned } from '../lifecycle/health/thinning.js';
import { type Style, plainStyle } from './style.js';

/** How a sparkline is drawn. */
export interface SparklineOptions {
  /** The limit; it is always within the scale. */
  threshold: number | null;
  /** Which side of the threshold is bad. */
  badSide: 'high' | 'low' | null;
  /** Columns at most. Where there are more points, one column shows the worst of several. */
  width: number;
}

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const gap = '·';

function isBreached(value: number | null, { threshold, badSide }: SparklineOptions): boolean {
  if (value === null || threshold === null || badSide === null) return false;
  return badSide === 'high' ? value > threshold : value < threshold;
}

/** Marks each run of breaches as one. */
function marked(glyphs: readonly string[], readings: readonly Reading[], style: Style): string {
  let text = '';
  for (let at = 0; at < glyphs.length;) {
    const { breached } = readings[at] ?? { breached: false };
    let end = at;
    while (end < glyphs.length && readings[end]?.breached === breached) end += 1;
    const run = glyphs.slice(at, end).join('');
    text += breached ? style.bad(run) : run;
    at = end;
  }
  return text;
}

function drawn(
  all: readonly Reading[],
  { threshold, badSide, width }: SparklineOptions,
  style: Style,
): string {
  const readings = thinned(all, Math.floor(width), badSide);
  const limit = measured(threshold);
  const scale = scaleOf(
    readings.flatMap(({ value }) => (value === null ? [] : [value])),
    limit === null ? [] : [limit],
    badSide,
  );
  const glyphs = readings.map(({ value }) => {
    if (value === null || scale === undefined) return gap;
    if (scale.flat) return blocks[0];
    // Three quarters of 0.2 are a little less than 0.15 in binary.
    const level = Math.floor(scale.position(value) * blocks.length + 1e-9);
    return blocks[Math.min(blocks.length - 1, level)] ?? gap;
  });
  return marked(glyphs, readings, style);
}

/** Values as blocks, oldest left and newest right; `·` for what could not be measured, breaches marked as bad. */
export function sparkline(
  points: readonly (number | null)[],
  options: SparklineOptions,
  style: Style = plainStyle,
): string {
  const readings = points.map((point) => {
    const value = measured(point);
    return { value, breached: isBreached(value, options) };
  });
  return drawn(readings, options, style);
}

/** The sparkline of a series: its own verdicts say what is a breach, and its newest threshold is in sight. */
export function seriesSparkline(series: HealthSeries, width: number, style: Style = plainStyle): string {
  const readings = series.points.map(({ value, verdict }) => ({
    value: measured(value),
    breached: verdict === 'breached',
  }));
  const threshold = series.points.reduce<number | null>((last, point) => point.threshold ?? last, null);
  return drawn(readings, { threshold, badSide: series.badSide, width }, style);
}

/** A series in words: `psi tenure 0.31 > 0.2`, `psi tenure unmeasured`, `accuracy no reports`. */
export function latestWord(series: HealthSeries): string {
  const said = latestOf(series)?.verdict === 'breached' ? ' breached' : '';
  const text = latestText(series);
  // A comparison shows a breach by itself; a tool's own verdict without one has to be said.
  return `${seriesTitle(series)} ${text}${/[<>]/.test(text) ? '' : said}`;
}
