// retire: everything that blocks it, each with its way out, and what the record says when it is done.
import { describe, expect, test } from 'vitest';
import type { Deployment, Model, VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type RetireInput, retire } from '../../../src/lifecycle/operations/retire.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  entry,
  grace,
  modelOf,
  onHold,
  planOf,
  refusalOf,
  registered,
  rejected,
  retired,
  sha,
  stateOf,
  versionOf,
} from '../../support/records.js';

const complete = {
  cold_storage: [{ sha256: sha('a'), location: 's3://cold/a' }],
  compliance_confirmed_by: grace,
  withdraw: false,
};

function retiring(
  record: VersionRecord,
  input: Partial<RetireInput> = {},
  model: Model = modelOf(),
  today = '2026-06-01',
): Decision {
  return retire(
    stateOf([record], { model }),
    { ...complete, version: record, ...input },
    acting(alan, today),
  );
}

const withTraffic = (...entries: Deployment[]): VersionRecord =>
  deprecated('1.0.0', { deployment_history: entries });

describe('the way through', () => {
  test('a deprecated version whose procedure is complete is retired, and its record keeps everything', () => {
    const record = withTraffic(
      entry('production', 60, { sequence: 1 }),
      entry('production', 0, { sequence: 2, deployed_at: '2026-03-01T09:00:00Z' }),
    );
    const decision = retiring(record);
    expect(planOf(decision)).toMatchObject({ from: 'deprecated', to: 'retired', evidence: [sha('a')] });
    const after = versionOf(carriedOut(stateOf([record]), decision), '1.0.0');
    expect(after).toMatchObject({ ...record, status: 'retired' });
    expect(after.retirement).toMatchObject({
      retired_at: '2026-06-01T09:00:00Z',
      by: alan,
      reason: 'superseded by 2.0.0',
      owner: alan,
      compliance_confirmed_by: grace,
      cold_storage: [
        {
          artifact: 's3://models/a.bin',
          location: 's3://cold/a',
          sha256: sha('a'),
          retain_until: '2031-06-01',
        },
      ],
      served: [
        {
          env: 'production',
          from: '2026-02-01T09:00:00Z',
          until: '2026-03-01T09:00:00Z',
          peak_traffic_pct: 60,
        },
      ],
    });
  });
});

describe('status and notice', () => {
  test.each([
    ['registered', registered()],
    ['approved', approved()],
  ])('a version that is %s gets notice first, or is withdrawn', (_status, record) => {
    const hint = refusalOf(retiring(record))['status/not-allowed'];
    expect(hint).toContain('mlc deprecate churn@1.0.0');
    expect(hint).toContain('--withdraw');
  });

  test.each([
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s is refused', (_status, record) => {
    expect(codesOf(retiring(record))).toEqual(['status/not-allowed']);
  });

  test.each([
    ['2026-04-30', false],
    ['2026-05-01', false],
    ['2026-05-02', true],
  ])('notice until 2026-05-01, on %s', (today, over) => {
    const decision = retiring(deprecated(), {}, modelOf(), today);
    if (over) planOf(decision);
    else expect(refusalOf(decision)['retire/notice-running']).toContain('mlc show churn@1.0.0 --notice');
  });
});

describe('traffic', () => {
  test('live traffic blocks; its way out moves it and offers two weeks of shadow', () => {
    const hint = refusalOf(retiring(withTraffic(entry('production', 1))))['retire/still-serving'];
    expect(hint).toContain('mlc ramp churn@1.0.0 --env production --traffic 0');
    expect(hint).toContain('two weeks of shadow');
  });

  test('a shadow blocks too', () => {
    const record = withTraffic(entry('staging', 0, { mirror_pct: 100 }));
    expect(codesOf(retiring(record))).toEqual(['retire/still-serving']);
  });

  test('every environment is named', () => {
    const decision = retiring(withTraffic(entry('staging', 100), entry('production', 5)));
    expect(decision.kind === 'refused' && decision.problems.map((each) => each.message)).toEqual([
      expect.stringContaining('staging'),
      expect.stringContaining('production'),
    ]);
  });

  test('without a successor the way out is an earlier review date', () => {
    const record = withTraffic(entry('production', 1));
    record.deprecation = {
      deprecated_at: '2026-03-01T09:00:00Z',
      by: grace,
      notice_ends: '2026-05-01',
      successor: null,
      no_successor_reason: 'the product ends',
    };
    expect(refusalOf(retiring(record))['retire/still-serving']).toContain(
      'mlc review churn@1.0.0 --until DATE',
    );
  });
});

describe('consumers', () => {
  const pinning = modelOf({
    consumers: [
      { name: 'billing', kind: 'service', reference: 'git:billing/app.ts', pinned_version: '1.0.0' },
      { name: 'board', kind: 'dashboard', pinned_version: '2.0.0' },
      { name: 'guide', kind: 'document' },
    ],
  });

  test('one that is pinned blocks; its way out is resolve', () => {
    const hints = refusalOf(retiring(deprecated(), {}, pinning));
    expect(hints).toEqual({
      'retire/consumer-pinned': expect.stringContaining('mlc resolve churn --env') as string,
    });
  });

  test('one that is released blocks no more, and model.yaml pins it no more', () => {
    const record = deprecated();
    const decision = retiring(record, { consumers_released: ['billing'] }, pinning);
    const after = carriedOut(stateOf([record], { model: pinning }), decision);
    expect(after.model.consumers?.map((each) => each.pinned_version)).toEqual([
      undefined,
      '2.0.0',
      undefined,
    ]);
    expect(versionOf(after, '1.0.0').retirement?.consumers_released).toEqual(['billing']);
  });

  test('releasing one that is not pinned is a mistake', () => {
    expect(codesOf(retiring(deprecated(), { consumers_released: ['billing', 'guide'] }, pinning))).toEqual([
      'retire/unknown-consumer',
    ]);
  });
});

describe('compliance and holds', () => {
  test.each([undefined, '', '  '])('nobody who confirms compliance blocks', (confirmed) => {
    expect(codesOf(retiring(deprecated(), { compliance_confirmed_by: confirmed }))).toEqual([
      'retire/compliance-unconfirmed',
    ]);
  });

  test.each(['legal', 'incident'] as const)('a %s hold blocks until it is released', (kind) => {
    expect(refusalOf(retiring(deprecated('1.0.0', onHold(kind))))['hold/open']).toContain('mlc release');
  });

  test('everything that blocks is said at once', () => {
    const record = deprecated('1.0.0', { ...onHold(), deployment_history: [entry('production', 5)] });
    const model = modelOf({ consumers: [{ name: 'billing', kind: 'service', pinned_version: '1.0.0' }] });
    const nothing = { cold_storage: undefined, compliance_confirmed_by: undefined };
    expect(codesOf(retiring(record, nothing, model, '2026-04-01'))).toEqual([
      'hold/open',
      'retire/compliance-unconfirmed',
      'retire/consumer-pinned',
      'retire/not-stored',
      'retire/notice-running',
      'retire/still-serving',
    ]);
  });
});
