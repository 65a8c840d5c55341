// Which decision answers a trigger: a request, a review with a reason, a deprecation; and when it may fire again.
import { describe, expect, test } from 'vitest';
import type {
  MonitoringReport,
  RetrainingRequest,
  TargetReview,
  VersionRecord,
} from '../../../src/generated/types.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import type { TriggerSubject } from '../../../src/lifecycle/triggers/trigger.js';
import { alan, deprecated, entry, modelOf, serving } from '../../support/records.js';
import {
  eventOf,
  psi,
  quality,
  reportOf,
  requestOf,
  seen,
  stateOn,
  subjectOf,
  verdictOn,
} from '../../support/watching.js';

const drifted = psi('2026-03-08', 0.31);

function drifting(
  changes: Partial<VersionRecord>,
  requests: RetrainingRequest[] = [],
  reports: MonitoringReport[] = [drifted],
  more: Partial<TriggerSubject> = {},
): TriggerSubject {
  return subjectOf({ record: serving('1.0.0', 100, changes), requests, reports: seriesOf(reports), ...more });
}
const state = (...args: Parameters<typeof drifting>): string => stateOn('drift-threshold', drifting(...args));

function reviewed(at: string, changes: Partial<TargetReview> = {}): Pick<VersionRecord, 'reviews'> {
  const target = '2027-01-10';
  return {
    reviews: [
      {
        at,
        by: alan,
        decision: 'keep',
        reason: 'seen',
        previous_target: target,
        deprecation_target: target,
        ...changes,
      },
    ],
  };
}
const closedAt = (
  at: string,
  outcome: 'registered' | 'cancelled' = 'registered',
): Pick<RetrainingRequest, 'closed'> => ({
  closed: { at, by: alan, outcome, ...(outcome === 'registered' ? { version: '1.1.0' } : { reason: 'no' }) },
});

describe('a request', () => {
  test('that is open answers', () => {
    expect(
      verdictOn('drift-threshold', drifting({}, [requestOf('drift-threshold', '2026-03-10')])),
    ).toMatchObject({
      state: 'answered',
      message: 'the request drift-threshold-0123456789ab of 2026-03-10 stands',
      since: null,
      causes: [],
      answer: { kind: 'retrain', request: 'drift-threshold-0123456789ab' },
    });
  });

  test.each([
    ['is for another trigger', requestOf('calendar', '2026-03-10')],
    ['is about another version', requestOf('drift-threshold', '2026-03-10', { version: '2.0.0' })],
    [
      'was cancelled',
      requestOf('drift-threshold', '2026-03-10', closedAt('2026-03-11T09:00:00Z', 'cancelled')),
    ],
  ])('that %s answers nothing', (_what, request) => {
    expect(state({}, [request])).toBe('fired');
  });

  test('that a version closed answers all that was recorded until then', () => {
    const closed = [requestOf('drift-threshold', '2026-03-10', closedAt('2026-03-20T09:00:00Z'))];
    expect(state({}, closed)).toBe('unmeasurable');
    expect(state({}, closed, [drifted, psi('2026-03-15', 0.4)])).toBe('unmeasurable');
    expect(state({}, closed, [drifted, psi('2026-05-15', 0.4)])).toBe('fired');
  });

  test('that is open stands, whatever is reviewed after', () => {
    const open = [requestOf('drift-threshold', '2026-03-10')];
    expect(state(reviewed('2026-03-12T09:00:00Z'), open, [drifted, psi('2026-05-15', 0.4)])).toBe('answered');
  });
});

describe('a review', () => {
  test.each([
    ['with a reason', {}, 'unmeasurable'],
    ['without a reason', { reason: undefined }, 'fired'],
    ['with a blank reason', { reason: ' ' }, 'fired'],
    ['that names the trigger', { triggers: ['drift-threshold' as const] }, 'unmeasurable'],
    ['that names another', { triggers: ['calendar' as const] }, 'fired'],
  ])('%s', (_what, changes, wanted) => {
    expect(state(reviewed('2026-03-10T09:00:00Z', changes))).toBe(wanted);
  });

  test.each([
    ['names nothing', {}, 'fired'],
    ['names the trigger', { triggers: ['drift-threshold' as const] }, 'unmeasurable'],
    ['names another', { triggers: ['calendar' as const] }, 'fired'],
    ['names it without a reason', { reason: '', triggers: ['drift-threshold' as const] }, 'fired'],
  ])('that moves the target and %s', (_what, changes, wanted) => {
    const moved = reviewed('2026-03-10T09:00:00Z', { decision: 'retarget', ...changes });
    expect(state(moved)).toBe(wanted);
  });

  const duty = eventOf('compliance-event', '2026-03-09T09:00:00Z', { duty: 'erasure' });
  test.each([
    ['keeps the target, and names nothing', {}, 'fired'],
    ['names another', { triggers: ['drift-threshold' as const] }, 'fired'],
    ['names it', { triggers: ['compliance-event' as const] }, 'quiet'],
    ['moves the target', { decision: 'retarget' as const }, 'fired'],
  ])('of a compliance event, that %s', (_what, changes, wanted) => {
    const subject = drifting(reviewed('2026-03-10T09:00:00Z', changes), [], [], { events: [duty] });
    expect(stateOn('compliance-event', subject)).toBe(wanted);
  });

  test('says since when nothing is measured', () => {
    expect(verdictOn('drift-threshold', drifting(reviewed('2026-03-10T09:00:00Z'))).message).toBe(
      'there is no drift report to measure it by, since the decision of 2026-03-10',
    );
  });

  test('answers all triggers, or those that it names', () => {
    const subject = drifting({ ...reviewed('2026-05-30T09:00:00Z', { triggers: ['calendar'] }) });
    expect(stateOn('calendar', subject)).toBe('quiet');
    expect(stateOn('drift-threshold', subject)).toBe('fired');
  });
});

