// What is due, most urgent first: each kind of item, its day and its command.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgendaItem, agenda } from '../../../src/lifecycle/health/agenda.js';
import type { WatchedModel } from '../../../src/lifecycle/health/watched-model.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import {
  ada,
  approved,
  deprecated,
  entry,
  modelOf,
  onHold,
  registered,
  serving,
} from '../../support/records.js';
import { eventOf, incidentOf, psi, requestOf, watchAt, watchedOf } from '../../support/watching.js';

const now = '2026-02-05';
const due = (changes: Partial<WatchedModel>, within = 365): AgendaItem[] =>
  agenda([watchedOf(changes)], watchAt(now), within);
const ofKind = (kind: AgendaItem['kind'], changes: Partial<WatchedModel>): Partial<AgendaItem>[] =>
  due(changes)
    .filter((item) => item.kind === kind)
    .map(({ what, date, days, overdue, next }) => ({ what, date, days, overdue, next }));

describe('reports', () => {
  test('by cadence, from the day that it serves', () => {
    expect(ofKind('report', {})).toEqual([
      {
        what: 'weekly report',
        date: '2026-02-08',
        days: 3,
        overdue: false,
        next: 'mlc monitor churn@1.0.0 --signal SIGNAL --report FILE',
      },
    ]);
  });

  test('on every signal that is expected', () => {
    const model = modelOf({ monitoring: { signals: ['input-drift', 'quality'], cadence: 'daily' } });
    const reports = { '1.0.0': seriesOf([psi('2026-02-05', 0.1)]) };
    expect(ofKind('report', { model, reports })).toMatchObject([
      { what: 'daily report on quality', days: -3, overdue: true },
      { what: 'daily report on input-drift', date: '2026-02-06', days: 1, overdue: false },
    ]);
    expect(ofKind('report', { model: modelOf({ monitoring: { signals: [] } }) })).toHaveLength(1);
  });

  test('on shadows too, and on nothing that serves nowhere', () => {
    expect(
      ofKind('report', {
        versions: [serving('1.0.0', 0, { deployment_history: [entry('production', 0, { mirror_pct: 5 })] })],
      }),
    ).toHaveLength(1);
    expect(ofKind('report', { versions: [approved()] })).toEqual([]);
  });
});

test('a trigger that fired is overdue, since it did', () => {
  const events = [eventOf('compliance-event', '2026-02-03T09:00:00Z', { duty: 'erasure' })];
  expect(ofKind('trigger', { events })).toMatchObject([
    {
      what: 'compliance-event fired: erasure: it happened → retrain under the updated data governance',
      date: '2026-02-03',
      days: -2,
      overdue: true,
    },
  ]);
  expect(ofKind('trigger', { events, requests: [requestOf('compliance-event', '2026-02-04')] })).toEqual([]);
  expect(ofKind('trigger', { events, versions: [approved()] })).toEqual([]);
});

test.each([
  ['has a clock', { report_by: '2026-02-07' }, { date: '2026-02-07', days: 2, overdue: false }, '--reported'],
  ['is late', { report_by: '2026-02-04' }, { days: -1, overdue: true }, '--reported'],
  [
    'is reported',
    { reported: { at: '2026-02-03T09:00:00Z', by: ada, reference: 'x' } },
    { date: null, days: null, overdue: false },
    'incident close',
  ],
  [
    'need not be reported',
    { severity: 'minor' as const, report_by: null },
    { date: null, overdue: false },
    'incident close',
  ],
])('an incident that %s', (_what, changes, wanted, command) => {
  const [item] = ofKind('incident', { incidents: [incidentOf('2026-02-01', changes)] });
  expect(item).toMatchObject(wanted);
  expect(item?.next).toContain(command);
});

