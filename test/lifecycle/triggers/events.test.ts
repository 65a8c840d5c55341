// data-accumulation, upstream-change and compliance-event: what the events of a model make fire, and each once.
import { describe, expect, test } from 'vitest';
import type {
  ModelEvent,
  RetrainingRequest,
  TargetReview,
  VersionRecord,
} from '../../../src/generated/types.js';
import type { TriggerVerdict } from '../../../src/lifecycle/triggers/trigger.js';
import { alan, modelOf, serving } from '../../support/records.js';
import { eventOf, requestOf, stateOn, subjectOf, verdictOn } from '../../support/watching.js';

type Training = NonNullable<VersionRecord['training']>;

const made = (training: Training, changes: Partial<VersionRecord> = {}): VersionRecord =>
  serving('1.0.0', 100, { training: { seed: 7, ...training }, ...changes });
const reviewedAt = (day: string, triggers?: TargetReview['triggers']): Partial<VersionRecord> => ({
  reviews: [
    {
      at: `${day}T09:00:00Z`,
      by: alan,
      decision: 'keep',
      reason: 'seen',
      ...(triggers ? { triggers } : {}),
      previous_target: '2027-01-10',
      deprecation_target: '2027-01-10',
    },
  ],
});

describe('data-accumulation', () => {
  const data = (day: string, count: number, changes: Partial<ModelEvent> = {}): ModelEvent =>
    eventOf('data-accumulation', `${day}T09:00:00Z`, { new_examples: count, ...changes });
  const trainedOn = (datasets: Training['datasets']): VersionRecord => made({ datasets });
  const thousand = trainedOn([
    { name: 'a', version: '1', role: 'training', examples: 600 },
    { name: 'b', version: '1', examples: 400 },
    { name: 'c', version: '1', role: 'test', examples: 5000 },
  ]);
  const on = (record: VersionRecord, events: ModelEvent[], threshold?: number): TriggerVerdict => {
    const rule = { type: 'data-accumulation' as const, ...(threshold === undefined ? {} : { threshold }) };
    return verdictOn(
      'data-accumulation',
      subjectOf({ record, events, model: modelOf({ triggers: [rule] }) }),
    );
  };

  test.each([
    [[100], 'quiet'],
    [[101], 'fired'],
    [[60, 41], 'fired'],
    [[60, 40], 'quiet'],
    [[], 'unmeasurable'],
  ])('%j new examples of a thousand are %s', (counts, state) => {
    const events = counts.map((count, index) => data(`2026-03-0${index + 1}`, count));
    expect(on(thousand, events).state).toBe(state);
  });

  test('the share is the rule’s', () => {
    expect(on(thousand, [data('2026-03-01', 150)], 0.2).state).toBe('quiet');
    expect(on(thousand, [data('2026-03-01', 60)], 0.05).state).toBe('fired');
  });

  test('fires since the event that went over the limit, for all that came', () => {
    const found = on(thousand, [data('2026-03-01', 60), data('2026-03-02', 60), data('2026-03-03', 60)]);
    expect(found).toMatchObject({
      since: '2026-03-02T09:00:00Z',
      message: '180 new examples are 18 % of the 1000 it was trained on',
    });
    expect(found.causes).toHaveLength(3);
  });

  test.each([
    [undefined],
    [[]],
    [[{ name: 'a', version: '1' }]],
    [[{ name: 'a', version: '1', role: 'test' as const, examples: 9 }]],
  ])('is not measurable where training is on %j', (datasets) => {
    expect(on(trainedOn(datasets), [data('2026-03-01', 5000)]).state).toBe('unmeasurable');
  });

  test('what came before the training began is in it', () => {
    const record = made({ ...thousand.training, started_at: '2026-01-05T09:00:00Z' });
    expect(on(record, [data('2026-01-04', 500)]).state).toBe('unmeasurable');
    expect(on(record, [data('2026-01-06', 500)]).state).toBe('fired');
  });

  test('a decision answers what came before it', () => {
    const record = { ...thousand, ...reviewedAt('2026-03-10') };
    expect(on(record, [data('2026-03-01', 500), data('2026-03-11', 60)]).state).toBe('quiet');
    expect(on(record, [data('2026-03-01', 500), data('2026-03-11', 160)]).state).toBe('fired');
  });

  test('a long summary fits into the cause of a request', () => {
    const [cause] = on(thousand, [data('2026-03-01', 500, { summary: 'x'.repeat(5000) })]).causes;
    expect(cause?.message).toHaveLength(1000);
  });
});

