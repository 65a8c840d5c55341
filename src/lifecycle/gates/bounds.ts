// The bounds of a check: on the value alone, and on its difference to the baseline.
import type { Allowance, Check } from '../../generated/types.js';
import type { MetricValue } from '../results.js';

// Decimal fractions are not exact in binary (0.1 + 0.2 > 0.3), so bounds have this relative slack.
export const slack = 1e-9;

/** Whether a value reaches a bound, the bound included. */
export function atLeast(value: number, bound: number): boolean {
  return value >= bound || Math.abs(value - bound) <= slack * Math.max(Math.abs(value), Math.abs(bound));
}

/** A number as reports show it: six significant digits, without padding. */
export function formatNumber(value: MetricValue): string {
  if (typeof value !== 'number') return value ?? 'null';
  return String(Number(value.toPrecision(6)));
}

/** One bound and whether it holds; undefined where that cannot be said. */
export interface Verdict {
  limit: string;
  formula: string;
  ok: boolean | undefined;
}

/** A bound that cannot be decided, and why. */
export const undecided = (limit: string, reason: string): Verdict => ({
  limit,
  formula: reason,
  ok: undefined,
});

/** The bounds on the value alone. */
export function valueBounds(check: Check, value: MetricValue): Verdict[] {
  const verdicts: Verdict[] = [];
  const shown = formatNumber(value);
  const compare = (limit: string, bound: number, formula: string, ok: (value: number) => boolean): void => {
    verdicts.push(
      typeof value === 'number'
        ? { limit, formula, ok: ok(value) }
        : undecided(limit, `${check.metric} is not a number, so it cannot be compared with ${bound}`),
    );
  };
  const { min, max, between, equals } = check;
  if (min !== undefined) compare(`>= ${min}`, min, `${shown} >= ${min}`, (number) => atLeast(number, min));
  if (max !== undefined) compare(`<= ${max}`, max, `${shown} <= ${max}`, (number) => atLeast(max, number));
  if (between) {
    const [low, high] = between as [number, number];
    compare(
      `${low} to ${high}`,
      low,
      `${low} <= ${shown} <= ${high}`,
      (n) => atLeast(n, low) && atLeast(high, n),
    );
  }
  if (equals !== undefined) {
    const same =
      typeof equals === 'number' && typeof value === 'number'
        ? atLeast(value, equals) && atLeast(equals, value)
        : value === equals;
    verdicts.push({ limit: `= ${equals}`, formula: `${shown} = ${equals}`, ok: same });
  }
  return verdicts;
}

function allowed(allowance: Allowance, baseline: number): { amount: number; text: string } | undefined {
  // A share of zero is zero, which would turn "1 % worse" into "not worse at all".
  if (allowance.abs === undefined && baseline === 0) return undefined;
  const abs = allowance.abs ?? 0;
  const rel = (allowance.rel ?? 0) * Math.abs(baseline);
  const parts = [
    ...(allowance.abs === undefined ? [] : [formatNumber(abs)]),
    ...(allowance.rel === undefined ? [] : [`${allowance.rel} × |${formatNumber(baseline)}|`]),
  ];
  const text = parts.length === 2 ? `max(${parts.join(', ')})` : (parts[0] ?? '0');
  return { amount: Math.max(abs, rel), text };
}

/** The bounds on the difference to the baseline. `better` decides its sign, whatever the sign of the values. */
export function differenceBounds(
  check: Check,
  better: 'higher' | 'lower',
  value: number,
  baseline: number,
): Verdict[] {
  const worse = better === 'higher' ? baseline - value : value - baseline;
  const [a, b] = better === 'higher' ? [baseline, value] : [value, baseline];
  const verdicts: Verdict[] = [];
  if (check.max_regression) {
    const limit = allowed(check.max_regression, baseline);
    verdicts.push(
      limit
        ? {
            limit: `at most ${formatNumber(limit.amount)} worse`,
            formula: `${formatNumber(a)} - ${formatNumber(b)} = ${formatNumber(worse)} <= ${limit.text}`,
            ok: atLeast(limit.amount + slack * Math.max(Math.abs(a), Math.abs(b)), worse),
          }
        : undecided('relative to 0', 'the baseline is 0, so a relative bound says nothing: add "abs"'),
    );
  }
  if (check.min_improvement) {
    const limit = allowed(check.min_improvement, baseline);
    const improvement = worse === 0 ? 0 : -worse;
    verdicts.push(
      limit
        ? {
            limit: `at least ${formatNumber(limit.amount)} better`,
            formula: `${formatNumber(b)} - ${formatNumber(a)} = ${formatNumber(improvement)} >= ${limit.text}`,
            ok: atLeast(improvement + slack * Math.max(Math.abs(a), Math.abs(b)), limit.amount),
          }
        : undecided('relative to 0', 'the baseline is 0, so a relative bound says nothing: add "abs"'),
    );
  }
  return verdicts;
}