describe('a deprecation', () => {
  const history = { deployment_history: [entry('production', 100)] };

  test('answers everything while it runs', () => {
    const record = deprecated('1.0.0', history);
    const subject = subjectOf({ record, reports: seriesOf([drifted, psi('2026-05-20', 0.5)]) });
    expect(verdictOn('drift-threshold', subject)).toMatchObject({
      state: 'answered',
      message: 'the deprecation of 2026-03-01 stands',
    });
    expect(stateOn('calendar', subject)).toBe('answered');
  });

  test('that was taken back answers nothing', () => {
    const { deprecation } = deprecated();
    const reinstated = { at: '2026-04-01T09:00:00Z', by: alan, reason: 'no successor' };
    const record = serving('1.0.0', 100, {
      deprecation: { ...deprecation, reinstated } as VersionRecord['deprecation'],
    });
    expect(stateOn('drift-threshold', subjectOf({ record, reports: seriesOf([drifted]) }))).toBe('fired');
  });
});

describe('the pause after a decision', () => {
  const decided = reviewed('2026-03-10T09:00:00Z');
  const again = [drifted, psi('2026-03-15', 0.4)];
  const at = (now: string, reports = again, triggers = modelOf().triggers): string =>
    state(decided, [], reports, { now, model: modelOf({ triggers }) });

  test('is fourteen days, to the second', () => {
    expect(at('2026-03-24T08:59:59Z')).toBe('cooling');
    expect(at('2026-03-24T09:00:00Z')).toBe('fired');
  });

  test('is said, with what would fire', () => {
    const found = verdictOn('drift-threshold', drifting(decided, [], again, { now: '2026-03-20T09:00:00Z' }));
    expect(found.message).toMatch(/^psi of tenure is 0.4, .*; quiet until 2026-03-24$/);
    expect(found.since).toBe('2026-03-15T06:00:00Z');
  });

  test('is as long as the rule says', () => {
    const rule = [{ type: 'drift-threshold' as const, cooldown: 'P1M' }];
    expect(at('2026-04-10T08:59:59Z', again, rule)).toBe('cooling');
    expect(at('2026-04-10T09:00:00Z', again, rule)).toBe('fired');
  });

  test('what recovered in it does not fire after it', () => {
    expect(at('2026-04-01T09:00:00Z', [...again, psi('2026-03-26', 0.01)])).toBe('quiet');
    expect(at('2026-04-01T09:00:00Z', [...again, psi('2026-03-26', 0.3)])).toBe('fired');
  });

  test('what drifted in it is not covered by a report on something else', () => {
    const other = reportOf('2026-03-26', 'output-drift', [seen(0.01, { name: 'score' })]);
    expect(at('2026-04-01T09:00:00Z', [...again, other])).toBe('fired');
    const metrics = { m: { better: 'higher' as const }, n: { better: 'higher' as const } };
    const subject = subjectOf({
      metrics,
      record: serving('1.0.0', 100, {
        ...decided,
        evaluation_results: { evaluation_dataset: 'g@1', m: 0.9, n: 0.9 },
      }),
      reports: seriesOf([quality('2026-03-15', 'm', 0.5), quality('2026-03-26', 'n', 0.9)]),
    });
    expect(stateOn('metric-regression', subject)).toBe('fired');
  });

  test('does not end a second before', () => {
    const late = psi('2026-03-24', 0.01, { recorded_at: '2026-03-24T09:00:00Z' });
    expect(at('2026-04-01T09:00:00Z', [...again, late])).toBe('fired');
  });
});

test('a report that arrives after the decision, or in its second, is new, whatever time it is about', () => {
  const late = psi('2026-03-09', 0.4, { recorded_at: '2026-03-11T09:00:00Z' });
  expect(state(reviewed('2026-03-10T09:00:00Z'), [], [drifted, late])).toBe('fired');
  const together = psi('2026-03-09', 0.4, { recorded_at: '2026-03-10T09:00:00Z' });
  const far = { now: '2026-06-01T09:00:00Z' };
  expect(state(reviewed('2026-03-10T09:00:00Z'), [], [drifted, together], far)).toBe('fired');
  const known = psi('2026-03-09', 0.4, { recorded_at: '2026-03-10T08:59:59Z' });
  expect(state(reviewed('2026-03-10T09:00:00Z'), [], [drifted, known])).toBe('unmeasurable');
});

test('a rule that is switched off says why, and is never quiet', () => {
  const model = modelOf({ triggers: [{ type: 'drift-threshold', disabled: 'labels are late' }] });
  expect(verdictOn('drift-threshold', drifting({}, [], [drifted], { model }))).toMatchObject({
    state: 'disabled',
    message: 'switched off: labels are late',
    since: null,
  });
});
