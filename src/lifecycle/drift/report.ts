// What a drift measurement answers: a report that `mlc monitor` reads, with the details of every column.
import type { Observation, Signal, Verdict, Window } from '../monitoring/observation.js';
import type { ColumnDrift, JudgedMethod, Judging, Measure } from './compare.js';
import type { ZeroRule } from './stability.js';

/** A feature that was asked for and not measured. */
export interface AbsentColumn {
  name: string;
  why: string;
}

/** A whole measurement. */
export interface DriftResult {
  model: string;
  version: string;
  signal: Extract<Signal, 'input-drift' | 'output-drift'>;
  window: Window | null;
  /** Rows of either side. */
  samples: { reference: number; current: number };
  columns: readonly ColumnDrift[];
  /** Asked for and not there: unmeasured, never fine. */
  absent: readonly AbsentColumn[];
  judging: Judging;
  notes: readonly string[];
}

/** What became of a measurement as a whole. */
export function overallVerdict(result: Pick<DriftResult, 'columns' | 'absent'>): Verdict {
  if (result.columns.some((column) => column.verdict === 'breached')) return 'breached';
  if (result.absent.length > 0 || result.columns.some((column) => column.verdict === 'unmeasured'))
    return 'unmeasured';
  return result.columns.some((column) => column.verdict === 'within') ? 'within' : 'unjudged';
}

/** The rule for empty bins as a flag writes it. */
function zerosText(rule: ZeroRule): string {
  if (rule.kind === 'floor') return `floor:${rule.share}`;
  return rule.kind === 'laplace' ? `laplace:${rule.count}` : 'skip';
}

function observationOf(name: string, measure: Measure): Observation {
  const isUnmeasured = measure.verdict === 'unmeasured';
  return {
    name,
    method: measure.method,
    // A number without a ground for a verdict must not be judged by whoever reads the report.
    value: isUnmeasured ? null : measure.value,
    threshold: measure.threshold,
    breached: measure.verdict === 'breached' ? true : measure.verdict === 'within' ? false : null,
    ...(isUnmeasured ? { unmeasured: measure.why ?? 'it could not be measured' } : {}),
  };
}

/** Every measure of every column, as a report has it. */
function observationsOf(result: DriftResult): Observation[] {
  const threshold = result.judging.thresholds.get('psi') ?? null;
  return [
    ...result.columns.flatMap((column) =>
      column.measures.map((measure) => observationOf(column.name, measure)),
    ),
    ...result.absent.map(({ name, why }) => ({
      name,
      method: 'psi' satisfies JudgedMethod,
      value: null,
      threshold,
      breached: null,
      unmeasured: why,
    })),
  ];
}

function sideJson(side: ColumnDrift['reference']): Record<string, unknown> {
  return {
    n: side.n,
    missing: side.missing,
    non_finite: side.nonFinite,
    missing_share: side.missingShare,
  };
}

function columnJson(column: ColumnDrift): Record<string, unknown> {
  const { ks } = column;
  return {
    name: column.name,
    kind: column.kind,
    verdict: column.verdict,
    why: column.why ?? null,
    reference: sideJson(column.reference),
    current: sideJson(column.current),
    bins: column.bins,
    chance_limit: column.chanceLimit,
    measures: Object.fromEntries(column.measures.map((measure) => [measure.method, measure.value])),
    ks: ks && {
      statistic: ks.statistic,
      p_value: ks.pValue,
      p_value_method: ks.method,
      measured_on: ks.on,
      statistic_at_most: ks.statisticAtMost ?? null,
    },
  };
}

/** The document that `--json` prints. */
export function driftReport(result: DriftResult, producer: string): Record<string, unknown> {
  return {
    schema: 'mlc/drift@1',
    model: result.model,
    version: result.version,
    signal: result.signal,
    window: result.window,
    samples: result.samples,
    producer,
    verdict: overallVerdict(result),
    settings: {
      zeros: zerosText(result.judging.zeros),
      thresholds: Object.fromEntries(result.judging.thresholds),
      min_samples: result.judging.minSamples,
    },
    observations: observationsOf(result),
    columns: result.columns.map(columnJson),
    absent: result.absent,
    notes: result.notes,
  };
}
