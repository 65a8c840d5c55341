// The gate as a table: every check with value, baseline, limit and outcome.
import type { CheckResult } from '../generated/types.js';
import { formatNumber } from '../lifecycle/gates/bounds.js';
import type { Style } from './style.js';
import { table } from './table.js';

const marks: Record<CheckResult['status'], (style: Style) => (text: string) => string> = {
  pass: (style) => style.good,
  fail: (style) => style.bad,
  error: (style) => style.bad,
  skipped: (style) => style.quiet,
  waived: (style) => style.warn,
};

function shown(value: CheckResult['value']): string {
  return value === null ? '-' : formatNumber(value);
}

/** The checks of a gate. */
export function checksView(checks: readonly CheckResult[], style: Style): string {
  return table(
    checks,
    [
      { title: 'CHECK', value: (check) => check.id },
      { title: 'METRIC', value: (check) => check.metric, yields: 1 },
      { title: 'VALUE', value: (check) => shown(check.value), align: 'right' },
      { title: 'BASELINE', value: (check) => shown(check.baseline), align: 'right' },
      { title: 'LIMIT', value: (check) => check.limit },
      {
        title: 'OUTCOME',
        value: (check) => `${check.status}${check.severity === 'warn' ? ' (warn)' : ''}`,
        mark: (check, inner) => marks[check.status](inner),
      },
      { title: 'WHY', value: (check) => check.formula, yields: 2, mark: (_check, inner) => inner.quiet },
    ],
    style,
  );
}

interface Verdict {
  verdict: 'pass' | 'fail' | 'error';
  baseline: string | null;
  checks: readonly CheckResult[];
}

/** A verdict: the table and the outcome. Off a terminal the table alone, a line a check; the exit code tells the rest. */
export function verdictView(subject: string, { verdict, baseline, checks }: Verdict, style: Style): string {
  if (!style.interactive) return checksView(checks, style);
  const passed = checks.filter((check) => check.status === 'pass').length;
  const mark = verdict === 'pass' ? style.good('✓') : style.bad('✗');
  const words = { pass: 'passes its gate', fail: 'does not pass its gate', error: 'could not be judged' }[
    verdict
  ];
  const against = baseline === null ? 'without a baseline' : `against ${baseline}`;
  return [
    checksView(checks, style),
    '',
    `${mark} ${subject} ${words}: ${passed} of ${checks.length} checks pass, ${against}`,
  ].join('\n');
}
