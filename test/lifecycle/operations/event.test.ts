// event: what happened to a model from outside, with what its kind needs.
import { describe, expect, test } from 'vitest';
import type { ModelEvent } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { type EventInput, event } from '../../../src/lifecycle/operations/event.js';
import {
  acting,
  ada,
  carriedOut,
  codesOf,
  planOf,
  rejected,
  serving,
  stateOf,
} from '../../support/records.js';

const llama = { name: 'llama', revision: '7' };
const based = serving('1.0.0', 100, { training: { seed: 7, base_model: { name: 'llama', revision: '6' } } });

function told(changes: Partial<EventInput> = {}, state: ModelState = stateOf([based])): Decision {
  const input: EventInput = { type: 'compliance-event', summary: 'erasure 4711', ...changes };
  return event(state, input, acting(ada));
}

test('is one file, and says what happened', () => {
  const decision = told({
    type: 'compliance-event',
    duty: 'erasure',
    changes: 'data',
    occurredOn: '2026-06-01',
    reference: 'T-1',
  });
  expect(planOf(decision)).toMatchObject({
    operation: 'event',
    version: null,
    from: null,
    to: null,
    reason: 'erasure 4711',
    warnings: [],
    answer: { event: '20260601T090000Z-compliance-event' },
  });
  expect([...carriedOut(stateOf([based]), decision).ledger.events.values()]).toEqual([
    {
      schema: 'mlc/event@1',
      model_id: 'churn',
      id: '20260601T090000Z-compliance-event',
      type: 'compliance-event',
      recorded_at: '2026-06-01T09:00:00Z',
      recorded_by: ada,
      occurred_on: '2026-06-01',
      summary: 'erasure 4711',
      reference: 'T-1',
      duty: 'erasure',
      changes: 'data',
    } satisfies ModelEvent,
  ]);
});

test('several of one second have ids of their own', () => {
  let state = stateOf([based]);
  for (let index = 0; index < 3; index++) state = carriedOut(state, told({}, state));
  expect([...state.ledger.events.keys()]).toEqual(
    ['', '-2', '-3'].map((end) => `20260601T090000Z-compliance-event${end}`),
  );
});

describe('is refused', () => {
  test.each<[string, Partial<EventInput>, string[]]>([
    ['without what happened', { summary: ' ' }, ['reason/missing']],
    ['on a day to come', { occurredOn: '2026-06-02' }, ['event/future']],
    ['on no day', { occurredOn: 'today' }, ['date/form']],
    ['as an upstream change of nothing', { type: 'upstream-change' }, ['input/base-model']],
    ['as new data of no number', { type: 'data-accumulation' }, ['input/new-examples']],
    ['as new data of none', { type: 'data-accumulation', new_examples: 0 }, ['input/new-examples']],
    ['as half an example', { type: 'data-accumulation', new_examples: 1.5 }, ['input/new-examples']],
    [
      'as more than can be counted',
      { type: 'data-accumulation', new_examples: Infinity },
      ['input/new-examples'],
    ],
    ['as a duty with examples', { new_examples: 5 }, ['input/new-examples']],
    [
      'for all its reasons',
      { type: 'upstream-change', summary: '', occurredOn: 'x' },
      ['date/form', 'input/base-model', 'reason/missing'],
    ],
  ])('%s', (_what, changes, codes) => {
    expect(codesOf(told(changes))).toEqual(codes);
  });
});

test.each<[string, Partial<EventInput>]>([
  ['an upstream change', { type: 'upstream-change', base_model: llama }],
  ['new data', { type: 'data-accumulation', new_examples: 1, new_domain: true }],
])('%s is written down', (_what, changes) => {
  expect(planOf(told(changes)).warnings).toEqual([]);
});

test('a base that no version is made from is said', () => {
  const other = { type: 'upstream-change' as const, base_model: { name: 'LLaMA', revision: '7' } };
  expect(planOf(told(other)).warnings).toMatchObject([
    { code: 'event/other-base', hint: 'versions are made from llama' },
  ]);
  expect(planOf(told(other, stateOf([serving('1.0.0', 100)]))).warnings).toEqual([]);
  expect(planOf(told(other, stateOf([rejected('1.0.0', { training: based.training })]))).warnings).toEqual(
    [],
  );
});
