// The health of a registry: everything that serves, by owner, with its zombies, triggers, reports and what is due.
import type { VersionRecord } from '../../generated/types.js';
import { dayOf } from '../dates.js';
import { betterOf } from '../monitoring/verdict.js';
import { badSide, methodOf } from '../monitoring/methods.js';
import { type Series, type VersionSeries, newestEnd, timestampAt, verdictAt } from '../monitoring/series.js';
import { riskClassOf } from '../policy.js';
import { statusOf } from '../stages.js';
import { type AgendaItem, agenda } from './agenda.js';
import type { HealthOwner, HealthReport, HealthSeries, HealthVersion, Zombie } from './report.js';
import {
  type Watch,
  type WatchedModel,
  deployedVersions,
  reportsOf,
  servingOf,
  triggersOf,
} from './watched-model.js';
import { zombiesOf } from './zombies.js';

/** Which stretch of time the charts show, in days before now. */
export const chartDays = 366;

// How far ahead the report looks.
const agendaDays = 30;

function badSideOf({ metrics }: WatchedModel, { name, method }: Series): HealthSeries['badSide'] {
  const known = methodOf(method);
  if (known) return badSide(known);
  const better = betterOf(metrics, name);
  if (better === undefined) return null;
  return better === 'higher' ? 'low' : 'high';
}

/** One series as charts and sparklines take it, from a moment on. */
export function chartOf(
  watched: WatchedModel,
  all: VersionSeries,
  series: Series,
  from: string,
): HealthSeries {
  const first = Date.parse(`${from}T00:00:00Z`) / 1000;
  const points = series.reports.flatMap((report, point) => {
    const end = all.ends[report] ?? 0;
    if (end < first) return [];
    const [value, threshold] = [series.values[point] ?? null, series.thresholds[point] ?? null];
    return [{ at: timestampAt(end), value, threshold, verdict: verdictAt(series, point) }];
  });
  return {
    signal: series.signal,
    name: series.name,
    method: series.method,
    badSide: badSideOf(watched, series),
    points,
  };
}

function versionOf(
  watched: WatchedModel,
  record: VersionRecord,
  watch: Watch,
  from: string,
  zombies: Zombie[],
): HealthVersion {
  const { model } = watched;
  const serves = servingOf(record);
  const all = reportsOf(watched, record.version);
  let charts: HealthSeries[] | undefined;
  return {
    model: model.model_id,
    title: model.title,
    version: record.version,
    status: statusOf(record),
    riskClass: riskClassOf(model, record),
    serving: serves,
    deprecationTarget: record.deprecation_target,
    lastReport: newestEnd(all) ?? null,
    triggers:
      serves.length === 0
        ? []
        : triggersOf(watched, record, watch).map(({ type, state, message, response }) => ({
            type,
            state,
            message,
            response,
          })),
    zombies,
    // Three quarters of a million points in a large registry: made where they are shown.
    get series() {
      return (charts ??= all.series
        .map((series) => chartOf(watched, all, series, from))
        .filter(({ points }) => points.length > 0));
    },
  };
}

/** Builds the report. `from` is the first day that charts show; of the agenda it holds what is due within a month. */
export function healthReport(
  models: readonly WatchedModel[],
  watch: Watch,
  about: { registry: string; commit: string; from: string },
): HealthReport {
  const today = dayOf(watch.now);
  const owners = new Map<string, HealthOwner>();
  const zombies = new Map(models.map((watched) => [watched, zombiesOf(watched, watch)]));
  const items: AgendaItem[] = agenda(models, watch, agendaDays);
  for (const watched of models) {
    const { owner } = watched.model;
    const entry = owners.get(owner) ?? { owner, versions: [], due: [] };
    owners.set(owner, entry);
    const undead = zombies.get(watched) ?? [];
    const shown = watched.versions.filter(
      (record) => servingOf(record).length > 0 || undead.some(({ version }) => version === record.version),
    );
    for (const record of shown) {
      const own = undead.filter(({ version }) => version === record.version);
      entry.versions.push(versionOf(watched, record, watch, about.from, own));
    }
  }
  for (const { model, version, owner, what, date, overdue, next } of items)
    owners.get(owner)?.due.push({ model, version, what, date, overdue, next });
  const all = [...owners.values()].flatMap(({ versions }) => versions);
  const sum = (count: (watched: WatchedModel) => number): number =>
    models.reduce((total, watched) => total + count(watched), 0);
  return {
    registry: about.registry,
    commit: about.commit,
    generatedAt: watch.now,
    from: about.from,
    to: today,
    totals: {
      models: models.length,
      versions: sum(({ versions }) => versions.length),
      serving: sum((watched) => deployedVersions(watched).length),
      zombies: new Set(
        all
          .filter((version) => version.zombies.length > 0)
          .map(({ model, version }) => `${model}@${version}`),
      ).size,
      firedTriggers: all.flatMap(({ triggers }) => triggers).filter(({ state }) => state === 'fired').length,
      overdue: items.filter(({ overdue }) => overdue).length,
      openIncidents: sum(({ incidents }) => incidents.filter(({ closed }) => !closed).length),
    },
    owners: [...owners.values()].sort((a, b) => (a.owner < b.owner ? -1 : 1)),
  };
}
