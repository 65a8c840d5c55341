// The transitions of a registry, newest first.
import type { Style } from './style.js';
import { table } from './table.js';

/** One line of history. */
export interface HistoryRow {
  commit: string;
  at: string;
  /** Null for a commit that is no transition. */
  operation: string | null;
  model: string | null;
  version: string | null;
  from: string | null;
  to: string | null;
  actor: string;
  summary: string;
}

function subjectOf(row: HistoryRow): string {
  if (row.operation === null) return 'by hand';
  return row.version === null ? (row.model ?? '-') : `${row.model}@${row.version}`;
}

function changeOf(row: HistoryRow): string {
  if (row.from === null || row.to === null) return '-';
  if (row.from === 'none') return row.to;
  return row.from === row.to ? row.to : `${row.from} → ${row.to}`;
}

/** The table of history. */
export function historyView(rows: readonly HistoryRow[], style: Style): string {
  if (rows.length === 0) return style.interactive ? 'no transitions' : '';
  return table(
    rows,
    [
      {
        title: 'WHEN',
        value: (row) => (style.interactive ? row.at.slice(0, 16).replace('T', ' ') : row.at),
        mark: (_row, inner) => inner.quiet,
      },
      {
        title: 'WHAT',
        value: (row) => row.operation ?? 'edit',
        mark: (row, inner) => (row.operation === null ? inner.warn : inner.strong),
      },
      { title: 'VERSION', value: subjectOf },
      { title: 'STATUS', value: changeOf, yields: 2 },
      { title: 'HOW', value: (row) => row.summary },
      { title: 'WHO', value: (row) => row.actor, yields: 1 },
      {
        title: 'COMMIT',
        value: (row) => (style.interactive ? row.commit.slice(0, 10) : row.commit),
        mark: (_row, inner) => inner.quiet,
        yields: 3,
      },
    ],
    style,
  );
}
