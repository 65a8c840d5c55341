// retrain: a request is written once, for a cause or a reason; and taken back.
import { describe, expect, test } from 'vitest';
import type { RetrainingRequest } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { type RetrainInput, cancelRetraining, retrain } from '../../../src/lifecycle/operations/retrain.js';
import {
  acting,
  ada,
  alan,
  carriedOut,
  codesOf,
  planOf,
  rejected,
  retired,
  serving,
  stateOf,
} from '../../support/records.js';
import { ledgerOf, psi, requestOf } from '../../support/watching.js';

const id = 'drift-threshold-0123456789ab';
const { inputs } = requestOf('drift-threshold', '2026-06-01');
const cause = {
  kind: 'report' as const,
  source: '1.0.0/20260308T000000Z-input-drift',
  message: 'psi of tenure is 0.31',
};
const first = serving('1.0.0', 100);
const start = stateOf([first], { ledger: ledgerOf({ reports: [psi('2026-03-08', 0.31)] }) });
const holding = (request: RetrainingRequest): ModelState =>
  stateOf([first, serving('2.0.0', 0)], {
    ledger: ledgerOf({ requests: [request], reports: [psi('2026-03-08', 0.31)] }),
  });
const closed = (outcome: 'registered' | 'cancelled'): RetrainingRequest =>
  requestOf('drift-threshold', '2026-05-01', {
    closed: {
      at: '2026-05-02T09:00:00Z',
      by: alan,
      outcome,
      ...(outcome === 'registered' ? { version: '1.1.0' } : {}),
    },
  });

function asked(state: ModelState = start, changes: Partial<RetrainInput> = {}): Decision {
  return retrain(
    state,
    { version: first, trigger: 'drift-threshold', id, inputs, causes: [cause], ...changes },
    acting(ada),
  );
}

describe('a request', () => {
  test('is written with its causes, before anybody is told', () => {
    const decision = asked(undefined, { response: 'start' });
    expect(planOf(decision)).toMatchObject({
      operation: 'retrain',
      version: '1.0.0',
      from: 'deployed',
      to: 'deployed',
      warnings: [],
      answer: { request: id },
    });
    expect(carriedOut(start, decision).ledger.requests.get(id)).toEqual({
      schema: 'mlc/request@1',
      model_id: 'churn',
      id,
      version: '1.0.0',
      trigger: 'drift-threshold',
      requested_at: '2026-06-01T09:00:00Z',
      requested_by: ada,
      response: 'start',
      inputs,
      causes: [cause],
    });
  });

  test('that is sent at once says so in the same commit', () => {
    const after = carriedOut(start, asked(undefined, { sendingTo: 'prefect' }));
    expect(after.ledger.requests.get(id)?.attempts).toEqual([
      { at: '2026-06-01T09:00:00Z', by: ada, to: 'prefect', outcome: 'sending' },
    ]);
  });

  test('the same twice is one', () => {
    const state = carriedOut(start, asked());
    expect(asked(state, { causes: [], reason: undefined })).toMatchObject({
      kind: 'unchanged',
      operation: 'retrain',
      answer: { request: id },
      warnings: [],
    });
  });

  test('for another version with the same inputs is one too, and says whose it is', () => {
    const state = holding(requestOf('drift-threshold', '2026-05-01'));
    const other = state.versions.get('2.0.0');
    expect(asked(state, { version: other ?? first })).toMatchObject({
      kind: 'unchanged',
      warnings: [{ code: 'retrain/other-version' }],
    });
  });

  test.each(['registered', 'cancelled'] as const)('that was closed as %s is not made again', (outcome) => {
    expect(codesOf(asked(holding(closed(outcome))))).toEqual(['retrain/closed']);
  });

  test('beside another for the same trigger is warned of', () => {
    const other = (changes: Partial<RetrainingRequest>): RetrainingRequest =>
      requestOf('drift-threshold', '2026-05-01', { id: 'drift-threshold-ba9876543210', ...changes });
    const warnings = (request: RetrainingRequest): readonly unknown[] =>
      planOf(asked(holding(request))).warnings;
    expect(warnings(other({}))).toMatchObject([{ code: 'retrain/another-open' }]);
    expect(warnings(other({ trigger: 'calendar' }))).toEqual([]);
    expect(warnings(other({ version: '2.0.0' }))).toEqual([]);
    expect(warnings({ ...other({}), closed: closed('cancelled').closed })).toEqual([]);
  });

  test('names causes that the ledger holds', () => {
    const unknown = [{ ...cause, source: '1.0.0/20260315T000000Z-input-drift' }];
    expect(codesOf(asked(undefined, { causes: unknown }))).toEqual(['retrain/unknown-cause']);
    planOf(asked(undefined, { causes: [{ kind: 'date', message: 'the period is over' }] }));
  });

  test('needs a cause, or a reason', () => {
    expect(codesOf(asked(undefined, { causes: [] }))).toEqual(['retrain/no-cause']);
    expect(codesOf(asked(undefined, { causes: [], reason: ' ' }))).toEqual(['retrain/no-cause']);
    planOf(asked(undefined, { causes: [], reason: 'new pricing' }));
  });

  test.each([retired(), rejected()])('for a version that is $status is refused', (version) => {
    expect(codesOf(asked(stateOf([version]), { version, causes: [], reason: 'why' }))).toEqual([
      'status/not-allowed',
    ]);
  });
});

describe('cancelling', () => {
  const cancelled = (state: ModelState, reason?: string): Decision =>
    cancelRetraining(state, { id, reason }, acting(alan, '2026-06-02'));

  test('closes the request with the reason', () => {
    const state = holding(requestOf('drift-threshold', '2026-05-01'));
    const decision = cancelled(state, 'a false alarm');
    expect(planOf(decision).warnings).toEqual([]);
    expect(carriedOut(state, decision).ledger.requests.get(id)?.closed).toEqual({
      at: '2026-06-02T09:00:00Z',
      by: alan,
      outcome: 'cancelled',
      reason: 'a false alarm',
    });
  });

  test.each([
    ['refused', []],
    ['sending', ['retrain/was-sent']],
    ['unknown', ['retrain/was-sent']],
    ['accepted', ['retrain/was-sent']],
  ] as const)('what was %s', (outcome, codes) => {
    const attempts = [
      { at: '2026-05-01T00:00:00Z', by: ada, to: 'airflow' as const, outcome, external_id: 'run-1' },
    ];
    const { warnings } = planOf(
      cancelled(holding(requestOf('drift-threshold', '2026-05-01', { attempts })), 'why'),
    );
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    if (warnings[0]) expect(warnings[0].message).toContain('run-1');
  });

  test('is refused without a reason, of nothing, and of what is closed', () => {
    expect(codesOf(cancelled(holding(requestOf('drift-threshold', '2026-05-01'))))).toEqual([
      'reason/missing',
    ]);
    expect(codesOf(cancelled(stateOf([first]), 'why'))).toEqual(['retrain/unknown-request']);
    expect(codesOf(cancelled(holding(closed('registered')), 'why'))).toEqual(['retrain/closed']);
  });
});
