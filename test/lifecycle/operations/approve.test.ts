// approve and reject: an approver who is not the registrant, and as many people as the risk class asks for.
import { describe, expect, test } from 'vitest';
import { approve, reject } from '../../../src/lifecycle/operations/approve.js';
import type { ModelState } from '../../../src/lifecycle/decisions.js';
import {
  acting,
  ada,
  alan,
  approved,
  carriedOut,
  codesOf,
  configOf,
  deprecated,
  edsger,
  grace,
  modelOf,
  planOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

const waiting = stateOf([registered()]);
const highRisk = stateOf([registered()], { model: modelOf({ eu_ai_act_risk_class: 'high' }) });
const approveAs = (state: ModelState, actor: string): ReturnType<typeof approve> =>
  approve(state, { version: versionOf(state, '1.0.0') }, acting(actor));
const rejectAs = (state: ModelState, actor: string, comment?: string): ReturnType<typeof reject> =>
  reject(state, { version: versionOf(state, '1.0.0'), comment }, acting(actor));

describe('approve', () => {
  test('an approver lets a registered version through', () => {
    const decision = approveAs(waiting, grace);
    expect(planOf(decision)).toMatchObject({ operation: 'approve', from: 'registered', to: 'approved' });
    const record = versionOf(carriedOut(waiting, decision), '1.0.0');
    expect(record.status).toBe('approved');
    expect(record.approval).toMatchObject({
      approved_by: grace,
      approved_at: '2026-06-01T09:00:00Z',
      reviews: [{ by: grace, decision: 'approve', at: '2026-06-01T09:00:00Z' }],
    });
  });

  test('someone who is no approver is refused, with those who are', () => {
    expect(codesOf(approveAs(waiting, alan))).toEqual(['approval/not-an-approver']);
  });

  test('a name that anyone can choose does not make an approver', () => {
    expect(codesOf(approveAs(waiting, 'Grace Hopper <mallory@example.com>'))).toEqual([
      'approval/not-an-approver',
    ]);
  });

  test.each([ada, 'A. Lovelace <ADA@example.com>'])('the registrant is refused, written %s', (actor) => {
    expect(codesOf(approveAs(waiting, actor))).toContain('approval/own-version');
  });

  test('a version whose gate did not pass is refused', () => {
    const approval = { gate_passed: false, approved_by: null, approved_at: null };
    expect(codesOf(approveAs(stateOf([registered('1.0.0', { approval })]), grace))).toEqual([
      'approval/gate-not-passed',
    ]);
  });

  test.each([
    ['approved', approved()],
    ['deployed', serving('1.0.0', 100)],
    ['deprecated', deprecated()],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s is refused', (_status, record) => {
    expect(codesOf(approveAs(stateOf([record]), edsger))).toContain('status/not-allowed');
  });

  test('every problem is reported, not only the first', () => {
    const approval = { gate_passed: false, approved_by: null, approved_at: null };
    const state = stateOf([registered('1.0.0', { approval, registered_by: alan })]);
    expect(codesOf(approveAs(state, alan))).toEqual([
      'approval/gate-not-passed',
      'approval/not-an-approver',
      'approval/own-version',
    ]);
  });
});

describe('two approvals of a high-risk version', () => {
  test('the first leaves it registered and says that one more is needed', () => {
    const decision = approveAs(highRisk, grace);
    expect(planOf(decision)).toMatchObject({
      from: 'registered',
      to: 'registered',
      warnings: [{ code: 'approval/outstanding' }],
    });
    const record = versionOf(carriedOut(highRisk, decision), '1.0.0');
    expect(record.approval.approved_by).toBeNull();
    expect(record.status).toBe('registered');
  });

  test.each([grace, 'G. Hopper <Grace@Example.com>'])('the same person twice is refused, as %s', (actor) => {
    expect(codesOf(approveAs(carriedOut(highRisk, approveAs(highRisk, grace)), actor))).toEqual([
      'approval/twice',
    ]);
  });

  test('a second person lets it through, and both are named', () => {
    const half = carriedOut(highRisk, approveAs(highRisk, grace));
    const decision = approveAs(half, edsger);
    expect(planOf(decision)).toMatchObject({ to: 'approved', warnings: [] });
    expect(versionOf(carriedOut(half, decision), '1.0.0').approval.approved_by).toEqual([grace, edsger]);
  });

  test('a version of a higher class than its model is held to its own', () => {
    const compliance = {
      gdpr_status: 'done',
      eu_ai_act_risk_class: 'high' as const,
      soc2_evidence_id: null,
    };
    const state = stateOf([registered('1.0.0', { compliance })]);
    expect(planOf(approveAs(state, grace)).to).toBe('registered');
  });

  test('a version cannot declare itself below its model', () => {
    const compliance = {
      gdpr_status: 'done',
      eu_ai_act_risk_class: 'minimal' as const,
      soc2_evidence_id: null,
    };
    const state = { ...stateOf([registered('1.0.0', { compliance })]), model: highRisk.model };
    expect(planOf(approveAs(state, grace)).to).toBe('registered');
  });

  test('policy may ask for more', () => {
    const state = stateOf([registered()], { config: configOf({ approvals: { limited: 2 } }) });
    expect(planOf(approveAs(state, grace)).to).toBe('registered');
  });
});

describe('reject', () => {
  test('an approver rejects with a reason, for good', () => {
    const decision = rejectAs(waiting, grace, 'unfair in one region');
    expect(planOf(decision)).toMatchObject({ from: 'registered', to: 'rejected' });
    const record = versionOf(carriedOut(waiting, decision), '1.0.0');
    expect(record.approval.approved_by).toBeNull();
    expect(record.approval.reviews).toMatchObject([{ decision: 'reject', comment: 'unfair in one region' }]);
    expect(codesOf(approveAs(carriedOut(waiting, decision), edsger))).toEqual(['status/not-allowed']);
  });

  test.each([
    ['no approver', alan, 'no good', ['approval/not-an-approver']],
    ['the registrant', ada, 'no good', ['approval/own-version']],
    ['no reason', grace, undefined, ['reason/missing']],
    ['a blank reason', grace, '  ', ['reason/missing']],
  ])('%s is refused', (_what, actor, comment, codes) => {
    expect(codesOf(rejectAs(waiting, actor, comment))).toEqual(codes);
  });

  test('who approved may still reject while the second approval is outstanding', () => {
    const half = carriedOut(highRisk, approveAs(highRisk, grace));
    expect(planOf(rejectAs(half, grace, 'found a leak')).to).toBe('rejected');
  });

  test.each([
    ['approved', approved()],
    ['deployed', serving('1.0.0', 100)],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s is refused', (_status, record) => {
    expect(codesOf(rejectAs(stateOf([record]), edsger, 'no'))).toEqual(['status/not-allowed']);
  });
});
