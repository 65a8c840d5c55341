// What a version is waiting for, soonest first, each with the command that deals with it.
import { describe, expect, test } from 'vitest';
import type { Model, VersionRecord } from '../../src/generated/types.js';
import { type DueItem, dueItems } from '../../src/lifecycle/due.js';
import { approvalsNeeded, resolvePolicy, riskClassOf } from '../../src/lifecycle/policy.js';
import {
  approved,
  configOf,
  deprecated,
  grace,
  modelOf,
  onHold,
  registered,
  rejected,
  retired,
} from '../support/records.js';

const policy = resolvePolicy(configOf());
const due = (record: VersionRecord, model: Model = modelOf()): DueItem[] =>
  dueItems(record, model, policy, '2026-06-01T09:00:00Z');

describe('due', () => {
  test('the deprecation target, in days', () => {
    expect(due(approved('1.0.0', { deprecation_target: '2026-06-11' }))).toMatchObject([
      { what: 'deprecation target', date: '2026-06-11', days: 10, overdue: false },
    ]);
  });

  test.each([
    ['2026-06-01', 0, false],
    ['2026-05-31', -1, true],
  ])('a target of %s', (deprecation_target, days, overdue) => {
    expect(due(approved('1.0.0', { deprecation_target }))[0]).toMatchObject({ days, overdue });
  });

  test('the end of a notice in place of the target', () => {
    expect(due(deprecated())).toMatchObject([
      { date: '2026-05-01', overdue: true, next: 'mlc retire churn@1.0.0' },
    ]);
  });

  test('approvals that are outstanding, by risk class', () => {
    const reviews = [{ by: grace, at: '2026-05-01T09:00:00Z', decision: 'approve' as const }];
    const half = registered('1.0.0', { approval: { ...registered().approval, reviews } });
    const high = modelOf({ eu_ai_act_risk_class: 'high' });
    expect(due(registered())[0]).toMatchObject({
      what: '1 approval outstanding',
      next: 'mlc approve churn@1.0.0',
    });
    expect(due(registered(), high)[0]).toMatchObject({ what: '2 approvals outstanding', date: null });
    expect(due(half, high)[0]).toMatchObject({ what: '1 approval outstanding' });
  });

  test('open holds come before dates', () => {
    expect(due(approved('1.0.0', onHold())).map((item) => item.what)).toEqual([
      'legal hold: inquiry',
      'deprecation target',
    ]);
  });

  test.each([retired('1.0.0', onHold()), rejected()])('nothing, once $status', (record) => {
    expect(due(record)).toEqual([]);
  });
});

describe('policy', () => {
  test('has a default for everything', () => {
    expect(resolvePolicy({ schema: 'mlc/config@1', name: 'x', environments: [] })).toEqual({
      owners: [],
      bots: [],
      signatures: 'optional',
      handWrittenRecords: 'refuse',
      squashMerges: 'refuse',
      agreedInAdvance: 'enforce',
      approvals: { minimal: 1, limited: 1, high: 2 },
      canary: { minimum: 1, maximum: 10 },
      shadowDays: 14,
      reviewPeriod: 'P12M',
      noticeDays: 30,
      retention: [],
      departed: [],
      cadence: { normal: 'weekly', high: 'daily' },
      cooldown: 'P14D',
    });
  });

  test('what is said of one class leaves the others', () => {
    expect(resolvePolicy(configOf({ approvals: { high: 3 } })).approvals).toEqual({
      minimal: 1,
      limited: 1,
      high: 3,
    });
  });

  test.each([
    ['limited', 'high', 'high', 2],
    ['high', 'minimal', 'high', 2],
    ['minimal', 'limited', 'limited', 1],
    ['prohibited', 'high', 'prohibited', 2],
  ] as const)('a model of class %s with a version of %s is %s', (model, own, risk, approvals) => {
    const compliance = { gdpr_status: '', eu_ai_act_risk_class: own, soc2_evidence_id: null };
    expect(riskClassOf(modelOf({ eu_ai_act_risk_class: model }), { compliance })).toBe(risk);
    expect(approvalsNeeded(policy, risk)).toBe(approvals);
  });
});
