// Traffic as records tell it: the present share, the split and its order, windows of service, days of shadow.
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/generated/types.js';
import {
  currentShares,
  environmentSplit,
  nextSequence,
  roundShare,
  servingEnvironments,
  servingWindows,
  shadowDays,
} from '../../src/lifecycle/rollouts.js';
import { impliedStatus, statusOf } from '../../src/lifecycle/stages.js';
import { approved, deprecated, entry, registered, rejected, retired, serving } from '../support/records.js';

const on = (day: string, trafficPct: number, changes: Partial<Deployment> = {}): Deployment =>
  entry('production', trafficPct, { deployed_at: `${day}T09:00:00Z`, ...changes });
const withHistory = (...history: Deployment[]) => approved('1.0.0', { deployment_history: history });

describe('the present share', () => {
  test.each([
    ['is the last by time', [on('2026-02-01', 100), on('2026-02-02', 0)], 0],
    ['is the last by time, in whatever order they stand', [on('2026-02-02', 0), on('2026-02-01', 100)], 0],
    ['is the last that stands, at one moment', [on('2026-02-01', 100), on('2026-02-01', 40)], 40],
    [
      'is the last by sequence, though a clock ran backwards',
      [on('2026-02-02', 5, { sequence: 1 }), on('2026-02-01', 50, { sequence: 2 })],
      50,
    ],
    [
      'is what was written by hand after what mlc wrote',
      [on('2026-02-01', 100, { sequence: 3 }), on('2026-02-02', 0)],
      0,
    ],
  ])('%s', (_what, history, share) => {
    expect(currentShares(withHistory(...history)).get('production')?.traffic_pct).toBe(share);
  });

  test('environments are apart; shadow counts as serving', () => {
    const record = withHistory(on('2026-02-01', 0), entry('staging', 0, { mirror_pct: 10 }));
    expect(servingEnvironments(record)).toEqual(['staging']);
  });
});

describe('the split', () => {
  test('has most live traffic first, then by number of version', () => {
    const records = [serving('1.10.0', 20), serving('1.9.0', 20), serving('1.2.0', 60), approved('2.0.0')];
    const split = environmentSplit(new Map(records.map((record) => [record.version, record])), 'production');
    expect(split.map((share) => share.version)).toEqual(['1.2.0', '1.9.0', '1.10.0']);
  });

  test('changes are numbered from 1, by environment', () => {
    const records = new Map([['1.0.0', withHistory(on('2026-02-01', 100, { sequence: 4 }))]]);
    expect(nextSequence(records, 'production')).toBe(5);
    expect(nextSequence(records, 'staging')).toBe(1);
  });

  test('shares are rounded to hundredths', () => {
    expect([roundShare(33.333), roundShare(0.1 + 0.2), roundShare(99.999)]).toEqual([33.33, 0.3, 100]);
  });
});

test('windows of service open and close, with their peaks', () => {
  const record = withHistory(
    on('2026-02-01', 0, { mirror_pct: 50 }),
    on('2026-02-05', 10),
    on('2026-02-08', 80),
    on('2026-02-09', 40),
    on('2026-02-10', 0),
    on('2026-03-01', 5),
  );
  expect(servingWindows(record)).toEqual([
    {
      env: 'production',
      from: '2026-02-01T09:00:00Z',
      until: '2026-02-10T09:00:00Z',
      peakTrafficPct: 80,
      peakMirrorPct: 50,
    },
    { env: 'production', from: '2026-03-01T09:00:00Z', until: null, peakTrafficPct: 5, peakMirrorPct: 0 },
  ]);
});

test.each([
  ['no shadow', [on('2026-02-01', 5)], 0],
  ['one that lasts', [on('2026-02-01', 0, { mirror_pct: 1 })], 9],
  ['one that ended', [on('2026-02-01', 0, { mirror_pct: 1 }), on('2026-02-04', 5)], 3],
  [
    'one whose share changed',
    [on('2026-02-01', 0, { mirror_pct: 1 }), on('2026-02-04', 0, { mirror_pct: 9 })],
    9,
  ],
  ['one in the future', [on('2026-03-01', 0, { mirror_pct: 1 })], 0],
])('days of shadow: %s', (_what, history, days) => {
  expect(shadowDays(withHistory(...history), '2026-02-10T09:00:00Z')).toBe(days);
});

test.each([
  ['registered', registered()],
  ['approved', approved()],
  ['deployed', serving('1.0.0', 1)],
  ['deployed', withHistory(on('2026-02-01', 0, { mirror_pct: 1 }))],
  ['deprecated', deprecated()],
  ['deprecated', deprecated('1.0.0', { deployment_history: [on('2026-02-01', 10)] })],
  ['retired', retired()],
  ['rejected', rejected()],
])('a record without a status is %s by its other keys', (status, record) => {
  const bare = { ...record };
  delete bare.status;
  expect(impliedStatus(bare)).toBe(status);
  expect(statusOf(bare)).toBe(status);
});
