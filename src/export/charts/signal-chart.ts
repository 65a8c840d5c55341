// A signal over time as SVG: a line with dots, gaps where unmeasured, the threshold dashed, breaches as diamonds.
import { dayOf } from '../../lifecycle/dates.js';
import {
  breachesIn,
  latestText,
  measured,
  seriesTitle,
  unmeasuredIn,
} from '../../lifecycle/health/reading.js';
import type { HealthSeries } from '../../lifecycle/health/report.js';
import { type Markup, element, markup, nothing } from '../html.js';
import { type Geometry, type Placed, geometryOf, height, plot, width } from './geometry.js';

/** A coordinate in few characters. */
function at(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}

function path(kind: string, parts: readonly string[]): Markup {
  return parts.length === 0 ? nothing : markup(element('path', { class: kind, d: parts.join('') }));
}

function place({ x, y }: Placed): string {
  return `${at(x)} ${at(y)}`;
}

function line(run: readonly Placed[]): string {
  return run.length < 2 ? '' : `M${run.map(place).join('L')}`;
}

function marks({ points }: Geometry): Markup {
  const breached = points.filter((point) => point.breached);
  const fine = points.filter((point) => !point.breached && point.value !== null);
  const unmeasured = points.filter((point) => !point.breached && point.value === null);
  return markup(
    path(
      'u',
      unmeasured.map((point) => `M${place(point)}v-7`),
    ),
    path(
      points.length > 60 ? 'd s' : 'd',
      fine.map((point) => `M${place(point)}h0`),
    ),
    path(
      'b',
      breached.map((point) => `M${at(point.x)} ${at(point.y - 4.5)}l4.5 4.5-4.5 4.5-4.5-4.5z`),
    ),
  );
}

function text(kind: string, x: number, y: number, content: string): Markup {
  return element('text', { class: kind, x: at(x), y: at(y) }, content);
}

function axes(series: HealthSeries, { labels }: Geometry): Markup {
  const days = series.points.map((point) => dayOf(point.at));
  const [first, last] = [days[0], days.at(-1)];
  const below = plot.bottom + 22;
  return markup(
    path('a', [`M${plot.left} ${plot.bottom}H${plot.right}`]),
    labels.map(({ text: shown, y, kind }) =>
      text(kind === 'threshold' ? 'n k' : 'n', plot.right + 10, y + 5, shown),
    ),
    first === undefined ? nothing : text('n', 0, below, first),
    last === undefined || last === first ? nothing : text('n e', plot.right + 6, below, last),
  );
}

/** What the chart shows, for who does not see it. */
function description(series: HealthSeries): string {
  const values = series.points.flatMap(({ value }) => measured(value) ?? []);
  const days = series.points.map((point) => dayOf(point.at));
  const range =
    values.length === 0
      ? 'no value could be measured'
      : `lowest ${values.reduce((a, b) => Math.min(a, b))}, highest ${values.reduce((a, b) => Math.max(a, b))}`;
  return [
    days.length === 0 ? 'no reports' : `${days.length} reports from ${days[0]} to ${days.at(-1)}`,
    range,
    `latest ${latestText(series)}`,
    `${breachesIn(series)} breached`,
    `${unmeasuredIn(series)} unmeasured`,
  ].join('; ');
}

/**
 * The chart of a series.
 * @param id unlike any other in the document
 */
export function signalChart(series: HealthSeries, id: string): Markup {
  const geometry = geometryOf(series);
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}t`,
      'aria-describedby': `${id}d`,
    },
    element('title', { id: `${id}t` }, `${seriesTitle(series)} (${series.signal}) over time`),
    element('desc', { id: `${id}d` }, description(series)),
    axes(series, geometry),
    path(
      't',
      geometry.threshold.map(({ from, to, y }) => `M${at(from)} ${at(y)}H${at(to)}`),
    ),
    path(
      'l',
      geometry.runs.map(line).filter((part) => part !== ''),
    ),
    marks(geometry),
    geometry.points.some(({ value }) => value !== null)
      ? nothing
      : text('n m', (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2, 'nothing measured'),
  );
}
