// How often reports are due: as the model says it, else by risk; counted from serving or the newest report.
import { expect, test } from 'vitest';
import { cadenceOf, nextReport, servingSince, watchedUntil } from '../../../src/lifecycle/health/cadence.js';
import { noSeries, seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import { resolvePolicy } from '../../../src/lifecycle/policy.js';
import { approved, configOf, entry, modelOf, serving } from '../../support/records.js';
import { psi } from '../../support/watching.js';

const record = serving('1.0.0', 100);

test('by risk, unless the model says it', () => {
  const policy = resolvePolicy(configOf());
  const high = approved('1.0.0', { compliance: { ...record.compliance, eu_ai_act_risk_class: 'high' } });
  expect(cadenceOf(modelOf(), record, policy)).toBe('weekly');
  expect(cadenceOf(modelOf({ eu_ai_act_risk_class: 'high' }), record, policy)).toBe('daily');
  expect(cadenceOf(modelOf(), high, policy)).toBe('daily');
  expect(cadenceOf(modelOf({ monitoring: { cadence: 'monthly' } }), high, policy)).toBe('monthly');
  const own = resolvePolicy(configOf({ monitoring: { cadence: 'quarterly', cadence_high: 'weekly' } }));
  expect([cadenceOf(modelOf(), record, own), cadenceOf(modelOf(), high, own)]).toEqual([
    'quarterly',
    'weekly',
  ]);
});

test.each([
  ['daily', '2026-02-02', '2026-02-03'],
  ['weekly', '2026-02-08', '2026-02-15'],
  ['monthly', '2026-03-01', '2026-04-01'],
  ['quarterly', '2026-05-01', '2026-08-01'],
] as const)('the first %s report is due on %s, and it is watched until %s', (cadence, due, until) => {
  expect(nextReport(record, noSeries, cadence)).toBe(due);
  expect(watchedUntil(record, noSeries, cadence)).toBe(until);
});

test('twice a month from its last day is the last day again', () => {
  expect(watchedUntil(record, seriesOf([psi('2026-03-31', 0.1)]), 'monthly')).toBe('2026-05-31');
});

test('counts from the newest report of the signal', () => {
  const reports = seriesOf([psi('2026-03-08', 0.1), psi('2026-03-15', 0.1, { signal: 'quality' })]);
  expect(nextReport(record, reports, 'weekly', 'input-drift')).toBe('2026-03-15');
  expect(nextReport(record, reports, 'weekly', 'quality')).toBe('2026-03-22');
  expect(nextReport(record, reports, 'weekly')).toBe('2026-03-22');
  expect(nextReport(record, reports, 'weekly', 'cost')).toBe('2026-02-08');
});

test('what comes back after a break is not overdue for the break', () => {
  const on = (day: string, share: number, env = 'production', mirror = 0): ReturnType<typeof entry> =>
    entry(env, share, { deployed_at: `${day}T09:00:00Z`, mirror_pct: mirror });
  const back = approved('1.0.0', {
    deployment_history: [on('2026-02-01', 100), on('2026-03-01', 0), on('2026-05-01', 100)],
  });
  expect(servingSince(back)).toBe('2026-05-01T09:00:00Z');
  expect(nextReport(back, seriesOf([psi('2026-02-28', 0.1)]), 'weekly')).toBe('2026-05-08');
  const shadowed = approved('1.0.0', {
    deployment_history: [on('2026-02-01', 0, 'production', 20), on('2026-03-01', 10)],
  });
  expect(servingSince(shadowed)).toBe('2026-02-01T09:00:00Z');
  const two = approved('1.0.0', {
    deployment_history: [on('2026-02-01', 100, 'staging'), on('2026-03-01', 10)],
  });
  expect(servingSince(two)).toBe('2026-02-01T09:00:00Z');
  expect(nextReport(approved(), noSeries, 'weekly')).toBe('2026-01-17');
});
