// Traffic: who serves in an environment, how shares are given and taken, and what the split was before.
import compare from 'semver/functions/compare.js';
import type { Deployment, VersionRecord } from '../generated/types.js';
import { daysBetween } from './dates.js';

/** What one version takes of an environment. */
export interface Share {
  version: string;
  trafficPct: number;
  /** Mirrored traffic: copied to the version, its answers unused. */
  mirrorPct: number;
}

/** A window in which a version took live or mirrored traffic. */
export interface ServingWindow {
  env: string;
  from: string;
  /** Null while it lasts. */
  until: string | null;
  peakTrafficPct: number;
  peakMirrorPct: number;
}

type Records = ReadonlyMap<string, VersionRecord>;

type Numbered = Deployment & { sequence: number };

/** A version's deployments, oldest first in each environment. What a person writes has no sequence: it takes the one above it. */
function deploymentsOf(record: VersionRecord): Numbered[] {
  const last = new Map<string, number>();
  return record.deployment_history.map((entry) => {
    const sequence = entry.sequence ?? last.get(entry.env) ?? 0;
    last.set(entry.env, sequence);
    return { ...entry, sequence };
  });
}

/** The order of two deployments of one environment: by sequence, else by time. */
function inOrder(a: Numbered, b: Numbered): number {
  return a.sequence - b.sequence || Date.parse(a.deployed_at) - Date.parse(b.deployed_at);
}

/** The last word on a version's traffic in every environment it was ever in. */
export function currentShares(record: VersionRecord): Map<string, Deployment> {
  const shares = new Map<string, Numbered>();
  for (const entry of deploymentsOf(record)) {
    const known = shares.get(entry.env);
    if (!known || inOrder(known, entry) <= 0) shares.set(entry.env, entry);
  }
  return shares;
}

/** When a version first took live or mirrored traffic anywhere; undefined where it never did. */
export function firstServed(record: VersionRecord): string | undefined {
  const served = record.deployment_history.filter((entry) => isServing(entry));
  return served.map(({ deployed_at: at }) => at).sort()[0];
}

/** Whether a deployment entry means that the version is in the environment, live or in shadow. */
export function isServing(entry: Deployment | undefined): boolean {
  return entry !== undefined && (entry.traffic_pct > 0 || (entry.mirror_pct ?? 0) > 0);
}

/** The environments that a version is in, live or in shadow. */
export function servingEnvironments(record: VersionRecord): string[] {
  return [...currentShares(record)].filter(([, entry]) => isServing(entry)).map(([env]) => env);
}

/** Everyone who is in an environment, most live traffic first, then by number of version. */
export function environmentSplit(records: Records, env: string): Share[] {
  const shares: Share[] = [];
  for (const record of records.values()) {
    const entry = currentShares(record).get(env);
    if (!entry || !isServing(entry)) continue;
    shares.push({ version: record.version, trafficPct: entry.traffic_pct, mirrorPct: entry.mirror_pct ?? 0 });
  }
  return shares.sort((a, b) => b.trafficPct - a.trafficPct || compare(a.version, b.version));
}

/** Rounds a share to hundredths of a percent, the finest that records hold. */
export function roundShare(share: number): number {
  return Math.round(share * 100) / 100;
}

/** The sum of live traffic in a split. */
export function liveTotal(split: readonly Share[]): number {
  return roundShare(split.reduce((sum, share) => sum + share.trafficPct, 0));
}

/**
 * The live shares of `others` scaled to sum to `total`, in proportion to what they have, exact to the hundredth: what
 * rounding leaves over goes to the largest remainders.
 */
export function scaleShares(others: readonly Share[], total: number): Map<string, number> {
  const live = others.filter((share) => share.trafficPct > 0);
  const sum = live.reduce((all, share) => all + share.trafficPct, 0);
  if (sum === 0) return new Map();
  const exact = live.map((share) => ({
    version: share.version,
    hundredths: (share.trafficPct * total * 100) / sum,
  }));
  const floored = exact.map((share) => ({ ...share, whole: Math.floor(share.hundredths + 1e-7) }));
  let left = Math.round(total * 100) - floored.reduce((all, share) => all + share.whole, 0);
  const byRemainder = [...floored].sort((a, b) => b.hundredths - b.whole - (a.hundredths - a.whole));
  const scaled = new Map<string, number>();
  for (const share of byRemainder) {
    const extra = left > 0 ? 1 : 0;
    left -= extra;
    scaled.set(share.version, (share.whole + extra) / 100);
  }
  return scaled;
}

