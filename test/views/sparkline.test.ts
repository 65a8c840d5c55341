// Sparklines: the threshold in sight, gaps for what was not measured, no breach lost, and numbers where nothing is drawn.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparison, shortNumber } from '../../src/lifecycle/health/reading.js';
import { type SparklineOptions, latestWord, seriesSparkline, sparkline } from '../../src/views/sparkline.js';
import { type Style, plainStyle } from '../../src/views/style.js';
import { seriesWith } from '../support/health-series.js';

const marking: Style = { ...plainStyle, interactive: true, bad: (text) => `<${text}>` };
const high: SparklineOptions = { threshold: 0.2, badSide: 'high', width: 20 };
const low: SparklineOptions = { threshold: 0.9, badSide: 'low', width: 20 };

describe('blocks', () => {
  test('distances stand on zero, and the threshold is in sight', () => {
    expect(sparkline([0, 0.05, 0.1, 0.15, 0.2], high)).toBe('▁▃▅▇█');
    expect(sparkline([0.01, 0.02], high)).toBe('▁▁');
    expect(sparkline([0.1, 0.4], high)).toBe('▃█');
  });

  test('what is bad when low fills the height between threshold and best', () => {
    expect(sparkline([0.98, 0.94, 0.9], low)).toBe('█▅▁');
  });

  test('gaps where nothing was measured, numbers that are none among them', () => {
    expect(sparkline([0.2, null, Number.NaN, Number.POSITIVE_INFINITY, 0.2], high)).toBe('█···█');
    expect(sparkline([null, null], { ...high, threshold: null })).toBe('··');
    expect(sparkline([], high)).toBe('');
  });

  test('a constant, and numbers at the ends of what there is', () => {
    const free: SparklineOptions = { threshold: null, badSide: null, width: 20 };
    expect(sparkline([5, 5, 5], free)).toBe('▁▁▁');
    expect(sparkline([1e-300, 1e300], free)).toBe('▁█');
    expect(sparkline([-Number.MAX_VALUE, 0, Number.MAX_VALUE], free)).toBe('▁▅█');
    expect(sparkline([5e-324, 1e-323], free)).toBe('▁█');
  });
});

describe('marks', () => {
  test('breaches are marked, each run once', () => {
    expect(sparkline([0.1, 0.3, 0.4, null, 0.1, 0.4], high, marking)).toBe('▃<▇█>·▃<█>');
    expect(sparkline([0.95, 0.8, 0.95], low, marking)).toBe('█<▁>█');
    expect(sparkline([0.2], high, marking)).toBe('█');
  });

  test('a series is marked by its own verdicts', () => {
    const series = seriesWith([0.1, 0.1, 0.1]);
    (series.points[1] as { verdict: string }).verdict = 'breached';
    expect(seriesSparkline(series, 10, marking)).toBe('▅<▅>▅');
  });
});

describe('more points than columns', () => {
  test('the newest stays as it is, and one breach among a thousand is seen', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 371 ? 0.9 : 0.01));
    const drawn = sparkline(values, { ...high, width: 12 }, marking);
    expect(drawn).toBe('▁▁▁▁<█>▁▁▁▁▁▁▁');
    expect(sparkline([...values, null], { ...high, width: 12 }).at(-1)).toBe('·');
  });

  test('whatever the values: as wide as asked, blocks and gaps alone, and marked if and only if one breached', () => {
    const value = fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 1 })));
    const threshold = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
    const badSide = fc.constantFrom('high' as const, 'low' as const, null);
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 80 }),
        threshold,
        badSide,
        fc.integer({ min: 2, max: 30 }),
        (points, limit, side, width) => {
          const drawn = sparkline(points, { threshold: limit, badSide: side, width }, marking);
          const glyphs = drawn.replace(/[<>]/g, '');
          expect(glyphs).toMatch(/^[▁▂▃▄▅▆▇█·]*$/u);
          expect([...glyphs]).toHaveLength(Math.min(points.length, width));
          const breached = points.some(
            (point) =>
              point !== null &&
              Number.isFinite(point) &&
              limit !== null &&
              side !== null &&
              (side === 'high' ? point > limit : point < limit),
          );
          expect(drawn.includes('<')).toBe(breached);
        },
      ),
    );
  });
});

describe('in words', () => {
  test('the newest value against its threshold', () => {
    expect(latestWord({ ...seriesWith([0.1, 0.31]), name: 'tenure' })).toBe('psi tenure 0.31 > 0.2');
    expect(latestWord({ ...seriesWith([0.31, 0.1]), name: 'tenure' })).toBe('psi tenure 0.1 < 0.2');
    expect(latestWord({ ...seriesWith([0.91], 0.9, 'low'), method: 'value', name: 'accuracy' })).toBe(
      'accuracy 0.91 > 0.9',
    );
  });

  test('without a threshold, a value or a report', () => {
    expect(latestWord({ ...seriesWith([3], null, null), name: 'cost' })).toBe('psi cost 3');
    expect(latestWord({ ...seriesWith([0.1, null]), name: 'tenure' })).toBe('psi tenure unmeasured');
    expect(latestWord({ ...seriesWith([]), name: 'tenure' })).toBe('psi tenure no reports');
  });

  test("a tool's own verdict without numbers to compare is said", () => {
    const series = { ...seriesWith([3], null, null), name: 'cost' };
    (series.points[0] as { verdict: string }).verdict = 'breached';
    expect(latestWord(series)).toBe('psi cost 3 breached');
  });

  test('a name cannot drive the terminal', () => {
    expect(latestWord({ ...seriesWith([0.1]), name: '\u001b[31m\nx' })).toBe('psi \\u001b[31m x 0.1 < 0.2');
  });
});

describe('numbers', () => {
  test.each([
    [0.123456, '0.1235'],
    [12345.6, '12346'],
    [1234567890, '1.235e+9'],
    [1e300, '1e+300'],
    [1e-300, '1e-300'],
    [-0.5, '-0.5'],
    [0, '0'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
  ])('%d is %s', (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });

  test('two that differ never look the same', () => {
    expect(comparison(0.200001, 0.2)).toBe('0.200001 > 0.2');
    expect(comparison(0.2, 0.2)).toBe('0.2 = 0.2');
  });
});