describe('upstream-change', () => {
  const on = (record: VersionRecord, events: ModelEvent[]): TriggerVerdict =>
    verdictOn('upstream-change', subjectOf({ record, events }));
  const moved = (day: string, revision: string, name = 'llama'): ModelEvent =>
    eventOf('upstream-change', `${day}T09:00:00Z`, { base_model: { name, revision } });
  const six = made({ base_model: { name: 'llama', revision: '6' } });

  test.each<[string, [string, string, string?][], string]>([
    ['nothing', [], 'quiet'],
    ['another revision', [['2026-03-01', '7']], 'fired'],
    ['the same revision', [['2026-03-01', '6']], 'quiet'],
    [
      'there and back again',
      [
        ['2026-03-01', '7'],
        ['2026-03-02', '6'],
      ],
      'quiet',
    ],
    [
      'back and there',
      [
        ['2026-03-01', '6'],
        ['2026-03-02', '7'],
      ],
      'fired',
    ],
    ['another base', [['2026-03-01', '7', 'mistral']], 'quiet'],
    ['a revision before the version', [['2025-12-01', '7']], 'fired'],
  ])('%s', (_what, told, state) => {
    expect(
      on(
        six,
        told.map(([day, revision, name]) => moved(day, revision, name)),
      ).state,
    ).toBe(state);
  });

  test('names both revisions, since the first that differed', () => {
    expect(
      on(six, [
        moved('2026-03-01', '7'),
        moved('2026-03-02', '6'),
        moved('2026-03-03', '8'),
        moved('2026-03-04', '9'),
      ]),
    ).toMatchObject({
      message: 'the base is llama@9 now, and the version was made from llama@6',
      since: '2026-03-03T09:00:00Z',
    });
  });

  test.each([
    ['no base', made({})],
    ['a base without its revision', made({ base_model: { name: 'llama' } })],
  ])('of a version with %s counts from its training on', (_what, record) => {
    expect(on(record, [moved('2026-01-09', '7')]).state).toBe('quiet');
    expect(on(record, [moved('2026-01-11', '7')]).state).toBe('fired');
  });

  test('the revision that was decided about does not fire again', () => {
    const decided = { ...six, ...reviewedAt('2026-03-10') };
    const seven = moved('2026-03-01', '7');
    expect(on(decided, [seven]).state).toBe('quiet');
    expect(on(decided, [seven, moved('2026-03-20', '7')]).state).toBe('quiet');
    expect(on(decided, [seven, moved('2026-03-20', '8')]).state).toBe('fired');
    expect(on(decided, [seven, moved('2026-03-20', '6'), moved('2026-03-21', '7')]).state).toBe('fired');
  });

  test('a revision of the second of the decision is new', () => {
    const decided = { ...six, ...reviewedAt('2026-03-10') };
    expect(on(decided, [moved('2026-03-10', '7')]).state).toBe('fired');
    expect(on(decided, [moved('2026-03-01', '7'), moved('2026-03-10', '7')]).state).toBe('quiet');
  });

  test('the order that events are read in does not matter', () => {
    const told = [moved('2026-03-01', '7'), moved('2026-03-02', '6')];
    expect(on(six, [...told].reverse()).state).toBe('quiet');
  });
});

