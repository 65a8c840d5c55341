// One check on one metric: measured or not, held against its bounds and the baseline.
import type { Check, CheckResult, EvaluationGate } from '../../generated/types.js';
import type { MetricValue, Results } from '../results.js';
import { type Verdict, differenceBounds, undecided, valueBounds } from './bounds.js';

/** What the candidate is compared with. */
export interface Baseline {
  version: string;
  results: Results;
}

/** What a check is held against. */
export interface Subject {
  gate: EvaluationGate;
  candidate: Results;
  baseline: Baseline | undefined;
  /** Set where candidate and baseline were measured on different data. */
  incomparable: string | undefined;
}

function baselineBounds(
  check: Check,
  metric: string,
  value: MetricValue,
  subject: Subject,
): { verdicts: Verdict[]; shown: MetricValue; skipped: boolean } {
  if (!check.max_regression && !check.min_improvement) return { verdicts: [], shown: null, skipped: false };
  const limit = 'against the baseline';
  if (!subject.baseline) return { verdicts: [], shown: null, skipped: true };
  const shown = subject.baseline.results.metrics.get(metric) ?? null;
  const better = subject.gate.metrics[check.metric]?.better;
  if (subject.incomparable)
    return { verdicts: [undecided(limit, subject.incomparable)], shown, skipped: false };
  if (!better) {
    return {
      verdicts: [undecided(limit, `the gate does not say which way ${check.metric} is better`)],
      shown,
      skipped: false,
    };
  }
  if (typeof value !== 'number')
    return { verdicts: [undecided(limit, `${metric} is not a number`)], shown, skipped: false };
  if (typeof shown !== 'number') {
    const reason = `the baseline ${subject.baseline.version} has no number for ${metric}`;
    return { verdicts: [undecided(limit, reason)], shown, skipped: false };
  }
  return { verdicts: differenceBounds(check, better, value, shown), shown, skipped: false };
}

function isMeasured(results: Results, metric: string): boolean {
  const value = results.metrics.get(metric);
  return value !== undefined && value !== null;
}

/** The outcome of a check whose metric was not measured. */
export function missing(check: Check, id: string, metric: string, results: Results): CheckResult {
  const reason =
    results.unmeasured.get(metric) ??
    (results.metrics.has(metric) ? 'it is null' : 'it is not in the results');
  return {
    id,
    kind: check.kind,
    metric,
    value: null,
    baseline: null,
    limit: 'measured',
    status: check.on_missing === 'skip' ? 'skipped' : 'error',
    severity: check.severity ?? 'block',
    formula: `${metric} was not measured: ${reason}`,
  };
}

/** Holds one metric against the bounds of a check. */
export function evaluateMetric(check: Check, id: string, metric: string, subject: Subject): CheckResult {
  if (!isMeasured(subject.candidate, metric)) return missing(check, id, metric, subject.candidate);
  const value = subject.candidate.metrics.get(metric) ?? null;
  const compared = baselineBounds(check, metric, value, subject);
  const verdicts = [...valueBounds(check, value), ...compared.verdicts];
  const base = {
    id,
    kind: check.kind,
    metric,
    value,
    baseline: compared.shown,
    severity: check.severity ?? ('block' as const),
  };
  if (verdicts.length === 0) {
    return {
      ...base,
      limit: 'against the baseline',
      status: 'skipped',
      formula: compared.skipped ? 'there is no baseline yet' : 'nothing to compare',
    };
  }
  const status = verdicts.some((verdict) => verdict.ok === undefined)
    ? 'error'
    : verdicts.every((verdict) => verdict.ok)
      ? 'pass'
      : 'fail';
  return {
    ...base,
    limit: verdicts.map((verdict) => verdict.limit).join(' and '),
    status,
    formula: verdicts.map((verdict) => verdict.formula).join(' and '),
  };
}
