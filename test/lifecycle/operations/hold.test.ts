// hold and release: any status, with a reason, and what a hold blocks until it is released.
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type HoldInput, hold, release } from '../../../src/lifecycle/operations/hold.js';
import { openHolds } from '../../../src/lifecycle/stages.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  onHold,
  planOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

const held = (record: VersionRecord, input: Partial<HoldInput> = {}): Decision =>
  hold(stateOf([record]), { version: record, ...input }, acting(alan));
const released = (record: VersionRecord, input: Partial<HoldInput> = {}): Decision =>
  release(stateOf([record]), { version: record, ...input }, acting(alan, '2026-06-02'));
const after = (record: VersionRecord, decision: Decision): VersionRecord =>
  versionOf(carriedOut(stateOf([record]), decision), record.version);

const every: [string, VersionRecord][] = [
  ['registered', registered()],
  ['approved', approved()],
  ['deployed', serving('1.0.0', 100)],
  ['deprecated', deprecated()],
  ['retired', retired()],
  ['rejected', rejected()],
];

describe('hold', () => {
  test.each(every)('a version that is %s is held and stays so', (status, record) => {
    const decision = held(record, { reason: 'court order' });
    expect(planOf(decision)).toMatchObject({ from: status, to: status });
    expect(after(record, decision)).toMatchObject({
      status,
      holds: [{ kind: 'legal', placed_at: '2026-06-01T09:00:00Z', by: alan, reason: 'court order' }],
    });
  });

  test.each([undefined, '', '\t'])('is refused without a reason', (reason) => {
    expect(codesOf(held(approved(), { reason }))).toEqual(['reason/missing']);
  });

  test('several holds stand side by side', () => {
    const record = approved('1.0.0', onHold('legal'));
    const decision = held(record, { kind: 'incident', reason: 'outage' });
    expect(openHolds(after(record, decision)).map((each) => each.kind)).toEqual(['legal', 'incident']);
  });
});

describe('release', () => {
  const both = approved('1.0.0', {
    holds: [...(onHold('legal').holds ?? []), ...(onHold('incident').holds ?? [])],
  });

  test.each(every)('a version that is %s is released and stays so', (status, record) => {
    const holding = { ...record, ...onHold() };
    const decision = released(holding, { reason: 'over' });
    expect(planOf(decision)).toMatchObject({ from: status, to: status });
    expect(openHolds(after(holding, decision))).toEqual([]);
  });

  test('releases every open hold, and keeps who placed them', () => {
    expect(after(both, released(both, { reason: 'over' })).holds).toMatchObject([
      {
        kind: 'legal',
        reason: 'inquiry',
        released: { at: '2026-06-02T09:00:00Z', by: alan, reason: 'over' },
      },
      { kind: 'incident', released: { reason: 'over' } },
    ]);
  });

  test('releases one kind alone', () => {
    const left = after(both, released(both, { kind: 'incident', reason: 'over' }));
    expect(openHolds(left).map((each) => each.kind)).toEqual(['legal']);
  });

  test('a hold that is released stays as it was released', () => {
    const once = after(both, released(both, { kind: 'incident', reason: 'first' }));
    const twice = after(once, released(once, { reason: 'second' }));
    expect(twice.holds?.map((each) => each.released?.reason)).toEqual(['second', 'first']);
  });

  test('is refused without a reason', () => {
    expect(codesOf(released(both))).toEqual(['reason/missing']);
  });

  test('is refused where nothing of the kind is open', () => {
    expect(codesOf(released(approved(), { reason: 'over' }))).toEqual(['release/no-hold']);
    const legal = approved('1.0.0', onHold('legal'));
    expect(codesOf(released(legal, { kind: 'incident', reason: 'over' }))).toEqual(['release/no-hold']);
  });
});