describe('compliance-event', () => {
  const duty = (day: string, changes: Partial<ModelEvent> = {}): ModelEvent =>
    eventOf('compliance-event', `${day}T09:00:00Z`, { duty: 'erasure', ...changes });
  const state = (record: VersionRecord, events: ModelEvent[], requests: RetrainingRequest[] = []): string =>
    stateOn('compliance-event', subjectOf({ record, events, requests }));
  const record = serving('1.0.0', 100);

  test('fires from the first that nobody answered', () => {
    expect(state(record, [])).toBe('quiet');
    expect(state(record, [duty('2026-01-09')])).toBe('quiet');
    expect(
      verdictOn(
        'compliance-event',
        subjectOf({ events: [duty('2026-03-01'), duty('2026-03-02', { duty: undefined })] }),
      ),
    ).toMatchObject({
      state: 'fired',
      since: '2026-03-01T09:00:00Z',
      message: 'erasure: it happened; compliance event: it happened',
    });
  });

  test('is no business of other types', () => {
    expect(state(record, [eventOf('upstream-change', '2026-03-01T09:00:00Z')])).toBe('quiet');
  });

  const request = requestOf('compliance-event', '2026-03-05', {
    causes: [{ kind: 'event', source: duty('2026-03-01').id, message: 'erasure' }],
  });
  const closed = {
    ...request,
    closed: { at: '2026-03-20T09:00:00Z', by: alan, outcome: 'registered' as const, version: '1.1.0' },
  };

  test('a duty that came while a retraining runs is not answered by it', () => {
    const events = [duty('2026-03-01'), duty('2026-03-10')];
    expect(state(record, [duty('2026-03-01')], [request])).toBe('answered');
    expect(state(record, events, [request])).toBe('fired');
    expect(state(record, events, [closed])).toBe('fired');
    expect(state(record, [duty('2026-03-01')], [closed])).toBe('quiet');
  });

  test('a duty of the second of a request is answered where the request names it', () => {
    const together = eventOf('compliance-event', '2026-03-05T00:00:00Z', { duty: 'erasure' });
    const naming = {
      ...request,
      causes: [{ kind: 'event' as const, source: together.id, message: 'erasure' }],
    };
    expect(state(record, [together], [naming])).toBe('answered');
    expect(state(record, [together], [{ ...naming, closed: closed.closed }])).toBe('quiet');
    expect(state(record, [together], [request]), 'another is its cause').toBe('fired');
    const cancelled = { at: '2026-03-06T09:00:00Z', by: alan, outcome: 'cancelled' as const, reason: 'no' };
    const calledOff = { ...naming, closed: cancelled };
    expect(state(record, [together], [calledOff])).toBe('fired');
    const seen = { ...record, ...reviewedAt('2026-03-05', ['compliance-event']) };
    const same = eventOf('compliance-event', '2026-03-05T09:00:00Z', { id: together.id });
    expect(state(seen, [same], [calledOff]), 'a review of its second does not know it').toBe('fired');
  });

  test('a duty of the second of a review, or of a later one, is not answered by it', () => {
    const decided = { ...record, ...reviewedAt('2026-05-30', ['compliance-event']) };
    expect(state(decided, [duty('2026-05-30')])).toBe('fired');
    expect(state(decided, [eventOf('compliance-event', '2026-05-30T08:59:59Z')])).toBe('quiet');
  });

  test('a duty from before the registration and after the training began reaches the new version', () => {
    const next = serving('1.1.0', 100, {
      registered_at: '2026-03-20T09:00:00Z',
      change: { type: 'retraining', from: '1.0.0', request: request.id },
      training: { seed: 7, started_at: '2026-02-20T09:00:00Z' },
    });
    expect(state(next, [duty('2026-03-10')], [closed])).toBe('fired');
    expect(state(next, [duty('2026-03-01')], [closed]), 'its request was made for it').toBe('quiet');
    expect(state(next, [duty('2026-02-01')], [closed])).toBe('quiet');
  });

  test('cools only where the rule says so', () => {
    const decided = { ...record, ...reviewedAt('2026-05-30', ['compliance-event']) };
    const events = [duty('2026-05-31')];
    expect(state(decided, events)).toBe('fired');
    const model = modelOf({ triggers: [{ type: 'compliance-event', cooldown: 'P30D' }] });
    const cooled = subjectOf({ record: decided, events, model });
    expect(stateOn('compliance-event', cooled)).toBe('cooling');
    expect(stateOn('compliance-event', { ...cooled, now: '2026-06-29T09:00:00Z' })).toBe('fired');
  });
});
