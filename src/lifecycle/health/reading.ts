// What a reader of a health report asks of it first: the latest of a series, its breaches, and what is most urgent.
import { escapeLine } from '../escape.js';
import type {
  HealthDue,
  HealthReport,
  HealthSeries,
  HealthTrigger,
  HealthVersion,
  Zombie,
  ZombieKind,
} from './report.js';

type Point = HealthSeries['points'][number];

/** The kinds of zombies in words, the most urgent kind first. */
const zombieWords: Readonly<Record<ZombieKind, string>> = {
  'past-target': 'past its target',
  unwatched: 'not watched',
  'deprecated-growing': 'deprecated and growing',
  unowned: 'without an owner',
  'superseded-not-retired': 'superseded, not retired',
};

const ranks = new Map(Object.keys(zombieWords).map((kind, index) => [kind, index]));

/** What makes a version a zombie, in words. */
export function zombieWord(kind: ZombieKind): string {
  return Object.hasOwn(zombieWords, kind) ? zombieWords[kind] : kind;
}

/** A number that can be compared and drawn; null for what is none. */
export function measured(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** A number in few characters: four significant digits, or all of its whole part up to a billion. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e9) return String(Math.round(value));
  const rounded = Number(value.toPrecision(4));
  // The largest numbers there are round to none.
  if (!Number.isFinite(rounded)) return value.toExponential();
  return size >= 1e9 ? rounded.toExponential() : String(rounded);
}

/** A value against its threshold, `0.31 > 0.2`, with as many digits as it takes to tell them apart. */
export function comparison(value: number, threshold: number | null): string {
  if (threshold === null) return shortNumber(value);
  if (value === threshold) return `${shortNumber(value)} = ${shortNumber(threshold)}`;
  const sign = value > threshold ? '>' : '<';
  const short = [shortNumber(value), shortNumber(threshold)] as const;
  const [left, right] = short[0] === short[1] ? [String(value), String(threshold)] : short;
  return `${left} ${sign} ${right}`;
}

/** The newest point; undefined where there is none. */
export function latestOf(series: HealthSeries): Point | undefined {
  return series.points.at(-1);
}

/** The newest value against its threshold: `0.31 > 0.2`, `unmeasured` or `no reports`. */
export function latestText(series: HealthSeries): string {
  const latest = latestOf(series);
  if (latest === undefined) return 'no reports';
  const value = measured(latest.value);
  if (value === null) return 'unmeasured';
  return comparison(value, measured(latest.threshold));
}

/** What a series is about: `psi tenure`, or `accuracy` where a metric's plain value is held against a limit. */
export function seriesTitle(series: HealthSeries): string {
  return escapeLine(series.method === 'value' ? series.name : `${series.method} ${series.name}`);
}

/** How many points breached their threshold. */
export function breachesIn(series: HealthSeries): number {
  return series.points.filter((point) => point.verdict === 'breached').length;
}

/** How many points have no value. */
export function unmeasuredIn(series: HealthSeries): number {
  return series.points.filter((point) => measured(point.value) === null).length;
}

/** Something of one version, and who answers for it. */
export interface Owned<T> {
  owner: string;
  version: HealthVersion;
  item: T;
}

function owned<T>(report: HealthReport, itemsOf: (version: HealthVersion) => readonly T[]): Owned<T>[] {
  return report.owners.flatMap(({ owner, versions }) =>
    versions.flatMap((version) => itemsOf(version).map((item) => ({ owner, version, item }))),
  );
}

/** The largest share of live traffic that a version takes in any environment, in percent. */
function traffic({ serving }: HealthVersion): number {
  return serving.reduce((most, { trafficPct }) => Math.max(most, trafficPct), 0);
}

/** Every zombie: those with live traffic first, then by kind, then the oldest. */
export function zombiesByUrgency(report: HealthReport): Owned<Zombie>[] {
  const rank = (kind: string): number => ranks.get(kind) ?? ranks.size;
  return owned(report, (version) => version.zombies).sort(
    (a, b) =>
      Number(traffic(b.version) > 0) - Number(traffic(a.version) > 0) ||
      rank(a.item.kind) - rank(b.item.kind) ||
      a.item.since.localeCompare(b.item.since),
  );
}

/** Every trigger that fired and that no decision has answered yet. */
export function firedTriggers(report: HealthReport): Owned<HealthTrigger>[] {
  return owned(report, (version) => version.triggers.filter((trigger) => trigger.state === 'fired'));
}

/** Everything that is overdue, with its owner; what has no date first, then the oldest. */
export function overdueItems(report: HealthReport): { owner: string; item: HealthDue }[] {
  return report.owners
    .flatMap(({ owner, due }) => due.filter((item) => item.overdue).map((item) => ({ owner, item })))
    .sort((a, b) => (a.item.date ?? '').localeCompare(b.item.date ?? ''));
}

/** The owner's name, or that there is none. */
export function ownerName(owner: string): string {
  return owner === '' ? 'no owner' : owner;
}

/** `model@version`, or the model alone. */
export function addressOf({ model, version }: { model: string; version: string | null }): string {
  return version === null ? model : `${model}@${version}`;
}
