// hand-over: what is about to be sent is written first, what came back after; what was lost can be sent again.
import { describe, expect, test } from 'vitest';
import type { HandOverAttempt } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import {
  type SettlingInput,
  beginHandOver,
  isAccepted,
  settleHandOver,
} from '../../../src/lifecycle/operations/hand-over.js';
import { acting, ada, alan, carriedOut, codesOf, planOf, serving, stateOf } from '../../support/records.js';
import { ledgerOf, requestOf } from '../../support/watching.js';

const request = requestOf('drift-threshold', '2026-05-01');
const { id } = request;
const start = stateOf([serving('1.0.0', 100)], { ledger: ledgerOf({ requests: [request] }) });
const begun = (state: ModelState, by = ada): Decision =>
  beginHandOver(state, { id, to: 'airflow', patience: 0 }, acting(by, '2026-06-01'));
const settled = (state: ModelState, input: Partial<SettlingInput> = {}, by = ada): Decision =>
  settleHandOver(
    state,
    { id, attempt: newestSending(state), outcome: 'accepted', ...input },
    acting(by, '2026-06-02'),
  );
const attempts = (state: ModelState): HandOverAttempt[] => state.ledger.requests.get(id)?.attempts ?? [];
const newestSending = (state: ModelState): number =>
  attempts(state).findLastIndex(({ outcome }) => outcome === 'sending');

test('nobody sends beside an attempt that may still be on its way, and anybody once it is not', () => {
  const sending = carriedOut(start, begun(start));
  const beside = (now: string): Decision =>
    beginHandOver(sending, { id, to: 'airflow', patience: 60 }, acting(alan, now));
  expect(codesOf(beside('2026-06-01T09:00:59Z'))).toEqual(['hand-over/in-flight']);
  expect(planOf(beside('2026-06-01T09:01:00Z')).operation).toBe('hand-over');
});

test('what was accepted is not sent again', () => {
  const sending = carriedOut(start, begun(start));
  const done = carriedOut(sending, settled(sending));
  expect(begun(done)).toMatchObject({ kind: 'unchanged' });
});

test('an answer goes to its own attempt', () => {
  let state = carriedOut(start, begun(start));
  state = carriedOut(state, begun(state, alan));
  state = carriedOut(state, settled(state, { attempt: 0, externalId: 'first' }));
  expect(attempts(state).map(({ external_id: run }) => run)).toEqual(['first', undefined]);
});

test('sending, then what came back, by whoever knows it', () => {
  const sending = carriedOut(start, begun(start));
  expect(attempts(sending)).toEqual([
    { at: '2026-06-01T09:00:00Z', by: ada, to: 'airflow', outcome: 'sending' },
  ]);
  const decision = settled(
    sending,
    { externalId: 'run-1', url: 'http://x/run-1', duplicate: true, detail: 'queued' },
    alan,
  );
  expect(planOf(decision)).toMatchObject({
    operation: 'hand-over',
    version: '1.0.0',
    from: 'deployed',
    to: 'deployed',
    answer: { outcome: 'accepted', external_id: 'run-1', duplicate: true },
  });
  expect(attempts(carriedOut(sending, decision))).toEqual([
    {
      at: '2026-06-01T09:00:00Z',
      by: ada,
      to: 'airflow',
      outcome: 'accepted',
      settled_at: '2026-06-02T09:00:00Z',
      settled_by: alan,
      external_id: 'run-1',
      url: 'http://x/run-1',
      detail: 'queued',
      duplicate: true,
    },
  ]);
});

test('what is unknown or refused can be sent again', () => {
  for (const outcome of ['unknown', 'refused'] as const) {
    let state = carriedOut(start, begun(start));
    state = carriedOut(state, settled(state, { outcome }));
    expect(isAccepted(state.ledger.requests.get(id) ?? request)).toBe(false);
    state = carriedOut(state, begun(state));
    state = carriedOut(state, settled(state));
    expect(attempts(state).map((attempt) => attempt.outcome)).toEqual([outcome, 'accepted']);
    expect(isAccepted(state.ledger.requests.get(id) ?? request)).toBe(true);
  }
});

test('two that are sent at once both keep their answer', () => {
  let state = carriedOut(start, begun(start));
  state = carriedOut(state, begun(state, alan));
  state = carriedOut(state, settled(state, { externalId: 'one' }));
  state = carriedOut(state, settled(state, { externalId: 'two' }));
  expect(
    attempts(state)
      .map((attempt) => attempt.external_id)
      .sort(),
  ).toEqual(['one', 'two']);
  expect(codesOf(settled(state))).toEqual(['hand-over/nothing-sent']);
});

describe('is refused', () => {
  const ended = { at: '2026-05-02T09:00:00Z', by: alan, outcome: 'cancelled' as const };
  const over = stateOf([], {
    ledger: ledgerOf({
      requests: [
        {
          ...request,
          closed: ended,
          attempts: [{ at: '2026-05-01T09:00:00Z', by: ada, to: 'airflow', outcome: 'sending' }],
        },
      ],
    }),
  });

  test('for a request that there is none of, or that is closed', () => {
    for (const decide of [begun, settled]) {
      expect(codesOf(decide(stateOf([])))).toEqual(['retrain/unknown-request']);
      expect(codesOf(decide(over))).toEqual(['retrain/closed']);
    }
  });

  test('where nothing was sent', () => {
    expect(codesOf(settled(start))).toEqual(['hand-over/nothing-sent']);
  });
});
