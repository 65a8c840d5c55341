// deprecate and reinstate: notice as long as policy asks, a successor or a reason, and the way back.
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { type DeprecateInput, deprecate, reinstate } from '../../../src/lifecycle/operations/deprecate.js';
import { impliedStatus } from '../../../src/lifecycle/stages.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  configOf,
  deprecated,
  entry,
  planOf,
  refusalOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

const successor = approved('2.0.0');

function given(state: ModelState, input: Partial<DeprecateInput>, version = '1.0.0'): Decision {
  return deprecate(state, { version: versionOf(state, version), ...input }, acting(alan, '2026-06-01'));
}

describe('deprecate', () => {
  const state = stateOf([approved(), successor]);

  test('notice runs 30 days where nothing else is said', () => {
    const decision = given(state, { successor: '2.0.0', reason: 'replaced' });
    expect(planOf(decision)).toMatchObject({ from: 'approved', to: 'deprecated' });
    expect(versionOf(carriedOut(state, decision), '1.0.0')).toMatchObject({
      status: 'deprecated',
      deprecation: {
        deprecated_at: '2026-06-01T09:00:00Z',
        by: alan,
        reason: 'replaced',
        notice_ends: '2026-07-01',
        successor: '2.0.0',
      },
      deprecation_target: '2026-07-01',
    });
  });

  test('notice of a day less than policy is refused with the earliest day; that day is let through', () => {
    const hints = refusalOf(given(state, { successor: '2.0.0', noticeEnds: '2026-06-30' }));
    expect(hints['deprecate/notice-too-short']).toContain('2026-07-01');
    planOf(given(state, { successor: '2.0.0', noticeEnds: '2026-07-01' }));
    planOf(given(state, { successor: '2.0.0', noticeEnds: '2026-12-31' }));
  });

  test('policy sets the days', () => {
    const strict = { ...state, config: configOf({ retirement: { notice_days: 90 } }) };
    expect(codesOf(given(strict, { successor: '2.0.0', noticeEnds: '2026-07-01' }))).toEqual([
      'deprecate/notice-too-short',
    ]);
    planOf(given(strict, { successor: '2.0.0', noticeEnds: '2026-08-30' }));
  });

  test('a target before the end of the notice stays', () => {
    const early = stateOf([approved('1.0.0', { deprecation_target: '2026-06-10' }), successor]);
    const after = carriedOut(early, given(early, { successor: '2.0.0' }));
    expect(versionOf(after, '1.0.0').deprecation_target).toBe('2026-06-10');
  });

  test('no successor needs a reason why; its way out names an earlier review', () => {
    const hints = refusalOf(given(state, {}));
    expect(hints['deprecate/no-successor']).toContain('mlc review churn@1.0.0');
    expect(codesOf(given(state, { noSuccessorReason: ' ' }))).toEqual(['deprecate/no-successor']);
    const after = carriedOut(state, given(state, { noSuccessorReason: 'the product ends' }));
    expect(versionOf(after, '1.0.0').deprecation).toMatchObject({
      successor: null,
      no_successor_reason: 'the product ends',
    });
  });

  test.each([
    [
      'a successor and a reason why there is none',
      { successor: '2.0.0', noSuccessorReason: 'x' },
      'input/successor',
    ],
    ['a successor that does not exist', { successor: '2.0.1' }, 'deprecate/unknown-successor'],
    ['itself as successor', { successor: '1.0.0' }, 'deprecate/own-successor'],
    ['a notice that is no day', { successor: '2.0.0', noticeEnds: 'soon' }, 'date/form'],
    ['a notice that the calendar lacks', { successor: '2.0.0', noticeEnds: '2026-09-31' }, 'date/form'],
  ])('%s is refused', (_what, input, code) => {
    expect(codesOf(given(state, input))).toEqual([code]);
  });

  test.each([
    ['deprecated', deprecated('2.0.0')],
    ['retired', retired('2.0.0')],
    ['rejected', rejected('2.0.0')],
  ])('a successor that is %s cannot take over', (_status, next) => {
    expect(codesOf(given(stateOf([approved(), next]), { successor: '2.0.0' }))).toEqual([
      'deprecate/successor-gone',
    ]);
  });

  test.each([
    ['registered', registered()],
    ['approved', approved()],
    ['deployed', serving('1.0.0', 100)],
  ])('a version that is %s may be deprecated', (status, record) => {
    expect(planOf(given(stateOf([record, successor]), { successor: '2.0.0' }))).toMatchObject({
      from: status,
      to: 'deprecated',
    });
  });

  test.each([
    ['deprecated', deprecated()],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s is refused', (_status, record) => {
    expect(codesOf(given(stateOf([record, successor]), { successor: '2.0.0' }))).toEqual([
      'status/not-allowed',
    ]);
  });

  test('traffic that it still takes is said', () => {
    const live = stateOf([serving('1.0.0', 100), successor]);
    expect(planOf(given(live, { successor: '2.0.0' })).warnings).toMatchObject([
      { code: 'deprecate/still-serving' },
    ]);
  });

  test('every problem at once', () => {
    expect(codesOf(given(stateOf([retired()]), { noticeEnds: '2026-06-02' }))).toEqual([
      'deprecate/no-successor',
      'deprecate/notice-too-short',
      'status/not-allowed',
    ]);
  });
});

describe('reinstate', () => {
  const back = (record: VersionRecord, reason?: string): Decision =>
    reinstate(stateOf([record]), { version: record, reason }, acting(alan, '2026-06-01'));
  const live = { deployment_history: [entry('production', 50)] };
  const unreviewed = { approval: { gate_passed: true, approved_by: null, approved_at: null } };

  test.each([
    ['approved', deprecated()],
    ['deployed', deprecated('1.0.0', live)],
    ['registered', deprecated('1.0.0', unreviewed)],
  ])('makes it %s again, as its reviews and traffic say', (status, record) => {
    const decision = back(record, 'the successor failed');
    expect(planOf(decision)).toMatchObject({ from: 'deprecated', to: status });
    const after = versionOf(carriedOut(stateOf([record]), decision), '1.0.0');
    expect(after.status).toBe(status);
    expect(impliedStatus(after)).toBe(status);
    expect(after.deprecation).toMatchObject({
      notice_ends: '2026-05-01',
      reinstated: { at: '2026-06-01T09:00:00Z', by: alan, reason: 'the successor failed' },
    });
  });

  test.each([undefined, '', '  '])('is refused without a reason', (reason) => {
    expect(codesOf(back(deprecated(), reason))).toEqual(['reason/missing']);
  });

  test.each([
    ['registered', registered()],
    ['approved', approved()],
    ['deployed', serving('1.0.0', 100)],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('is refused for a version that is %s', (_status, record) => {
    expect(codesOf(back(record, 'why not'))).toContain('status/not-allowed');
  });

  test('says that the target has to be looked at', () => {
    expect(planOf(back(deprecated(), 'needed')).warnings).toMatchObject([{ code: 'reinstate/target' }]);
  });

  test('a reinstated version may be deprecated anew', () => {
    const state = stateOf([deprecated(), successor]);
    const again = carriedOut(
      state,
      reinstate(state, { version: deprecated(), reason: 'needed' }, acting(alan)),
    );
    const decision = given(again, { successor: '2.0.0' });
    expect(impliedStatus(versionOf(carriedOut(again, decision), '1.0.0'))).toBe('deprecated');
  });
});
