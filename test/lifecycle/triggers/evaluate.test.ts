// All six triggers of a version: the calendar, the rules of model.yaml, the actions of generative models, and what holds for any input.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelEvent, Trigger } from '../../../src/generated/types.js';
import { signals } from '../../../src/lifecycle/monitoring/observation.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import { evaluateTriggers } from '../../../src/lifecycle/triggers/evaluate.js';
import { triggerTypes } from '../../../src/lifecycle/triggers/trigger.js';
import { approved, entry, modelOf, serving } from '../../support/records.js';
import {
  eventOf,
  metric,
  psi,
  reportOf,
  requestOf,
  seen,
  stateOn,
  subjectOf,
  verdictOn,
} from '../../support/watching.js';

describe('calendar', () => {
  const on = (from: string, now: string, period?: string): string => {
    const record = approved('1.0.0', {
      status: 'deployed',
      deployment_history: [entry('production', 100, { deployed_at: `${from}T09:00:00Z` })],
    });
    const rule: Trigger = { type: 'calendar', ...(period ? { period } : {}) };
    return stateOn(
      'calendar',
      subjectOf({ record, now: `${now}T00:00:00Z`, model: modelOf({ triggers: [rule] }) }),
    );
  };

  test.each([
    ['2026-02-01', '2026-04-30', undefined, 'quiet'],
    ['2026-02-01', '2026-05-01', undefined, 'fired'],
    ['2026-01-31', '2026-04-29', undefined, 'quiet'],
    ['2026-01-31', '2026-04-30', undefined, 'fired'],
    ['2026-01-31', '2026-02-28', 'P1M', 'fired'],
    ['2028-01-31', '2028-02-28', 'P1M', 'quiet'],
    ['2028-01-31', '2028-02-29', 'P1M', 'fired'],
    ['2026-02-01', '2026-02-08', 'P7D', 'fired'],
  ])('from %s, on %s, every %s: %s', (from, now, period, state) => {
    expect(on(from, now, period)).toBe(state);
  });

  test('says when, and begins again at a registration that answers it', () => {
    const subject = subjectOf();
    expect(verdictOn('calendar', subject)).toMatchObject({
      state: 'fired',
      since: '2026-05-01T00:00:00Z',
      causes: [{ kind: 'date', message: 'the period of P3M since 2026-02-01 was over on 2026-05-01' }],
      rule: 'every P3M',
    });
    const closed = { at: '2026-05-20T09:00:00Z', by: 'x', outcome: 'registered' as const, version: '1.1.0' };
    const requests = [requestOf('calendar', '2026-05-02', { closed })];
    expect(stateOn('calendar', { ...subject, requests })).toBe('quiet');
    expect(stateOn('calendar', { ...subject, requests, now: '2026-08-20T00:00:00Z' })).toBe('fired');
  });

  test('counts from the registration where nothing was ever served', () => {
    const record = approved('1.0.0', { deployment_history: [] });
    expect(verdictOn('calendar', subjectOf({ record })).message).toContain('since 2026-01-10');
  });
});

describe('rules', () => {
  test('of every type are there, in one order, whatever model.yaml says', () => {
    const model = modelOf({ triggers: [{ type: 'compliance-event' }, { type: 'calendar', period: 'P1M' }] });
    expect(evaluateTriggers(subjectOf({ model })).map(({ type }) => type)).toEqual(triggerTypes);
  });

  test('several of one type each have their verdict, and one decision answers all', () => {
    const triggers: Trigger[] = [
      { type: 'calendar', period: 'P1M' },
      { type: 'calendar', period: 'P1Y' },
    ];
    const subject = subjectOf({ model: modelOf({ triggers }) });
    const states = (requests: typeof subject.requests): string[] =>
      evaluateTriggers({ ...subject, requests })
        .filter(({ type }) => type === 'calendar')
        .map(({ state }) => state);
    expect(states([])).toEqual(['fired', 'quiet']);
    expect(states([requestOf('calendar', '2026-05-20')])).toEqual(['answered', 'answered']);
  });

  test('are told in a sentence', () => {
    const triggers: Trigger[] = [
      { type: 'drift-threshold', method: 'ks-p-value', threshold: 0.01, features: ['a', 'b'] },
      { type: 'metric-regression', metric: 'f1', threshold: 0.1 },
    ];
    const rules = evaluateTriggers(subjectOf({ model: modelOf({ triggers }) })).map(({ rule }) => rule);
    expect(rules).toEqual([
      'ks-p-value beyond 0.01 on a key feature (2)',
      'f1 more than 10 % worse than at registration',
      'new labelled data is more than 10 % of the training set',
      'every P3M',
      'the base model has another revision',
      'a regulation, an erasure, an audit finding',
    ]);
  });
});

