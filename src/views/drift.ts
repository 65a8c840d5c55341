// A drift measurement as a table: a line a column, the drifted first.
import type { ColumnDrift, Measure } from '../lifecycle/drift/compare.js';
import { type DriftResult, overallVerdict } from '../lifecycle/drift/report.js';
import { count } from '../lifecycle/problems.js';
import type { Verdict } from '../lifecycle/monitoring/observation.js';
import type { Style } from './style.js';
import { table } from './table.js';

interface Row {
  name: string;
  verdict: Verdict;
  column: ColumnDrift | undefined;
  why: string;
}

const words: Record<Verdict, string> = {
  breached: 'drifted',
  within: 'stable',
  unmeasured: 'unmeasured',
  unjudged: 'not judged',
};

const order: readonly Verdict[] = ['breached', 'unmeasured', 'unjudged', 'within'];

function mark(verdict: Verdict, style: Style): (text: string) => string {
  if (verdict === 'breached') return style.bad;
  return verdict === 'within' ? style.good : style.warn;
}

/** Four significant digits, without zeros at the end. */
function short(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : String(Number(value.toPrecision(4)));
}

function measureOf(row: Row, ...methods: Measure['method'][]): number | null | undefined {
  return row.column?.measures.find((measure) => methods.includes(measure.method))?.value;
}

function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '-' : `${Number((share * 100).toPrecision(3))}%`;
}

/** What speaks for the verdict, in a few words. */
function reason(column: ColumnDrift): string {
  if (column.why !== undefined) return column.why;
  const broken = column.measures
    .filter((measure) => measure.verdict === 'breached')
    .map((measure) => `${measure.method} ${short(measure.value)} > ${short(measure.threshold)}`);
  const chance = column.chanceLimit === null ? '' : `by chance up to ${short(column.chanceLimit)}`;
  return [...broken, chance].filter(Boolean).join(', ');
}

function rowsOf(result: DriftResult): Row[] {
  const rows: Row[] = [
    ...result.columns.map((column) => ({
      name: column.name,
      verdict: column.verdict,
      column,
      why: reason(column),
    })),
    ...result.absent.map(({ name, why }) => ({
      name,
      verdict: 'unmeasured' as const,
      column: undefined,
      why,
    })),
  ];
  const psi = (row: Row): number => measureOf(row, 'psi') ?? -1;
  return rows.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || psi(b) - psi(a));
}

/** The measurement. Off a terminal the table alone; the exit code tells the rest. */
export function driftView(result: DriftResult, style: Style): string {
  const rows = rowsOf(result);
  const shown = table(
    rows,
    [
      { title: 'COLUMN', value: (row) => row.name },
      { title: 'KIND', value: (row) => row.column?.kind ?? '-', yields: 2 },
      { title: 'REFERENCE', value: (row) => String(row.column?.reference.n ?? 0), align: 'right', yields: 3 },
      { title: 'CURRENT', value: (row) => String(row.column?.current.n ?? 0), align: 'right', yields: 3 },
      { title: 'PSI', value: (row) => short(measureOf(row, 'psi')), align: 'right' },
      {
        title: 'KS/TV',
        value: (row) => short(measureOf(row, 'ks-statistic', 'total-variation')),
        align: 'right',
        yields: 1,
      },
      {
        title: 'P/JS',
        value: (row) => short(measureOf(row, 'ks-p-value', 'jensen-shannon')),
        align: 'right',
        yields: 4,
      },
      {
        title: 'MISSING',
        value: (row) =>
          `${percent(row.column?.reference.missingShare)} → ${percent(row.column?.current.missingShare)}`,
        align: 'right',
        yields: 5,
      },
      {
        title: 'VERDICT',
        value: (row) => words[row.verdict],
        mark: (row, inner) => mark(row.verdict, inner),
      },
      { title: 'WHY', value: (row) => row.why, yields: 6, mark: (_row, inner) => inner.quiet },
    ],
    style,
  );
  return style.interactive ? [shown, '', ...summary(result, rows, style)].join('\n') : shown;
}

function summary(result: DriftResult, rows: readonly Row[], style: Style): string[] {
  const drifted = rows.filter((row) => row.verdict === 'breached').length;
  const unmeasured = rows.filter((row) => row.verdict === 'unmeasured').length;
  const verdict = overallVerdict(result);
  const sign = { breached: '✗', within: '✓', unmeasured: '?', unjudged: '?' }[verdict];
  const subject = `${result.model}@${result.version}`;
  const first = `${mark(verdict, style)(sign)} ${subject}: ${drifted} of ${count(rows.length, 'column')} drifted`;
  // What could not be measured is said in full: it is never fine.
  const [example] = rows.filter((row) => row.verdict === 'unmeasured');
  return [
    unmeasured > 0 ? `${first}, ${unmeasured} unmeasured` : first,
    ...(example ? [style.quiet(`  ${example.name}: ${example.why}`)] : []),
  ];
}