test('a closed incident and a closed request are done', () => {
  const closed = { at: '2026-02-03T09:00:00Z', by: ada, reason: 'x' };
  expect(ofKind('incident', { incidents: [incidentOf('2026-02-01', { closed })] })).toEqual([]);
  expect(
    ofKind('request', {
      requests: [requestOf('calendar', '2026-02-01', { closed: { ...closed, outcome: 'cancelled' } })],
    }),
  ).toEqual([]);
});

test.each([
  [undefined, false, 'is open', 'mlc register'],
  ['accepted', false, 'is open', 'mlc register'],
  ['sending', true, 'hand-over is without an answer', '--send'],
  ['unknown', true, 'hand-over is unknown', '--send'],
  ['refused', true, 'hand-over is refused', '--send'],
] as const)('a request whose hand-over is %s', (outcome, overdue, what, next) => {
  const attempts = outcome && [{ at: '2026-02-01T09:00:00Z', by: ada, to: 'airflow' as const, outcome }];
  const [item] = ofKind('request', {
    requests: [requestOf('calendar', '2026-02-01', attempts ? { attempts } : {})],
  });
  expect(item?.overdue).toBe(overdue);
  expect(item?.what).toContain(what);
  expect(item?.next).toContain(next);
});

test('waivers, certificates, notices, approvals and holds', () => {
  const found = due({
    model: modelOf({ certificates: [{ name: 'CE', valid_until: '2026-02-10' }] as never }),
    waivers: [{ check: 'floor', reason: 'x', by: ada, expires: '2026-02-04' }],
    versions: [deprecated('1.0.0'), registered('2.0.0', onHold())],
  });
  expect(found.map(({ kind, days }) => `${kind} ${days}`)).toEqual([
    'waiver -1',
    'approval null',
    'hold null',
    'certificate 5',
    'notice 85',
    'deprecation-target 339',
  ]);
});

test('looks as far ahead as asked, and never past what is overdue or has no day', () => {
  const versions = [serving('1.0.0', 100, onHold())];
  expect(due({ versions }, 3).map(({ kind }) => kind)).toEqual(['hold', 'report']);
  expect(due({ versions }, 2).map(({ kind }) => kind)).toEqual(['hold']);
  expect(
    due({ versions: [serving('1.0.0', 100, { deprecation_target: '2020-01-01' })] }, 0).map(
      ({ kind }) => kind,
    ),
  ).toEqual(['deprecation-target']);
});

test('the most urgent comes first, in whatever order models and incidents are read', () => {
  const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, '0')}`);
  const models = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(days), fc.boolean(), days), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(models, (given) => {
      const watched = given.map(([name, day, held, target]) =>
        watchedOf({
          model: modelOf({ model_id: name }),
          incidents: [incidentOf('2026-02-01', { report_by: day })],
          versions: [
            serving('1.0.0', 100, { model_id: name, deprecation_target: target, ...(held ? onHold() : {}) }),
          ],
        }),
      );
      const items = agenda(watched, watchAt(now), 400);
      const rank = ({ overdue, days: left }: AgendaItem): number => (overdue ? -1000 : 0) + (left ?? 0);
      items
        .slice(1)
        .forEach((item, index) => expect(rank(items[index] ?? item)).toBeLessThanOrEqual(rank(item)));
      const reversed = agenda([...watched].reverse(), watchAt(now), 400);
      expect(reversed.map(rank)).toEqual(items.map(rank));
    }),
  );
});

test('what is due today is not overdue, and what fired today comes before it', () => {
  const versions = [serving('1.0.0', 100, { model_id: 'aaa', deprecation_target: now })];
  const calm = watchedOf({
    model: modelOf({ model_id: 'aaa' }),
    versions,
    reports: { '1.0.0': seriesOf([psi(now, 0.1)]) },
  });
  const events = [eventOf('compliance-event', '2026-02-05T01:00:00Z')];
  const items = agenda([calm, watchedOf({ events })], watchAt(now), 0);
  expect(items.map(({ kind, days, overdue }) => [kind, days, overdue])).toEqual([
    ['trigger', 0, true],
    ['deprecation-target', 0, false],
  ]);
});
