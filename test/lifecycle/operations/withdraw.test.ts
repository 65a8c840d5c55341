// retire --withdraw: an end without notice, which takes a reason and a second person, and skips nothing else.
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type RetireInput, retire } from '../../../src/lifecycle/operations/retire.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  grace,
  onHold,
  registered,
  rejected,
  retired,
  serving,
  sha,
  stateOf,
  versionOf,
} from '../../support/records.js';

const complete = {
  cold_storage: [{ sha256: sha('a'), location: 's3://cold/a' }],
  compliance_confirmed_by: grace,
};

describe('--withdraw', () => {
  const withdrawing = (record: VersionRecord, input: Partial<RetireInput> = {}): Decision =>
    retire(
      stateOf([record]),
      { ...complete, version: record, withdraw: true, reason: 'erasure duty', ...input },
      acting(alan, '2026-03-02'),
    );

  test.each([
    ['registered', registered()],
    ['approved', approved()],
    ['deprecated, notice running', deprecated()],
  ])('retires a version that is %s at once', (_status, record) => {
    const decision = withdrawing(record);
    const after = versionOf(carriedOut(stateOf([record]), decision), '1.0.0');
    expect(after.retirement).toMatchObject({ withdrawn: true, second_person: grace, reason: 'erasure duty' });
  });

  test.each([
    ['retired', retired()],
    ['rejected', rejected()],
  ])('is refused for a version that is %s', (_status, record) => {
    expect(codesOf(withdrawing(record))).toEqual(['status/not-allowed']);
  });

  test.each([undefined, ' '])('is refused without a reason', (reason) => {
    expect(codesOf(withdrawing(approved(), { reason }))).toEqual(['reason/missing']);
  });

  test.each([
    [undefined, 'retire/compliance-unconfirmed'],
    [alan, 'retire/second-person'],
    ['A. Turing <ALAN@example.com>', 'retire/second-person'],
    ['Alan Turing', 'retire/second-person'],
  ])('is refused with %s as the second person', (confirmed, code) => {
    expect(codesOf(withdrawing(approved(), { compliance_confirmed_by: confirmed }))).toEqual([code]);
  });

  test('skips the notice alone', () => {
    expect(codesOf(withdrawing(serving('1.0.0', 100, onHold()), { cold_storage: [] }))).toEqual([
      'hold/open',
      'retire/not-stored',
      'retire/still-serving',
    ]);
  });
});
