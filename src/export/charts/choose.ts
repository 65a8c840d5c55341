// Which series of a report get a chart, so that a report of hundreds of versions stays a small file.
import { breachesIn, latestOf } from '../../lifecycle/health/reading.js';
import type { HealthReport, HealthSeries } from '../../lifecycle/health/report.js';

/** Series of a version that are drawn though they never breached, where there is room. */
const firstFew = 6;
/** Charts in one file; each takes about two kilobytes. */
const mostCharts = 600;

/** The series to draw, and why the others are not. */
export interface Choice {
  drawn: ReadonlySet<HealthSeries>;
  /** A sentence; undefined where every series is drawn. */
  said: string | undefined;
}

/** How much a breached series asks for a chart: one that breaches now first, then the one that breached most. */
function weight(series: HealthSeries): number {
  return (latestOf(series)?.verdict === 'breached' ? 1e9 : 0) + breachesIn(series);
}

/**
 * Draws what ever breached and the first six series of each version. Where that is too much for one file it draws what breached
 * alone, and where even that is too much, what breaches now and most often.
 */
export function chosenSeries(report: HealthReport): Choice {
  const versions = report.owners.flatMap((owner) => owner.versions);
  const all = versions.flatMap(({ series }) => series);
  const breached = new Set(all.filter((series) => breachesIn(series) > 0));
  const wanted = versions.flatMap(({ series }) =>
    series.filter((one, index) => index < firstFew || breached.has(one)),
  );
  if (wanted.length === all.length && all.length <= mostCharts)
    return { drawn: new Set(all), said: undefined };
  const rest = 'every other series is in a table below its version';
  if (wanted.length <= mostCharts)
    return {
      drawn: new Set(wanted),
      said: `Charts show the series that ever breached and the first ${firstFew} of each version; ${rest}.`,
    };
  if (breached.size <= mostCharts)
    return {
      drawn: breached,
      said: `This report has ${all.length} series, so charts show the ${breached.size} that ever breached; ${rest}.`,
    };
  const heaviest = [...breached].sort((a, b) => weight(b) - weight(a)).slice(0, mostCharts);
  return {
    drawn: new Set(heaviest),
    said: `This report has ${all.length} series, and ${breached.size} of them ever breached. Charts show the ${mostCharts} that breach now or breached most often; ${rest}.`,
  };
}