/** The next sequence number of an environment's split. */
export function nextSequence(records: Records, env: string): number {
  let last = 0;
  for (const record of records.values()) {
    for (const entry of deploymentsOf(record)) if (entry.env === env) last = Math.max(last, entry.sequence);
  }
  return last + 1;
}

interface SplitChange {
  rollback: boolean;
  split: Map<string, Share>;
}

/** Every split that an environment ever had, oldest first. Entries of one sequence (or moment) are one change. */
function splitHistory(records: Records, env: string): SplitChange[] {
  const entries = [...records.values()].flatMap((record) =>
    deploymentsOf(record)
      .filter((entry) => entry.env === env)
      .map((entry) => ({ version: record.version, entry })),
  );
  entries.sort((a, b) => inOrder(a.entry, b.entry));
  const changes: SplitChange[] = [];
  let previous: Numbered | undefined;
  for (const { version, entry } of entries) {
    const current = changes.at(-1);
    const together = previous !== undefined && current !== undefined && inOrder(previous, entry) === 0;
    const change = together ? current : { rollback: false, split: new Map(current?.split) };
    if (!together) changes.push(change);
    if (entry.pattern === 'rollback') change.rollback = true;
    if (isServing(entry)) {
      change.split.set(version, { version, trafficPct: entry.traffic_pct, mirrorPct: entry.mirror_pct ?? 0 });
    } else {
      change.split.delete(version);
    }
    previous = entry;
  }
  return changes;
}

/**
 * The split to go back to. Rolling back twice goes back two steps, and never forward to what the first rollback left:
 * a rollback takes the last change off the stack rather than putting a new one on it.
 */
export function previousSplit(records: Records, env: string): Share[] | undefined {
  const stack: SplitChange[] = [];
  for (const change of splitHistory(records, env)) {
    if (change.rollback) stack.pop();
    else stack.push(change);
  }
  if (stack.length === 0) return undefined;
  const earlier = stack.at(-2)?.split;
  return earlier && earlier.size > 0 ? [...earlier.values()] : undefined;
}

/** The windows in which a version was in an environment, oldest first. */
export function servingWindows(record: VersionRecord): ServingWindow[] {
  const windows: ServingWindow[] = [];
  const open = new Map<string, ServingWindow>();
  for (const entry of deploymentsOf(record).sort(inOrder)) {
    const window = open.get(entry.env);
    if (isServing(entry)) {
      const grown = window ?? {
        env: entry.env,
        from: entry.deployed_at,
        until: null,
        peakTrafficPct: 0,
        peakMirrorPct: 0,
      };
      if (!window) {
        windows.push(grown);
        open.set(entry.env, grown);
      }
      grown.peakTrafficPct = Math.max(grown.peakTrafficPct, entry.traffic_pct);
      grown.peakMirrorPct = Math.max(grown.peakMirrorPct, entry.mirror_pct ?? 0);
    } else if (window) {
      window.until = entry.deployed_at;
      open.delete(entry.env);
    }
  }
  return windows;
}

/** How many days a version has been in shadow anywhere, up to now; the same days in two environments count once. */
export function shadowDays(record: VersionRecord, now: string): number {
  let days = 0;
  const shadowing = new Set<string>();
  let since: string | undefined;
  for (const entry of [...record.deployment_history].sort(
    (a, b) => Date.parse(a.deployed_at) - Date.parse(b.deployed_at),
  )) {
    if ((entry.mirror_pct ?? 0) > 0) {
      since ??= entry.deployed_at;
      shadowing.add(entry.env);
    } else if (shadowing.delete(entry.env) && shadowing.size === 0 && since !== undefined) {
      days += Math.max(0, daysBetween(since, entry.deployed_at));
      since = undefined;
    }
  }
  if (since !== undefined) days += Math.max(0, daysBetween(since, now));
  return days;
}
