// The files of a ledger: what their names say, in both directions, and what is open in it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  freshId,
  ledgerPath,
  momentOf,
  openIncidents,
  openRequests,
  reportId,
  reportName,
  reportsOn,
  stampOf,
} from '../../src/lifecycle/ledger.js';
import { signals } from '../../src/lifecycle/monitoring/observation.js';
import { alan, approved } from '../support/records.js';
import { incidentOf, ledgerOf, psi, requestOf } from '../support/watching.js';

const moments = fc
  .integer({ min: 0, max: 4e9 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000', ''));

test('stamps sort as time does, and can be taken back', () => {
  fc.assert(
    fc.property(moments, moments, (a, b) => {
      expect(momentOf(stampOf(a))).toBe(a);
      expect(stampOf(a) < stampOf(b)).toBe(Date.parse(a) < Date.parse(b));
    }),
  );
  expect(stampOf('2026-03-08T00:00:00.123Z')).toBe('20260308T000000Z');
});

test('the name of a report says version, signal and end', () => {
  fc.assert(
    fc.property(
      moments,
      fc.constantFrom(...signals),
      fc.constantFrom('1.0.0', '2.10.3-rc.1'),
      (end, signal, version) => {
        expect(reportName(reportId({ version, end, signal }))).toEqual({ version, end, signal });
      },
    ),
  );
  for (const id of [
    '',
    '1.0.0/20260308T000000Z-mood',
    '20260308T000000Z-cost',
    '1.0.0/2026-cost',
    '1.0.0/x/20260308T000000Z-cost',
  ])
    expect(reportName(id)).toBeUndefined();
});

test.each([
  ['report', 'models/churn/monitoring/x.yaml'],
  ['event', 'models/churn/events/x.yaml'],
  ['request', 'models/churn/retraining/x.yaml'],
  ['incident', 'models/churn/incidents/x.yaml'],
  ['profile', 'models/churn/profiles/x.yaml'],
] as const)('a %s is kept in its folder', (kind, path) => {
  expect(ledgerPath('churn', { kind, id: 'x' })).toBe(path);
});

test('the reports on a version and signal are told oldest first', () => {
  const quality = psi('2026-03-12', 0.1, { signal: 'quality' });
  const ledger = ledgerOf({
    reports: [
      psi('2026-03-15', 0.1),
      psi('2026-03-08', 0.1),
      quality,
      psi('2026-03-09', 0.1, { version: '2.0.0' }),
    ],
  });
  const ends = (signal?: 'quality' | 'input-drift'): string[] =>
    reportsOn(ledger, '1.0.0', signal).map(({ end }) => end.slice(0, 10));
  expect(ends('input-drift')).toEqual(['2026-03-08', '2026-03-15']);
  expect(ends()).toEqual(['2026-03-08', '2026-03-12', '2026-03-15']);
});

test('an id is never taken twice', () => {
  const taken = new Map<string, number>();
  for (let index = 1; index <= 4; index++) taken.set(freshId(taken, 'a'), index);
  expect([...taken.keys()]).toEqual(['a', 'a-2', 'a-3', 'a-4']);
});

test('what is closed is not open', () => {
  const ended = { at: '2026-06-02T00:00:00Z', by: alan, reason: 'over' };
  const ledger = ledgerOf({
    incidents: [incidentOf('2026-06-01'), incidentOf('2026-06-02', { closed: ended })],
    requests: [
      requestOf('calendar', '2026-06-01'),
      requestOf('drift-threshold', '2026-06-01', { closed: { ...ended, outcome: 'cancelled' } }),
    ],
  });
  expect(openIncidents(ledger)).toHaveLength(1);
  expect(openIncidents(ledger, approved('1.0.0'))).toHaveLength(1);
  expect(openIncidents(ledger, approved('2.0.0'))).toHaveLength(0);
  expect(openRequests(ledger).map(({ trigger }) => trigger)).toEqual(['calendar']);
});
