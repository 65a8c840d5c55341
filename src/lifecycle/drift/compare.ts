// Holds the counts of one feature against its profile: every measure, and the verdict.
import type { Verdict } from '../monitoring/observation.js';
import { jensenShannonDistance, totalVariation } from './divergence.js';
import { type KolmogorovSmirnov, gridKolmogorovSmirnov, kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { type ColumnCounts, type ColumnProfile, measured } from './profile.js';
import { type ZeroRule, chanceLimit, stabilityIndex, usedBins } from './stability.js';

/** The measures that a threshold can be set for. A p-value is information: it falls with the number of rows alone. */
export const judgedMethods = [
  'psi',
  'ks-statistic',
  'total-variation',
  'jensen-shannon',
  'missing-share',
] as const;

export type JudgedMethod = (typeof judgedMethods)[number];

/** How features are judged. */
export interface Judging {
  zeros: ZeroRule;
  /** A measure above its threshold is drift. */
  thresholds: ReadonlyMap<JudgedMethod, number>;
  /** Fewer values on either side are no ground for a verdict. */
  minSamples: number;
}

/** One measure of one feature. */
export interface Measure {
  method: JudgedMethod | 'ks-p-value';
  value: number | null;
  threshold: number | null;
  verdict: Verdict;
  /** Why it is unmeasured. */
  why?: string;
}

/** One side of a feature, in numbers. */
interface SideSummary {
  /** Values that were measured. */
  n: number;
  missing: number;
  nonFinite: number;
  /** Share of the rows that have no value, or none that is finite. */
  missingShare: number | null;
}

/** What one feature came to. */
export interface ColumnDrift {
  name: string;
  kind: ColumnProfile['kind'];
  reference: SideSummary;
  current: SideSummary;
  /** Bins that hold something on either side. */
  bins: number;
  /** What the PSI exceeds by chance in one run of twenty; null where a side is empty. */
  chanceLimit: number | null;
  ks: (KolmogorovSmirnov & { on: 'values' | 'sample' | 'quantiles' }) | null;
  measures: Measure[];
  verdict: Verdict;
  why?: string;
}

/** A side in numbers. */
function summary(side: ColumnCounts): SideSummary {
  const absent = side.missing + side.nonFinite;
  return {
    n: measured(side),
    missing: side.missing,
    nonFinite: side.nonFinite,
    missingShare: side.rows === 0 ? null : absent / side.rows,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

function ksOf(profile: ColumnProfile, current: ColumnCounts): ColumnDrift['ks'] {
  if (profile.values && current.values) {
    const isWhole =
      profile.values.length === measured(profile) && current.values.length === measured(current);
    const found = kolmogorovSmirnov(profile.values, current.values);
    return found ? { ...found, on: isWhole ? 'values' : 'sample' } : null;
  }
  if (!profile.grid || !current.grid || profile.grid.points.length === 0) return null;
  const found = gridKolmogorovSmirnov(
    { ...profile.grid, size: sum(profile.counts) },
    { ...current.grid, size: sum(current.counts) },
  );
  return found ? { ...found, on: 'quantiles' } : null;
}

/** The chance limit as people read it. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** What chance makes of a PSI in some bins. */
interface Chance {
  bins: number;
  limit: number;
}

// Below this many values a bin the chance limit, which is asymptotic, is too low.
const fewestInBin = 5;

/** Why a PSI above its threshold may be chance; undefined where it can't. */
function chanceDoubt(
  value: number,
  chance: Chance | null,
  [n, m]: readonly [number, number],
): string | undefined {
  if (!chance) return undefined;
  const way = 'more rows or fewer bins are needed';
  if (Math.min(n, m) < fewestInBin * chance.bins)
    return `${n} and ${m} values are fewer than ${fewestInBin} for each of ${chance.bins} bins, where chance alone makes a large PSI: ${way}`;
  if (value <= chance.limit)
    return `with ${n} and ${m} values in ${chance.bins} bins the PSI exceeds ${rounded(chance.limit)} by chance in 1 run of 20: ${way}`;
  return undefined;
}

function judge(
  method: Measure['method'],
  value: number | null,
  judging: Judging,
  sizes: readonly [number, number],
  chance: Chance | null,
): Measure {
  const threshold = method === 'ks-p-value' ? null : (judging.thresholds.get(method) ?? null);
  const unmeasured = (why: string, shown: number | null = null): Measure => ({
    method,
    value: shown,
    threshold,
    verdict: 'unmeasured',
    why,
  });
  const [n, m] = sizes;
  if (value === null)
    return unmeasured(
      `${n === 0 ? 'the reference' : m === 0 ? 'the current file' : 'one side'} has no value`,
    );
  if (threshold === null) return { method, value, threshold, verdict: 'unjudged' };
  if (n < judging.minSamples || m < judging.minSamples)
    return unmeasured(
      `${n} reference and ${m} current values, and a verdict needs ${judging.minSamples} a side`,
      value,
    );
  if (value <= threshold) return { method, value, threshold, verdict: 'within' };
  const doubt = method === 'psi' ? chanceDoubt(value, chance, sizes) : undefined;
  if (doubt !== undefined) return unmeasured(doubt, value);
  return { method, value, threshold, verdict: 'breached' };
}

function verdictOf(measures: readonly Measure[]): Pick<ColumnDrift, 'verdict' | 'why'> {
  if (measures.some((measure) => measure.verdict === 'breached')) return { verdict: 'breached' };
  const unmeasured = measures.find(
    (measure) => measure.threshold !== null && measure.verdict === 'unmeasured',
  );
  if (unmeasured) return { verdict: 'unmeasured', ...(unmeasured.why ? { why: unmeasured.why } : {}) };
  return { verdict: measures.some((measure) => measure.verdict === 'within') ? 'within' : 'unjudged' };
}

/** Measures how far the current side of a feature is from its profile. */
export function compareColumn(profile: ColumnProfile, current: ColumnCounts, judging: Judging): ColumnDrift {
  const [reference, here] = [summary(profile), summary(current)];
  // A sampled side counts with what is in its sample.
  const sizes = [sum(profile.counts), sum(current.counts)] as const;
  const bins = usedBins(profile.counts, current.counts);
  const isEmpty = sizes[0] === 0 || sizes[1] === 0;
  const chance = isEmpty ? null : { bins, limit: chanceLimit(bins, sizes[0], sizes[1]) };
  const ks = profile.kind === 'categorical' ? null : ksOf(profile, current);
  const measure = (method: Measure['method'], value: number | null | undefined): Measure =>
    judge(method, value ?? null, judging, sizes, chance);
  const measures = [
    measure('psi', stabilityIndex(profile.counts, current.counts, judging.zeros)),
    ...(profile.kind === 'categorical'
      ? [
          measure('total-variation', totalVariation(profile.counts, current.counts)),
          measure('jensen-shannon', jensenShannonDistance(profile.counts, current.counts)),
        ]
      : [measure('ks-statistic', ks?.statistic), measure('ks-p-value', ks?.pValue)]),
    missingMeasure(here.missingShare, judging, [profile.rows, current.rows]),
  ];
  return {
    name: profile.name,
    kind: profile.kind,
    reference,
    current: here,
    bins,
    chanceLimit: chance?.limit ?? null,
    ks,
    measures,
    ...verdictOf(measures),
  };
}

/** The share of missing values counts all rows, measured or not. */
function missingMeasure(share: number | null, judging: Judging, rows: readonly [number, number]): Measure {
  return judge('missing-share', share, judging, rows, null);
}
