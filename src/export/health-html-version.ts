// One version in the health report: where it serves, its triggers, its signals as charts, and the others in a table.
import { dayOf } from '../lifecycle/dates.js';
import {
  addressOf,
  breachesIn,
  latestOf,
  latestText,
  seriesTitle,
  unmeasuredIn,
  zombieWord,
} from '../lifecycle/health/reading.js';
import type { HealthSeries, HealthTrigger, HealthVersion } from '../lifecycle/health/report.js';
import { count } from '../lifecycle/problems.js';
import { servingText } from '../views/list.js';
import { seriesSparkline } from '../views/sparkline.js';
import { signalChart } from './charts/signal-chart.js';
import { type Markup, element, nothing } from './html.js';

const nowhere = 'nowhere';

function fact(name: string, value: string): Markup {
  return element('div', {}, element('dt', {}, `${name} `), element('dd', {}, value === '' ? '-' : value));
}

function facts(version: HealthVersion): Markup {
  return element(
    'dl',
    { class: 'facts' },
    fact('serves', version.serving.length === 0 ? nowhere : servingText(version.serving)),
    fact('risk class', version.riskClass),
    fact('deprecation target', version.deprecationTarget),
    fact('last report', version.lastReport === null ? 'none' : dayOf(version.lastReport)),
  );
}

function triggerLine({ state, type, message, response }: HealthTrigger): Markup {
  const fired = state === 'fired';
  return element(
    'li',
    {},
    element('span', { class: fired ? 'bad' : 'quiet' }, fired ? '◆ fired' : state),
    ' ',
    element('strong', {}, type),
    `: ${message}`,
    fired ? element('small', {}, ` → ${response}`) : nothing,
  );
}

function tally(series: HealthSeries): string {
  const { points } = series;
  const judged = points.some(({ verdict }) => verdict === 'breached' || verdict === 'within');
  const unmeasured = unmeasuredIn(series);
  if (!judged && unmeasured === points.length)
    return points.length === 0 ? 'no reports' : `${count(points.length, 'report')}, none measured`;
  return [
    judged
      ? `${breachesIn(series)} of ${points.length} breached`
      : `${count(points.length, 'report')} without a verdict`,
    ...(unmeasured === 0 ? [] : [`${unmeasured} unmeasured`]),
  ].join(', ');
}

function latest(series: HealthSeries): Markup {
  const bad = latestOf(series)?.verdict === 'breached';
  return element('span', { class: bad ? 'bad' : undefined }, `${bad ? '◆ ' : ''}${latestText(series)}`);
}

function figure(series: HealthSeries, id: string): Markup {
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('strong', {}, seriesTitle(series)),
      latest(series),
      element('small', {}, `${series.signal}: ${tally(series)}`),
    ),
    signalChart(series, id),
  );
}

function otherSeries(others: readonly HealthSeries[]): Markup {
  if (others.length === 0) return nothing;
  const rows = others.map((series) =>
    element(
      'tr',
      {},
      element('td', {}, seriesTitle(series), element('small', {}, series.signal)),
      element('td', {}, latest(series), element('small', {}, seriesSparkline(series, 13))),
      element('td', {}, tally(series)),
    ),
  );
  return element(
    'details',
    {},
    element('summary', {}, `${others.length} more series`),
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', {}, 'Series'),
          element('th', { class: 'number' }, 'Latest'),
          element('th', { class: 'number' }, 'Breaches'),
        ),
      ),
      element('tbody', {}, rows),
    ),
  );
}

/**
 * A version as an article.
 * @param id unlike any other in the document; charts begin theirs with it
 */
export function versionArticle(version: HealthVersion, id: string, drawn: ReadonlySet<HealthSeries>): Markup {
  const { series, triggers, zombies } = version;
  const charts = series.filter((one) => drawn.has(one));
  return element(
    'article',
    { id },
    element(
      'div',
      { class: 'head' },
      element('h3', {}, addressOf(version)),
      element('span', { class: 'tag' }, version.status),
      zombies.map((zombie) => element('span', { class: 'tag bad' }, `zombie: ${zombieWord(zombie.kind)}`)),
    ),
    version.title === '' ? nothing : element('p', { class: 'quiet' }, version.title),
    facts(version),
    triggers.length === 0 ? nothing : element('ul', { class: 'lines' }, triggers.map(triggerLine)),
    charts.length === 0
      ? nothing
      : element(
          'div',
          { class: 'grid' },
          charts.map((one, index) => figure(one, `${id}c${index}`)),
        ),
    series.length === 0 ? element('p', { class: 'quiet' }, 'No signal was ever reported.') : nothing,
    otherSeries(series.filter((one) => !drawn.has(one))),
  );
}
