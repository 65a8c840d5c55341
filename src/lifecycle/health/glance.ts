// A version's drift at a glance: its series, most telling first.
import type { VersionRecord } from '../../generated/types.js';
import { chartOf } from './health.js';
import type { HealthSeries } from './report.js';
import { type WatchedModel, reportsOf } from './watched-model.js';

/** How far the newest value is towards its threshold, 1 where it meets it; less than 0 where nothing was measured. */
function nearness({ points, badSide }: HealthSeries): number {
  const newest = points.at(-1);
  if (!newest || newest.value === null) return -1;
  const base = newest.verdict === 'breached' ? 1000 : 0;
  if (newest.threshold === null || newest.threshold === 0 || badSide === null) return base;
  const share = newest.value / newest.threshold;
  return base + (badSide === 'high' ? share : 1 / Math.max(share, 1e-9));
}

function isTelling(watched: WatchedModel, { signal, name }: HealthSeries): boolean {
  const features = watched.model.monitoring?.key_features;
  return signal !== 'input-drift' || !features || features.includes(name);
}

/** Every series of a version, those closest to their limits first; of the input only key features. */
export function tellingSeries(watched: WatchedModel, record: VersionRecord): HealthSeries[] {
  const all = reportsOf(watched, record.version);
  return all.series
    .map((series) => chartOf(watched, all, series, ''))
    .filter((series) => isTelling(watched, series))
    .map((series) => ({ series, near: nearness(series) }))
    .sort((a, b) => b.near - a.near)
    .map(({ series }) => series);
}

/** The one drift series that says most; undefined where there is no drift report. */
export function glanceOf(watched: WatchedModel, record: VersionRecord): HealthSeries | undefined {
  return tellingSeries(watched, record).find(({ signal }) => signal.endsWith('-drift'));
}
