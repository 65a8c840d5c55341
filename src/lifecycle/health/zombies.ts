// Zombies: versions that take traffic or linger though nobody decided that they should.
import type { VersionRecord } from '../../generated/types.js';
import { addDays, dayOf } from '../dates.js';
import { newestEnd, timestampAt } from '../monitoring/series.js';
import { isBot, isListed } from '../people.js';
import { currentShares, firstServed, servingWindows } from '../rollouts.js';
import { isDeprecated, isFinal, statusOf } from '../stages.js';
import { cadenceOf, servingSince, watchedUntil } from './cadence.js';
import type { Zombie, ZombieKind } from './report.js';
import { type Watch, type WatchedModel, reportsOf, servingOf } from './watched-model.js';
import compare from 'semver/functions/compare.js';

const nobody = /^\s*(?:nobody|no one|none|unknown|unassigned|tbd|n\/?a|-|\?)\s*$/i;

/** Why a model has no owner; undefined where it has one. */
function whyUnowned({ model: { owner } }: WatchedModel, { policy }: Watch): string | undefined {
  if (nobody.test(owner)) return `its owner is "${owner}"`;
  if (isListed(owner, policy.departed)) return `its owner, ${owner}, left`;
  return isBot(owner, policy.bots) ? `its owner, ${owner}, is a bot` : undefined;
}

/** By how much a deprecated version's traffic grew since its notice; undefined where it did not. */
function growthOf(
  watched: WatchedModel,
  record: VersionRecord,
): { message: string; since: string } | undefined {
  const since = record.deprecation?.deprecated_at;
  if (!isDeprecated(record) || since === undefined) return undefined;
  for (const { env } of servingOf(record)) {
    const entries = record.deployment_history.filter((entry) => entry.env === env);
    const atNotice = entries.filter(({ deployed_at: at }) => at <= since).at(-1)?.traffic_pct ?? 0;
    const now = currentShares(record).get(env)?.traffic_pct ?? 0;
    const grown = entries.find((entry) => entry.deployed_at > since && entry.traffic_pct > atNotice);
    if (grown && now > atNotice)
      return {
        message: `it is deprecated, and takes ${now} % of ${env} instead of ${atNotice} %`,
        since: dayOf(grown.deployed_at),
      };
  }
  // What it is asked is measured by reports of its requests, where there are any.
  const all = reportsOf(watched, record.version);
  for (const series of all.series.filter(({ name }) => name === 'requests')) {
    const after = series.reports.flatMap((report, point) => {
      const [end, value] = [timestampAt(all.ends[report] ?? 0), series.values[point]];
      return end > since && typeof value === 'number' ? [{ end, value }] : [];
    });
    const [first, last] = [after[0], after.at(-1)];
    if (first && last && last.value > first.value)
      return {
        message: `it is deprecated, and its requests grew from ${first.value} to ${last.value}`,
        since: dayOf(first.end),
      };
  }
  return undefined;
}

/** Since when newer versions have served where a version did; undefined where none does now. */
function takenSince({ versions }: WatchedModel, record: VersionRecord, env: string): string | undefined {
  const own = servingWindows(record).filter((window) => window.env === env);
  const ended =
    own
      .flatMap(({ until }) => until ?? [])
      .sort()
      .at(-1) ?? '';
  // What only mirrors traffic takes nobody's place, except where the version itself only mirrored.
  const wasLive = own.some((window) => window.peakTrafficPct > 0);
  const newer = versions.filter((other) => compare(other.version, record.version) > 0);
  const isTaken = newer.some((other) =>
    servingOf(other).some((share) => share.env === env && (share.trafficPct > 0 || !wasLive)),
  );
  if (!isTaken) return undefined;
  // Each successor may have been superseded in its turn: the first of them counts.
  const begun = newer
    .flatMap(servingWindows)
    .filter((window) => window.env === env && (window.peakTrafficPct > 0 || !wasLive))
    .filter(({ until }) => until === null || until > ended)
    .map(({ from }) => from)
    .sort();
  return [ended, begun[0] ?? ended].sort().at(-1);
}

/** Since when a version is superseded in every environment where it served; undefined where it is not. */
function supersededSince(watched: WatchedModel, record: VersionRecord): string | undefined {
  if (isFinal(statusOf(record)) || servingOf(record).length > 0) return undefined;
  const environments = [...new Set(servingWindows(record).map(({ env }) => env))];
  const since = environments.map((env) => takenSince(watched, record, env));
  return since.every((moment) => moment !== undefined) ? since.sort().at(-1) : undefined;
}

function ofVersion(
  watched: WatchedModel,
  record: VersionRecord,
  watch: Watch,
): Omit<Zombie, 'model' | 'version'>[] {
  const { policy, now } = watch;
  const today = dayOf(now);
  const address = `${record.model_id}@${record.version}`;
  const found: Omit<Zombie, 'model' | 'version'>[] = [];
  const add = (kind: ZombieKind, message: string, since: string, next: string): void => {
    found.push({ kind, message, since, next });
  };
  const serving = servingOf(record);
  const superseded = supersededSince(watched, record);
  if (
    superseded !== undefined &&
    addDays(superseded, policy.noticeDays) < today &&
    !noticeRuns(record, today)
  )
    add(
      'superseded-not-retired',
      `newer versions serve everywhere it served, and it was never retired`,
      dayOf(superseded),
      isDeprecated(record) ? `mlc retire ${address}` : `mlc deprecate ${address}`,
    );
  if (serving.length === 0) return found;
  if (record.deprecation_target < today)
    add(
      'past-target',
      `it serves past its target, ${record.deprecation_target}`,
      record.deprecation_target,
      isDeprecated(record)
        ? `mlc ramp ${address} --env ${serving[0]?.env ?? ''} --traffic 0`
        : `mlc deprecate ${address}, or mlc review ${address} --until DATE -m REASON`,
    );
  const reports = reportsOf(watched, record.version);
  const cadence = cadenceOf(watched.model, record, policy);
  const until = watchedUntil(record, reports, cadence);
  if (until < today) {
    const newest = newestEnd(reports);
    add(
      'unwatched',
      newest === undefined
        ? `it serves since ${dayOf(servingSince(record) ?? record.registered_at)}, and there is no report on it`
        : `its newest report ended on ${dayOf(newest)}, and ${cadence} ones are due`,
      until,
      `mlc monitor ${address} --signal SIGNAL --report FILE`,
    );
  }
  const unowned = whyUnowned(watched, watch);
  if (unowned !== undefined)
    add(
      'unowned',
      `it serves, and ${unowned}`,
      dayOf(firstServed(record) ?? record.registered_at),
      `name an owner in models/${record.model_id}/model.yaml`,
    );
  const growth = growthOf(watched, record);
  if (growth)
    add(
      'deprecated-growing',
      growth.message,
      growth.since,
      `mlc ramp ${address} --env ${serving[0]?.env ?? ''} --traffic 0`,
    );
  return found;
}

function noticeRuns(record: VersionRecord, today: string): boolean {
  return isDeprecated(record) && (record.deprecation?.notice_ends ?? '') >= today;
}

/** The zombies among a model's versions. */
export function zombiesOf(watched: WatchedModel, watch: Watch): Zombie[] {
  return watched.versions.flatMap((record) =>
    ofVersion(watched, record, watch).map((zombie) => ({
      model: record.model_id,
      version: record.version,
      ...zombie,
    })),
  );
}
