// Charts: everything inside its box, gaps and breaches where they belong, and no breach lost to thinning.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geometryOf, height, plot, width } from '../../src/export/charts/geometry.js';
import { signalChart } from '../../src/export/charts/signal-chart.js';
import { thinned } from '../../src/lifecycle/health/thinning.js';
import { anySeries } from '../support/any-health.js';
import { seriesWith } from '../support/health-series.js';

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

describe('geometry', () => {
  test('any series stays in its box, labels apart from each other', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        const { points, threshold, labels } = geometryOf(series);
        for (const { x, y } of points)
          expect(within(x, plot.left, plot.right) && within(y, plot.top, plot.bottom)).toBe(true);
        for (const { from, to, y } of threshold)
          expect(
            within(from, plot.left, to) && within(to, from, plot.right) && within(y, plot.top, plot.bottom),
          ).toBe(true);
        for (const [index, { y, text }] of labels.entries()) {
          expect(within(y, 0, height)).toBe(true);
          expect(text.length).toBeLessThanOrEqual(9);
          const next = labels[index + 1];
          if (next) expect(next.y - y).toBeGreaterThanOrEqual(16);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('time runs from left to right, by the dates', () => {
    const series = seriesWith([0.1, 0.1, 0.1]);
    (series.points[1] as { at: string }).at = '2026-10-18T06:00:00Z';
    const [first = 0, second = 0, third = 0] = geometryOf(series).points.map(({ x }) => x);
    expect([first, third]).toEqual([plot.left, plot.right]);
    expect(second - first).toBeLessThan((third - first) / 10);
  });

  test('higher values stand higher, the threshold among them', () => {
    const { points, threshold } = geometryOf(seriesWith([0, 0.1, 0.3]));
    const [zero = 0, some = 0, most = 0] = points.map(({ y }) => y);
    expect([zero, most]).toEqual([plot.bottom, plot.top]);
    const [line] = threshold;
    expect(line).toMatchObject({ from: plot.left, to: plot.right });
    expect(within(line?.y ?? 0, most, some)).toBe(true);
  });

  test('a line breaks where nothing was measured', () => {
    const { runs } = geometryOf(seriesWith([0.1, 0.1, null, 0.1, null, 0.1, 0.1, 0.1]));
    expect(runs.map((run) => run.length)).toEqual([2, 1, 3]);
  });

  test('a threshold that changes is drawn as it was, and ends where a value had none', () => {
    const series = seriesWith([0.1, 0.1, 0.1, 0.1, 0.1]);
    const limits = [0.2, 0.2, 0.3, null, 0.3];
    for (const [index, point] of series.points.entries()) point.threshold = limits[index] ?? null;
    const { threshold } = geometryOf(series);
    expect(threshold.map(({ y }) => Math.round(y))).toEqual([41, 12, 12]);
    expect(threshold[0]?.to).toBe(threshold[1]?.from);
    expect(threshold[2]?.from).toBeGreaterThan(threshold[1]?.to ?? 0);
  });
});

describe('drawing', () => {
  test('breaches are diamonds, others dots, unmeasured ones ticks', () => {
    const { html } = signalChart(seriesWith([0.1, 0.3, null, 0.1, 0.4]), 'c');
    const count = (kind: string): number =>
      (new RegExp(`<path class="${kind}" d="([^"]*)"`).exec(html)?.[1]?.match(/M/g) ?? []).length;
    expect([count('b'), count('d'), count('u'), count('l')]).toEqual([2, 2, 1, 2]);
    expect(html).toContain(`viewBox="0 0 ${width} ${height}"`);
  });

  test('a breach without a value is drawn, not left out', () => {
    const series = seriesWith([null, null]);
    (series.points[0] as { verdict: string }).verdict = 'breached';
    expect(signalChart(series, 'c').html).toContain('class="b"');
  });

  test('a daily report of a year is a small chart', () => {
    const values = Array.from({ length: 365 }, (_, index) => 0.1 + Math.sin(index) / 20);
    expect(signalChart(seriesWith(values), 'c').html.length).toBeLessThan(5000);
  });
});

describe('thinning', () => {
  const reading = fc.record({
    value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    breached: fc.boolean(),
  });

  test('keeps the newest, the order, and a breach near every breach', () => {
    fc.assert(
      fc.property(
        fc.array(reading, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 2, max: 120 }),
        fc.constantFrom('high' as const, 'low' as const, null),
        (points, most, badSide) => {
          const kept = thinned(points, most, badSide);
          expect(kept).toHaveLength(Math.min(points.length, most));
          expect(kept.at(-1)).toBe(points.at(-1));
          const places = kept.map((point) => points.indexOf(point));
          expect(places).toEqual([...places].sort((a, b) => a - b));
          const stretch = Math.ceil(points.length / (most - 1));
          for (const [index, { breached }] of points.entries())
            if (breached)
              expect(
                places.some((place) => points[place]?.breached && Math.abs(place - index) <= stretch),
              ).toBe(true);
        },
      ),
    );
  });

  test('keeps the worst of several breaches, and a value rather than a gap', () => {
    const at = (value: number | null, breached = false): { value: number | null; breached: boolean } => ({
      value,
      breached,
    });
    expect(thinned([at(3, true), at(5, true), at(4), at(1)], 2, 'high')).toEqual([at(5, true), at(1)]);
    expect(thinned([at(0.3, true), at(0.1, true), at(0.9), at(1)], 2, 'low')).toEqual([at(0.1, true), at(1)]);
    expect(thinned([at(null), at(2), at(null), at(null)], 2, 'high')).toEqual([at(2), at(null)]);
  });
});
