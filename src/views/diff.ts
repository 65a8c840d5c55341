// Two versions side by side.
import type { Comparison } from '../lifecycle/comparison.js';
import { formatNumber } from '../lifecycle/gates/bounds.js';
import type { Style } from './style.js';
import { table } from './table.js';

function deltaText(delta: number | null): string {
  if (delta === null) return '-';
  return `${delta > 0 ? '+' : ''}${formatNumber(delta)}`;
}

function shown(value: number | string | null): string {
  return value === null ? '-' : formatNumber(value);
}

/** The differences of two versions: lineage, artifacts, metrics. */
export function diffView(
  names: readonly [string, string],
  comparison: Comparison,
  better: ReadonlyMap<string, 'higher' | 'lower'>,
  style: Style,
): string {
  const changes = [
    ...comparison.lineage,
    ...comparison.artifacts.map((entry) => ({
      field: `artifacts (${entry.kind})`,
      before: entry.before ?? '-',
      after: entry.after ?? '-',
    })),
  ];
  const columns = [names[0].toUpperCase(), names[1].toUpperCase()];
  const made = table(
    changes,
    [
      { title: 'FIELD', value: (row) => row.field },
      { title: columns[0] as string, value: (row) => row.before },
      { title: columns[1] as string, value: (row) => row.after },
    ],
    style,
  );
  const measured = table(
    comparison.metrics,
    [
      { title: 'METRIC', value: (row) => row.metric },
      { title: columns[0] as string, value: (row) => shown(row.before), align: 'right' },
      { title: columns[1] as string, value: (row) => shown(row.after), align: 'right' },
      {
        title: 'DELTA',
        value: (row) => deltaText(row.delta),
        align: 'right',
        mark: (row, inner) => {
          const direction = better.get(row.metric);
          if (!direction || !row.delta) return (text) => text;
          return row.delta > 0 === (direction === 'higher') ? inner.good : inner.bad;
        },
      },
    ],
    style,
  );
  if (changes.length === 0) return measured;
  return style.interactive ? `${made}\n\n${measured}` : `${made}\n${measured}`;
}
