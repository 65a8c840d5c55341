// How times grow with the number of records: each size beside the last, and what one record costs.
import type { Findings, Measurement } from '../findings.js';
import { count, duration, table } from './text.js';

/** The medians of one piece of work, by number of records, smallest first. */
export interface Series {
  work: string;
  points: { records: number; milliseconds: number }[];
}

/** One series a piece of work; what was measured in several turns at one size counts as in the first. */
export function seriesOf(measurements: readonly Measurement[]): Series[] {
  const works = [...new Set(measurements.map(({ work }) => work))];
  return works.map((work) => {
    const bySize = new Map<number, number>();
    for (const one of measurements)
      if (one.work === work && !bySize.has(one.records)) bySize.set(one.records, one.timing.median);
    const points = [...bySize].map(([records, milliseconds]) => ({ records, milliseconds }));
    return { work, points: points.sort((a, b) => a.records - b.records) };
  });
}

/** How much longer each size takes than the one before, scaled to ten times as many records. */
function factors({ points }: Series): string {
  return points
    .slice(1)
    .map((point, index) => {
      const before = points[index] ?? point;
      const steps = Math.log10(point.records / before.records);
      return ((point.milliseconds / before.milliseconds) ** (1 / steps)).toFixed(2);
    })
    .join(', ');
}

/** Microseconds for each record more, between the two largest sizes. */
function perRecord({ points }: Series): string {
  const [before, last] = points.slice(-2);
  if (!before || !last || before.records === last.records) return '';
  return `${(((last.milliseconds - before.milliseconds) * 1000) / (last.records - before.records)).toFixed(1)} µs`;
}

/** The times at every size, and the ratios to the yardsticks; nothing where one size was measured. */
export function growthOf({ measurements, rows }: Findings): string[] {
  const sizes = [...new Set(measurements.map(({ records }) => records))].sort((a, b) => a - b);
  if (sizes.length < 2) return [];
  const series = seriesOf(measurements);
  const times = series.map((one) => [
    one.work,
    ...sizes.map((size) => {
      const point = one.points.find(({ records }) => records === size);
      return point ? duration(point.milliseconds) : '';
    }),
    factors(one),
    perRecord(one),
  ]);
  const works = [...new Set(rows.map(({ work }) => work))];
  const ratios = works.map((work) => [
    work,
    rows.find((row) => row.work === work)?.yardstick ?? '',
    ...sizes.map(
      (size) => rows.find((row) => row.work === work && row.records === size)?.ratio.toFixed(2) ?? '',
    ),
  ]);
  return [
    '### Growth with the number of records',
    '![Time of each command against the number of records](chart.svg)',
    table(['work', ...sizes.map(count), 'factor for 10 × the records', 'each record more'], times),
    'The same as ratios to the yardstick of the same size:',
    table(['work', 'yardstick', ...sizes.map(count)], ratios),
  ];
}
