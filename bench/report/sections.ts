// The tables of a run, each under its heading.
import type { Findings, Measurement, Row } from '../findings.js';
import type { Results, Run } from '../results.js';
import { growthOf } from './growth.js';
import { origin } from './origin.js';
import { peersOf } from './peers.js';
import { count, duration, spread, table, verdict } from './text.js';

function timeOf(row: Row, measurements: readonly Measurement[]): string {
  const found = measurements.find(
    ({ work, records, node, timing }) =>
      work === row.work && records === row.records && node === row.node && timing.median === row.milliseconds,
  );
  return found ? spread(found.timing) : duration(row.milliseconds);
}

function budgetTable(rows: readonly Row[], measurements: readonly Measurement[]): string {
  const lines = rows.map((row) => [
    row.work,
    timeOf(row, measurements),
    row.yardstick,
    duration(row.yardstickMilliseconds),
    row.ratio.toFixed(2),
    row.budget === null ? '' : String(row.budget),
    verdict(row.met),
  ]);
  return table(
    ['work', 'median (lowest to highest)', 'yardstick', 'median', 'ratio', 'budget', 'met'],
    lines,
  );
}

/** The largest size up to the 10,000 records that the budgets are about. */
function budgetedSize(rows: readonly { records: number }[]): number {
  const sizes = rows.map(({ records }) => records);
  const small = sizes.filter((size) => size <= 10_000);
  return small.length > 0 ? Math.max(...small) : Math.min(...sizes);
}

function rowsSection(results: Results): string[] {
  const { rows: part } = results;
  if (!part || part.rows.length === 0) return [];
  const size = budgetedSize(part.rows);
  const chosen = part.rows.filter(({ records }) => records === size);
  return [
    `### Budgets, ${count(size)} records`,
    origin(part),
    budgetTable(chosen, part.measurements),
    ...growthOf(part),
  ];
}

/** A part that was measured at one size, which its heading names. */
function oneSizeSection(heading: string, of: string, part: (Run & Findings) | undefined): string[] {
  const [first] = part?.rows ?? [];
  if (!part || !first) return [];
  return [
    `### ${heading}, ${count(first.records)} ${of}`,
    origin(part),
    budgetTable(part.rows, part.measurements),
  ];
}

function memorySection({ memory }: Results): string[] {
  if (!memory || memory.rows.length === 0) return [];
  const size = Math.max(...memory.rows.map(({ records }) => records));
  const lines = memory.rows.map((row) => [
    row.work,
    `${row.nodeMegabytes.toFixed(0)} MB`,
    `${row.gitMegabytes.toFixed(0)} MB`,
    row.budget === null ? '' : `${row.budget} MB`,
    verdict(row.met),
  ]);
  return [
    `### Memory, ${count(size)} records`,
    origin(memory),
    table(['work', 'node', 'largest git beside it', 'budget', 'met'], lines),
  ];
}

function nodesSection({ nodes }: Results): string[] {
  if (!nodes || nodes.rows.length === 0) return [];
  const size = budgetedSize(nodes.rows);
  const all = nodes.rows.filter(({ records }) => records === size);
  const versions = [...new Set(all.map(({ node }) => node))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const works = [...new Set(all.map(({ work }) => work))];
  const lines = works.map((work) => {
    const cells = versions.map((version) => {
      const row = all.findLast((one) => one.work === work && one.node === version);
      return row ? `${row.ratio.toFixed(2)} (${duration(row.milliseconds)})` : '';
    });
    const [first] = all.filter((one) => one.work === work);
    return [work, first?.yardstick ?? '', ...cells, String(first?.budget ?? '')];
  });
  const head = ['work', 'yardstick', ...versions.map((version) => `Node ${version}`), 'budget'];
  return [`### Versions of Node, ${count(size)} records: ratios`, origin(nodes), table(head, lines)];
}

/** All tables that there are results for. */
export function sections(results: Results): string {
  return [
    ...rowsSection(results),
    ...memorySection(results),
    ...oneSizeSection('Audit', 'commits', results.audit),
    ...oneSizeSection('Watching', 'reports', results.monitoring),
    ...nodesSection(results),
    ...peersOf(results.peers),
  ].join('\n\n');
}
