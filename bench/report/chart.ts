// Draws time against the number of records as SVG, both axes logarithmic, git's and node's own times dashed.
import type { Measurement } from '../findings.js';
import { work } from '../parts/rows.js';
import { type Series, seriesOf } from './growth.js';
import { count, duration } from './text.js';

const [width, height] = [940, 500];
const plot = { left: 70, right: 560, top: 40, bottom: 440 } as const;
const labelStep = 19;

/** What is drawn: mlc's own work in colour, and what it is measured against dashed. */
const drawn: readonly { work: string; colour: string; dashed?: true }[] = [
  { work: work.validateFirst, colour: '#cf4a2f' },
  { work: work.ajv, colour: '#8a8f98', dashed: true },
  { work: work.validateAgain, colour: '#d29214' },
  { work: work.listAgain, colour: '#2f81f7' },
  { work: work.transition, colour: '#2f9e58' },
  { work: work.commit, colour: '#2f9e58', dashed: true },
  { work: work.staged, colour: '#9b6ef3' },
  { work: work.resolve, colour: '#17a2b8' },
  { work: work.status, colour: '#d29214', dashed: true },
  { work: work.node, colour: '#8a8f98', dashed: true },
];

/** A place on a logarithmic axis that runs from a power of ten to another. */
function axis(
  values: readonly number[],
  from: number,
  to: number,
): { ticks: number[]; at: (value: number) => number } {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return {
    ticks,
    at: (value) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10,
  };
}

/** Pushes labels apart that would stand on each other, without changing their order. */
function spaced(wanted: readonly { name: number; y: number }[]): Map<number, number> {
  const sorted = [...wanted].sort((a, b) => a.y - b.y);
  let next = -Infinity;
  const placed = sorted.map(({ name, y }) => {
    next = Math.max(next + labelStep, y);
    return { name, y: next };
  });
  const over = Math.max(0, next - plot.bottom);
  return new Map(placed.map(({ name, y }) => [name, y - over]));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const style = `text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-size:15px;font-weight:600}.a{fill:#57606a;font-size:12px}.g{stroke:#d0d7de}.l{fill:none;stroke-width:2}.k{stroke:#8c959f;stroke-width:.75}.d{stroke-dasharray:5 4}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.a{fill:#9198a1}.g{stroke:#3d444d}.k{stroke:#656c76}}`;

/** The chart of what was measured at several sizes; undefined where there is one size alone. */
export function chartOf(measurements: readonly Measurement[]): string | undefined {
  const found = new Map(seriesOf(measurements).map((series) => [series.work, series]));
  const lines = drawn.flatMap((line) => {
    const series = found.get(line.work);
    return series && series.points.length > 1 ? [{ ...line, series }] : [];
  });
  if (lines.length === 0) return undefined;
  const points = lines.flatMap(({ series }) => series.points);
  const x = axis(
    points.map(({ records }) => records),
    plot.left,
    plot.right,
  );
  const y = axis(
    points.map(({ milliseconds }) => milliseconds),
    plot.bottom,
    plot.top,
  );
  const lastOf = (series: Series): number => y.at(series.points.at(-1)?.milliseconds ?? 1);
  const labels = spaced(lines.map(({ series }, name) => ({ name, y: lastOf(series) })));
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<path class="g" d="M${x.at(tick)} ${plot.top}V${plot.bottom}"/><text class="a" text-anchor="middle" x="${x.at(tick)}" y="${plot.bottom + 20}">${count(tick)}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<path class="g" d="M${plot.left} ${y.at(tick)}H${plot.right}"/><text class="a" text-anchor="end" x="${plot.left - 8}" y="${y.at(tick) + 4}">${tick < 1000 ? `${tick} ms` : `${tick / 1000} s`}</text>`,
    ),
  ];
  const drawing = lines.map(({ series, colour, dashed }, index) => {
    const path = series.points
      .map(({ records, milliseconds }) => `${x.at(records)} ${y.at(milliseconds)}`)
      .join('L');
    const label = labels.get(index) ?? 0;
    const kind = dashed ? 'l d' : 'l';
    const dots = series.points
      .map(
        ({ records, milliseconds }) =>
          `<circle cx="${x.at(records)}" cy="${y.at(milliseconds)}" r="3" fill="${colour}"/>`,
      )
      .join('');
    const end = x.at(series.points.at(-1)?.records ?? 1);
    return [
      `<path class="${kind}" stroke="${colour}" d="M${path}"/>${dots}`,
      `<path class="k" d="M${end + 5} ${lastOf(series)}L${plot.right + 22} ${label}"/>`,
      `<path class="${kind}" stroke="${colour}" d="M${plot.right + 24} ${label}h22"/>`,
      `<text x="${plot.right + 52}" y="${label + 4}">${escaped(series.work)}, ${duration(series.points.at(-1)?.milliseconds ?? 0)}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time of each command against the number of records">`,
    `<style>${style}</style>`,
    `<text class="t" x="${plot.left}" y="22">Time of one command against the number of records</text>`,
    ...grid,
    ...drawing,
    `<text class="a" text-anchor="middle" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 44}">records in the registry (both axes logarithmic; dashed: git, node and ajv-cli alone)</text>`,
    '</svg>',
    '',
  ].join('\n');
}
