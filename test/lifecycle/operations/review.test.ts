// review: a new deprecation target with a reason, or a decision to keep the old one.
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { review } from '../../../src/lifecycle/operations/review.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  planOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

function reviewed(record: VersionRecord, until?: string, reason?: string): Decision {
  return review(stateOf([record]), { version: record, until, reason }, acting(alan, '2026-06-01'));
}

const after = (record: VersionRecord, decision: Decision): VersionRecord =>
  versionOf(carriedOut(stateOf([record]), decision), record.version);

describe('review', () => {
  test('a new target with a reason is recorded with the old one', () => {
    const record = approved();
    const decision = reviewed(record, '2027-06-01', 'still the best');
    expect(after(record, decision)).toMatchObject({
      deprecation_target: '2027-06-01',
      reviews: [
        {
          at: '2026-06-01T09:00:00Z',
          by: alan,
          decision: 'retarget',
          reason: 'still the best',
          previous_target: '2027-01-10',
          deprecation_target: '2027-06-01',
        },
      ],
    });
  });

  test('a decision to keep needs no reason and moves nothing', () => {
    const record = approved();
    const decision = reviewed(record);
    expect(planOf(decision).warnings).toEqual([]);
    expect(after(record, decision)).toMatchObject({
      deprecation_target: '2027-01-10',
      reviews: [{ decision: 'keep', deprecation_target: '2027-01-10' }],
    });
  });

  test('keeping a target that is over is said', () => {
    const decision = reviewed(approved('1.0.0', { deprecation_target: '2026-05-31' }));
    expect(planOf(decision).warnings).toMatchObject([{ code: 'review/target-passed' }]);
  });

  test('reviews add up', () => {
    const record = approved();
    const once = after(record, reviewed(record, '2027-06-01', 'a'));
    expect(after(once, reviewed(once, '2027-02-01', 'b')).reviews).toHaveLength(2);
  });

  test.each([
    ['registered', registered()],
    ['approved', approved()],
    ['deployed', serving('1.0.0', 100)],
    ['deprecated', deprecated()],
  ])('leaves a version %s', (status, record) => {
    expect(planOf(reviewed(record, '2027-06-01', 'a reason'))).toMatchObject({ from: status, to: status });
  });

  test.each([
    ['retired', retired()],
    ['rejected', rejected()],
  ])('is refused for a version that is %s', (_status, record) => {
    expect(codesOf(reviewed(record))).toEqual(['status/not-allowed']);
  });

  test.each([
    ['no reason', '2027-06-01', undefined, ['reason/missing']],
    ['a blank reason', '2027-06-01', ' \n', ['reason/missing']],
    ['a day that is over', '2026-05-31', 'why', ['review/past']],
    ['no day', 'next year', 'why', ['date/form']],
    ['a day that the calendar lacks', '2027-02-29', 'why', ['date/form']],
    ['no day and no reason', '2027-6-1', undefined, ['date/form', 'reason/missing']],
  ])('is refused with %s', (_what, until, reason, codes) => {
    expect(codesOf(reviewed(approved(), until, reason))).toEqual(codes);
  });

  test('today is not over', () => {
    planOf(reviewed(approved(), '2026-06-01', 'ends today'));
  });
});
