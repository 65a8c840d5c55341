// Versions in a list.
import { count } from '../lifecycle/problems.js';
import type { Style } from './style.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import { latestWord, seriesSparkline } from './sparkline.js';
import { type Column, table } from './table.js';

/** One line of a list. */
export interface ListedVersion {
  model: string;
  version: string;
  status: string;
  change: string;
  riskClass: string;
  owner: string;
  registeredAt: string;
  target: string;
  noticeEnds: string | null;
  holds: number;
  serving: readonly { env: string; trafficPct: number; mirrorPct: number }[];
  /** The drift series that says most; undefined where there is none. */
  drift?: HealthSeries | undefined;
}

const marks: Record<string, (style: Style) => (text: string) => string> = {
  deployed: (style) => style.good,
  approved: (style) => style.accent,
  registered: (style) => style.warn,
  deprecated: (style) => style.warn,
  retired: (style) => style.quiet,
  rejected: (style) => style.quiet,
};

/** The colour of a status. */
export function statusMark(status: string, style: Style): (text: string) => string {
  return marks[status]?.(style) ?? ((text) => text);
}

/** Where a version serves: `production 95 %, staging shadow 100 %`. */
export function servingText(serving: ListedVersion['serving']): string {
  return (
    serving
      .map(
        (share) =>
          `${share.env} ${share.trafficPct > 0 ? `${share.trafficPct} %` : `shadow ${share.mirrorPct} %`}`,
      )
      .join(', ') || '-'
  );
}

function dueText(row: ListedVersion): string {
  if (row.status === 'retired' || row.status === 'rejected') return '-';
  return row.noticeEnds ? `notice until ${row.noticeEnds}` : row.target;
}

const sparkWidth = 12;

function driftColumn(style: Style): Column<ListedVersion> {
  return {
    title: 'DRIFT',
    value: ({ drift }) => {
      if (!drift) return '-';
      return style.interactive
        ? `${seriesSparkline(drift, sparkWidth)} ${latestWord(drift)}`
        : latestWord(drift);
    },
    mark: ({ drift }, inner) => (drift?.points.at(-1)?.verdict === 'breached' ? inner.bad : (text) => text),
    yields: 0.5,
  };
}

/** The list, and how many there are. */
export function listView(rows: readonly ListedVersion[], today: string, style: Style): string {
  if (rows.length === 0) return style.interactive ? 'no versions' : '';
  const overdue = (row: ListedVersion): boolean =>
    row.target < today && row.status !== 'retired' && row.status !== 'rejected';
  const listed = table(
    rows,
    [
      {
        title: 'VERSION',
        value: (row) => `${row.model}@${row.version}`,
        mark: (_row, inner) => inner.strong,
      },
      {
        title: 'STATUS',
        value: (row) => `${row.status}${row.holds > 0 ? ' (held)' : ''}`,
        mark: (row, inner) => statusMark(row.status, inner),
      },
      { title: 'SERVES', value: (row) => servingText(row.serving) },
      {
        title: 'DUE',
        value: dueText,
        mark: (row, inner) => (overdue(row) ? inner.bad : (text) => text),
        yields: 1,
      },
      ...(rows.some((row) => row.drift) ? [driftColumn(style)] : []),
      { title: 'CHANGE', value: (row) => row.change, yields: 3 },
      { title: 'RISK', value: (row) => row.riskClass, yields: 4 },
      { title: 'OWNER', value: (row) => row.owner, yields: 5 },
      {
        title: 'REGISTERED',
        value: (row) => (style.interactive ? row.registeredAt.slice(0, 10) : row.registeredAt),
        yields: 2,
      },
    ],
    style,
  );
  const models = new Set(rows.map((row) => row.model)).size;
  return style.interactive && rows.length > 10
    ? `${listed}\n\n${count(rows.length, 'version')} of ${count(models, 'model')}`
    : listed;
}
