// Reports side by side: one series a feature and method, oldest first, whatever order they came in.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals } from '../../../src/lifecycle/monitoring/observation.js';
import {
  newestEnd,
  noSeries,
  seriesOf,
  signalAt,
  timestampAt,
  verdictAt,
} from '../../../src/lifecycle/monitoring/series.js';
import { psi, reportOf, seen } from '../../support/watching.js';

const reports = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...signals),
      fc.constantFrom('a', 'b'),
      fc.option(fc.double({ noNaN: true })),
    ),
    { selector: ([day, signal]) => `${day} ${signal}` },
  )
  .map((given) =>
    given.map(([day, signal, name, value]) => reportOf(`2026-03-0${day}`, signal, [seen(value, { name })])),
  );

test('the order in which reports come does not matter', () => {
  fc.assert(
    fc.property(
      reports.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
      ),
      ([given, shuffled]) => {
        expect(seriesOf(shuffled)).toEqual(seriesOf(given));
      },
    ),
  );
});

test('every value is where its report is', () => {
  fc.assert(
    fc.property(reports, (given) => {
      const all = seriesOf(given);
      const points = all.series.flatMap((series) =>
        series.values.map((value, point) => {
          const report = series.reports[point] ?? -1;
          return `${signalAt(all, report)} ${timestampAt(all.ends[report] ?? 0)} ${series.name} ${value} ${verdictAt(series, point)}`;
        }),
      );
      const wanted = given.flatMap(({ signal, window, observations }) =>
        observations.map(({ name, value, verdict }) => `${signal} ${window.end} ${name} ${value} ${verdict}`),
      );
      expect(points.sort()).toEqual(wanted.sort());
      expect(all.ends).toEqual([...all.ends].sort((a, b) => a - b));
    }),
  );
});

test('times, samples and limits are those of the report', () => {
  const all = seriesOf([psi('2026-03-15', null, { samples: undefined }), psi('2026-03-08', 0.3)]);
  expect(all).toMatchObject({
    reference: [5000, null],
    current: [1000, null],
    recorded: [1772949600, 1773554400],
  });
  expect(all.series).toEqual([
    {
      signal: 'input-drift',
      name: 'tenure',
      method: 'psi',
      reports: [0, 1],
      values: [0.3, null],
      thresholds: [0.2, 0.2],
      verdicts: 'bu',
    },
  ]);
});

test('methods and signals have series of their own', () => {
  const report = reportOf('2026-03-08', 'input-drift', [
    seen(0.1),
    seen(0.1, { method: 'ks-p-value', verdict: 'unjudged', threshold: undefined }),
  ]);
  expect(seriesOf([report, psi('2026-03-08', 0.1, { signal: 'output-drift' })]).series).toHaveLength(3);
});

test('the newest end is of the signal, or of any', () => {
  const all = seriesOf([psi('2026-03-15', 0.1), psi('2026-03-22', 0.1, { signal: 'quality' })]);
  expect([
    newestEnd(all),
    newestEnd(all, 'input-drift'),
    newestEnd(all, 'cost'),
    newestEnd(noSeries),
  ]).toEqual(['2026-03-22T00:00:00Z', '2026-03-15T00:00:00Z', undefined, undefined]);
});
