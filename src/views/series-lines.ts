// What the reports on a version show over time, a line a series.
import { escapeLine } from '../lifecycle/escape.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import { latestWord, seriesSparkline } from './sparkline.js';
import type { Style } from './style.js';

const mostSeries = 8;
const sparkWidth = 24;

/** The first series, most telling first, and how many more there are. */
export function seriesLines(series: readonly HealthSeries[], style: Style): string[] {
  const lines = series.slice(0, mostSeries).map((entry) => {
    const newest = entry.points.at(-1);
    const tone =
      newest?.verdict === 'breached' ? style.bad : newest?.verdict === 'within' ? style.good : style.warn;
    const spark = style.interactive ? `${seriesSparkline(entry, sparkWidth, style)}  ` : '';
    const day = newest?.at.slice(0, 10) ?? '';
    return `  ${style.quiet(entry.signal.padEnd(18))} ${spark}${tone(escapeLine(latestWord(entry)))}  ${style.quiet(day)}`;
  });
  const more = series.length - mostSeries;
  return more > 0
    ? [...lines, `  ${style.quiet(`and ${more} more: mlc health --output health.html`)}`]
    : lines;
}
