// The health of a registry by owner: what serves, its zombies, triggers and charts, and what is due, most urgent first.
import { expect, test } from 'vitest';
import { chartOf, healthReport } from '../../../src/lifecycle/health/health.js';
import type { HealthReport } from '../../../src/lifecycle/health/report.js';
import type { WatchedModel } from '../../../src/lifecycle/health/watched-model.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import { ada, alan, approved, entry, modelOf, serving } from '../../support/records.js';
import {
  eventOf,
  incidentOf,
  metric,
  psi,
  quality,
  reportOf,
  seen,
  watchAt,
  watchedOf,
} from '../../support/watching.js';

const report = (models: WatchedModel[], from = '2025-06-01'): HealthReport =>
  healthReport(models, watchAt('2026-06-01'), { registry: 'test', commit: 'c', from });
const other = (changes: Partial<WatchedModel> = {}, owner = alan): WatchedModel =>
  watchedOf({
    model: modelOf({ model_id: 'fraud', owner }),
    versions: [serving('1.0.0', 100, { model_id: 'fraud' })],
    ...changes,
  });

test('is by owner, in order, with what each answers for', () => {
  const found = report([
    watchedOf(),
    other({}, ada),
    watchedOf({ model: modelOf({ model_id: 'spam' }), versions: [] }),
  ]);
  expect(found.owners.map(({ owner, versions }) => [owner, versions.length])).toEqual([
    [ada, 1],
    [alan, 1],
  ]);
  expect(found).toMatchObject({ registry: 'test', commit: 'c', from: '2025-06-01', to: '2026-06-01' });
});

test('what is due is most urgent first, over all models of an owner', () => {
  const late = incidentOf('2026-05-01', { report_by: '2026-05-03' });
  const [owner] = report([watchedOf(), other({ incidents: [late] })]).owners;
  const dates = (owner?.due ?? []).filter(({ overdue }) => overdue).map(({ date }) => date ?? '');
  expect(dates.length).toBeGreaterThan(2);
  expect(dates).toEqual([...dates].sort());
});

test('of what is to come it holds a month', () => {
  const target = (deprecation_target: string): number =>
    report([watchedOf({ versions: [approved('1.0.0', { deprecation_target })] })]).owners[0]?.due.length ??
    -1;
  expect([target('2026-07-01'), target('2026-07-02')]).toEqual([1, 0]);
});

test('shows what serves or is a zombie, and counts', () => {
  const gone = approved('1.0.0', {
    deployment_history: [
      entry('production', 100),
      entry('production', 0, { deployed_at: '2026-03-01T09:00:00Z' }),
    ],
  });
  const next = serving('2.0.0', 100);
  const found = report([
    watchedOf({
      versions: [gone, next, approved('3.0.0')],
      reports: { '2.0.0': seriesOf([psi('2026-05-31', 0.4)]) },
      incidents: [
        incidentOf('2026-05-30'),
        incidentOf('2026-05-31', { closed: { at: '2026-05-31T09:00:00Z', by: ada, reason: 'x' } }),
      ],
      events: [eventOf('compliance-event', '2026-05-30T09:00:00Z')],
    }),
  ]);
  expect(found.totals).toEqual({
    models: 1,
    versions: 3,
    serving: 1,
    zombies: 1,
    firedTriggers: 3,
    overdue: 3,
    openIncidents: 1,
  });
  expect(found.owners[0]?.versions).toMatchObject([
    {
      version: '1.0.0',
      serving: [],
      triggers: [],
      lastReport: null,
      zombies: [{ kind: 'superseded-not-retired', version: '1.0.0' }],
    },
    {
      version: '2.0.0',
      status: 'deployed',
      riskClass: 'limited',
      serving: [{ env: 'production', trafficPct: 100, mirrorPct: 0 }],
      zombies: [],
      lastReport: '2026-05-31T00:00:00Z',
    },
  ]);
  expect(found.owners[0]?.versions[1]?.triggers.map(({ state }) => state)).toEqual([
    'fired',
    'unmeasurable',
    'unmeasurable',
    'fired',
    'quiet',
    'fired',
  ]);
});

test('a chart has the side that is bad, and what came since its first day', () => {
  const metrics = { accuracy: { better: 'higher' as const }, p95: { better: 'lower' as const } };
  const watched = watchedOf({ metrics });
  const all = seriesOf([
    psi('2026-03-08', 0.1),
    psi('2026-03-15', null),
    quality('2026-03-08', 'accuracy', 0.9),
    reportOf('2026-03-08', 'latency', [metric('p95', 5), metric('mood', 1)]),
    reportOf('2026-03-08', 'output-drift', [seen(0.5, { method: 'ks-p-value', verdict: 'within' })]),
  ]);
  const charts = all.series.map((series) => chartOf(watched, all, series, '2026-03-09'));
  expect(charts.map(({ name, badSide, points }) => [name, badSide, points.length])).toEqual([
    ['tenure', 'high', 1],
    ['p95', 'high', 0],
    ['mood', null, 0],
    ['tenure', 'low', 0],
    ['accuracy', 'low', 0],
  ]);
  expect(charts[0]?.points).toEqual([
    { at: '2026-03-15T00:00:00Z', value: null, threshold: 0.2, verdict: 'unmeasured' },
  ]);
  expect(
    report([watchedOf({ reports: { '1.0.0': all } })], '2026-03-09').owners[0]?.versions[0]?.series,
  ).toHaveLength(1);
});
