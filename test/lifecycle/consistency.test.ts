// What a record must not contradict in itself, and a gate neither.
import { describe, expect, test } from 'vitest';
import type { Check, EvaluationGate, VersionRecord } from '../../src/generated/types.js';
import { gateFileProblems, versionProblems } from '../../src/lifecycle/consistency.js';
import {
  ada,
  approved,
  deprecated,
  entry,
  gateOf,
  grace,
  registered,
  rejected,
  retired,
  serving,
} from '../support/records.js';

const found = (record: VersionRecord): string[] => versionProblems(record).map((each) => each.code);

describe('a version record', () => {
  test.each([registered(), approved(), serving('1.0.0', 5), deprecated(), retired(), rejected()])(
    'that is $status and sound',
    (record) => {
      expect(versionProblems(record)).toEqual([]);
    },
  );

  const approval = (changes: Partial<VersionRecord['approval']>): VersionRecord =>
    approved('1.0.0', { approval: { ...approved().approval, ...changes } });
  test.each([
    [
      'serves unreviewed',
      registered('1.0.0', { status: 'deployed', deployment_history: [entry('production', 5)] }),
      'record/unreviewed',
    ],
    [
      'shadows unreviewed',
      registered('1.0.0', {
        status: 'deployed',
        deployment_history: [entry('production', 0, { mirror_pct: 5 })],
      }),
      'record/unreviewed',
    ],
    ['is approved and its gate did not pass', approval({ gate_passed: false }), 'record/gate-not-passed'],
    ['was approved by who registered it', approval({ approved_by: 'ada@example.com' }), 'record/own-version'],
    [
      'was approved by several, one of whom registered it',
      approval({ approved_by: [grace, ada] }),
      'record/own-version',
    ],
    ['is approved at no time', approval({ approved_at: null }), 'record/approval-incomplete'],
    [
      'is approved by nobody at a time',
      approved('1.0.0', { status: 'registered', approval: { ...approved().approval, approved_by: null } }),
      'record/approval-incomplete',
    ],
    ['states another status', approved('1.0.0', { status: 'deployed' }), 'record/status'],
    [
      'is retired and serves',
      retired('1.0.0', { deployment_history: [entry('production', 5)] }),
      'record/retired-serving',
    ],
    [
      'ends its notice before it begins',
      deprecated('1.0.0', {
        deprecation: { deprecated_at: '2026-03-01T09:00:00Z', by: grace, notice_ends: '2026-02-28' },
      }),
      'record/time-order',
    ],
    [
      'has its deployments out of order',
      serving('1.0.0', 5, {
        deployment_history: [
          entry('production', 9),
          entry('production', 5, { deployed_at: '2026-01-01T09:00:00Z' }),
          entry('production', 5, { deployed_at: '2026-03-01T09:00:00Z' }),
        ],
      }),
      'record/time-order',
    ],
  ])('that %s', (_what, record, code) => {
    expect(found(record)).toEqual([code]);
    expect(versionProblems(record)[0]).toMatchObject({ hint: expect.any(String) as string });
    expect(versionProblems(record)[0]?.at.length).toBeGreaterThan(0);
  });
});

describe('a gate', () => {
  const check = (changes: Partial<Check>): Check => ({
    id: 'a',
    kind: 'offline',
    metric: 'accuracy',
    ...changes,
  });
  const problems = (gate: Partial<EvaluationGate>): string[] =>
    gateFileProblems(gateOf(gate)).map((each) => each.code);

  test('that is sound', () => {
    expect(gateFileProblems(gateOf())).toEqual([]);
  });

  test.each([
    ['two checks of one name', { checks: [check({ min: 1 }), check({ max: 2 })] }, 'gate/duplicate-check'],
    ['no direction', { checks: [check({ metric: 'f1', max_regression: { abs: 0 } })] }, 'gate/no-direction'],
    ['a gap without slices', { checks: [check({ max_gap: { abs: 1 } })] }, 'gate/no-slices'],
    ['a range that is empty', { checks: [check({ between: [2, 1] })] }, 'gate/empty-range'],
    ['a minimum above its maximum', { checks: [check({ min: 2, max: 1 })] }, 'gate/empty-range'],
    [
      'a waiver of nothing',
      { waivers: [{ check: 'x', reason: 'r', by: grace, expires: '2026-06-01' }] },
      'gate/unknown-check',
    ],
  ])('with %s', (_what, gate, code) => {
    expect(problems(gate)).toEqual([code]);
  });

  test('that compares with no baseline', () => {
    const gate = gateOf({ checks: [check({ min_improvement: { abs: 0 } })] });
    delete gate.baseline;
    expect(gateFileProblems(gate).map((each) => each.code)).toEqual(['gate/no-baseline']);
  });
});