describe('the action for a generative model', () => {
  const record = serving('1.0.0', 100, {
    training: { seed: 7, base_model: { name: 'llama', revision: '6' } },
  });
  const action = (type: Trigger['type'], events: ModelEvent[] = []): string | null =>
    verdictOn(type, subjectOf({ record, events, model: modelOf({ kind: 'generative' }) })).action;
  const upstream = eventOf('upstream-change', '2026-03-01T09:00:00Z', {
    base_model: { name: 'llama', revision: '7' },
  });
  const data = (changes: Partial<ModelEvent>): ModelEvent =>
    eventOf('data-accumulation', '2026-03-01T09:00:00Z', { new_examples: 5, ...changes });

  test.each<[Trigger['type'], ModelEvent[], string]>([
    ['metric-regression', [], 'the base is unchanged: change prompts'],
    ['drift-threshold', [], 'the base is unchanged: change prompts'],
    ['metric-regression', [upstream], 'the base has changed too: evaluate the new checkpoint in shadow'],
    [
      'data-accumulation',
      [data({ new_domain: true })],
      'continued fine-tuning on the data of the new domain',
    ],
    ['data-accumulation', [data({})], 'continued fine-tuning on the new data'],
    ['upstream-change', [upstream], 'evaluate the new checkpoint in shadow, then fine-tune again'],
    [
      'compliance-event',
      [eventOf('compliance-event', '2026-03-01T09:00:00Z', { changes: 'data' })],
      'full retraining on data',
    ],
    [
      'compliance-event',
      [eventOf('compliance-event', '2026-03-01T09:00:00Z', { changes: 'objective' })],
      'full fine-tuning for the changed objective, as a MAJOR',
    ],
    ['calendar', [], 'run the validation'],
  ])('%s', (type, events, start) => {
    expect(action(type, events)).toContain(start);
  });

  test('is none for others', () => {
    expect(verdictOn('compliance-event', subjectOf()).action).toBeNull();
  });
});

const values = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -10, max: 10 }));
const observations = fc.array(
  fc.record({
    name: fc.constantFrom('tenure', 'age', 'accuracy', 'requests'),
    method: fc.constantFrom('psi', 'ks-p-value', 'value', 'unknown', 'drift-flag'),
    value: values,
    verdict: fc.constantFrom('breached', 'within', 'unmeasured', 'unjudged'),
  } as const),
  { minLength: 1, maxLength: 5 },
);
const reports = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 28 }), fc.constantFrom(...signals), observations, fc.boolean())
    .map(([day, signal, found, sized]) =>
      reportOf(`2026-03-${String(day).padStart(2, '0')}`, signal, found, sized ? {} : { samples: undefined }),
    ),
  { maxLength: 12 },
);
const rules = fc.array(
  fc.record(
    {
      type: fc.constantFrom(...triggerTypes),
      method: fc.constantFrom('psi', 'ks', 'nobody knows it', 'ks-p-value'),
      metric: fc.constantFrom('accuracy', 'constructor', '__proto__'),
      features: fc.subarray(['tenure', 'age', 'gone']),
      threshold: fc.double({ noNaN: true, min: -1, max: 1 }),
      period: fc.constantFrom('P0D', 'P1D', 'P9999Y'),
      cooldown: fc.constantFrom('P0D', 'P9999Y'),
      min_samples: fc.integer({ min: 1, max: 9999 }),
      disabled: fc.constant('why'),
    },
    { requiredKeys: ['type'] },
  ),
  { maxLength: 4 },
);

describe('for any reports and rules', () => {
  test('every rule has a verdict, and what fired has a cause and a time', () => {
    fc.assert(
      fc.property(reports, rules, fc.constantFrom('predictive', 'generative'), (given, triggers, kind) => {
        const model = modelOf({ triggers: triggers, kind: kind as 'generative' });
        for (const verdict of evaluateTriggers(subjectOf({ model, reports: seriesOf(given) }))) {
          expect(verdict.message).not.toBe('');
          expect(verdict.message).not.toMatch(/NaN|undefined/);
          expect(verdict.causes.length > 0).toBe(verdict.state === 'fired' || verdict.state === 'cooling');
          expect(verdict.since !== null).toBe(verdict.causes.length > 0);
        }
      }),
    );
  });

  test('a report with nothing but quiet values never makes a trigger fire', () => {
    fc.assert(
      fc.property(
        reports,
        fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 4 }),
        (given, quiet) => {
          const before = evaluateTriggers(subjectOf({ reports: seriesOf(given) }));
          const calm = quiet.map((value, index) => psi(`2026-04-0${index + 1}`, value));
          const good = reportOf('2026-04-10', 'quality', [metric('accuracy', 0.93)]);
          const after = evaluateTriggers(subjectOf({ reports: seriesOf([...given, ...calm, good]) }));
          after.forEach((verdict, index) => {
            if (verdict.state === 'fired') expect(before[index]?.state).toBe('fired');
            if (before[index]?.state === 'fired') expect(verdict.state).toBe('fired');
          });
        },
      ),
    );
  });

  test('a breach on enough samples always fires', () => {
    fc.assert(
      fc.property(reports, fc.double({ min: 0.2001, max: 50, noNaN: true }), (given, value) => {
        const all = [...given, reportOf('2026-04-01', 'input-drift', [seen(value)])];
        expect(stateOn('drift-threshold', subjectOf({ reports: seriesOf(all) }))).toBe('fired');
      }),
    );
  });
});
