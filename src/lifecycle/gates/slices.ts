// Checks that hold in every slice of the data, and the gap between slices.
import type { Check, CheckResult } from '../../generated/types.js';
import { type Results, slicesOf } from '../results.js';
import { atLeast, formatNumber, slack } from './bounds.js';
import { type Subject, evaluateMetric, missing } from './check.js';

function gapResult(
  check: Check,
  gap: number,
  slices: readonly { name: string; metric: string }[],
  results: Results,
): CheckResult {
  const base = {
    id: `${check.id}.gap`,
    kind: check.kind,
    metric: check.metric,
    baseline: null,
    severity: check.severity ?? ('block' as const),
  };
  const values = slices.map((slice) => results.metrics.get(slice.metric));
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length < 2 || numbers.length < values.length) {
    const reason =
      numbers.length < 2
        ? `a gap needs two measured slices, there ${numbers.length === 1 ? 'is one' : 'are none'}`
        : 'not every slice was measured';
    const status = check.on_missing === 'skip' ? ('skipped' as const) : ('error' as const);
    return { ...base, value: null, limit: `gap <= ${gap}`, status, formula: reason };
  }
  const [high, low] = [Math.max(...numbers), Math.min(...numbers)];
  const value = high - low;
  return {
    ...base,
    value,
    limit: `gap <= ${gap}`,
    status: atLeast(gap + slack * Math.abs(high), value) ? 'pass' : 'fail',
    formula: `${formatNumber(high)} - ${formatNumber(low)} = ${formatNumber(value)} <= ${gap}`,
  };
}

/** Holds a check in every slice by one property. */
export function evaluateSlices(check: Check, by: string, minimum: number, subject: Subject): CheckResult[] {
  const slices = slicesOf(subject.candidate, by);
  if (slices.length === 0) {
    const result = missing(check, check.id, check.metric, subject.candidate);
    return [
      {
        ...result,
        formula: `the results have no slices by ${by}: expected slices.${by}.<name>.${check.metric}`,
      },
    ];
  }
  const results: CheckResult[] = [];
  const large: { name: string; metric: string }[] = [];
  for (const slice of slices) {
    const metric = `slices.${by}.${slice.name}.${check.metric}`;
    const id = `${check.id}.${slice.name}`;
    if (minimum > 0 && slice.examples === undefined) {
      results.push({ ...missing(check, id, `slices.${by}.${slice.name}.n`, subject.candidate) });
    } else if ((slice.examples ?? 0) < minimum) {
      const shown = subject.candidate.metrics.get(metric) ?? null;
      const formula = `${slice.examples} examples, fewer than ${minimum}: too few to judge`;
      results.push({
        id,
        kind: check.kind,
        metric,
        value: shown,
        baseline: null,
        limit: `n >= ${minimum}`,
        status: 'skipped',
        severity: check.severity ?? 'block',
        formula,
      });
    } else {
      large.push({ name: slice.name, metric });
      if (hasBounds(check)) results.push(evaluateMetric(check, id, metric, subject));
    }
  }
  if (large.length === 0) {
    const result = missing(check, check.id, check.metric, subject.candidate);
    results.push({ ...result, formula: `no slice by ${by} has ${minimum} examples` });
  } else if (check.max_gap) {
    results.push(gapResult(check, check.max_gap.abs, large, subject.candidate));
  }
  return results;
}

function hasBounds(check: Check): boolean {
  return [
    check.min,
    check.max,
    check.between,
    check.equals,
    check.max_regression,
    check.min_improvement,
  ].some((bound) => bound !== undefined);
}
