// drift-threshold: fires on a key feature beyond its limit, on enough samples; what is not measured is never quiet.
import { describe, expect, test } from 'vitest';
import type { MonitoringReport, Trigger } from '../../../src/generated/types.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import type { TriggerVerdict } from '../../../src/lifecycle/triggers/trigger.js';
import { modelOf } from '../../support/records.js';
import { psi, reportOf, seen, subjectOf, verdictOn } from '../../support/watching.js';

function drift(
  reports: readonly MonitoringReport[],
  rule: Partial<Trigger> = {},
  keyFeatures?: string[],
): TriggerVerdict {
  const model = modelOf({
    triggers: [{ type: 'drift-threshold', ...rule }],
    ...(keyFeatures ? { monitoring: { key_features: keyFeatures } } : {}),
  });
  return verdictOn('drift-threshold', subjectOf({ model, reports: seriesOf(reports) }));
}

const by = (method: string, value: number, changes = {}): MonitoringReport =>
  reportOf('2026-03-08', 'input-drift', [seen(value, { method, ...changes })]);

describe('psi', () => {
  test.each([
    [0.31, 'fired'],
    [0.2, 'quiet'],
    [0.05, 'quiet'],
    [null, 'unmeasurable'],
  ])('of %s is %s', (value, state) => {
    expect(drift([psi('2026-03-08', value)]).state).toBe(state);
  });

  test('beyond its limit names the numbers, the report, and since when', () => {
    expect(drift([psi('2026-03-08', 0.31)])).toMatchObject({
      message: 'psi of tenure is 0.31, limit 0.2, in the window that ended 2026-03-08',
      since: '2026-03-08T06:00:00Z',
      causes: [{ kind: 'report', source: '1.0.0/20260308T000000Z-input-drift' }],
      response: 'start the retraining pipeline',
      rule: 'psi > 0.2 on any feature; other methods by their own limit',
      answer: null,
    });
  });

  test('that recovered stays fired until somebody decides', () => {
    const found = drift([psi('2026-03-08', 0.31), psi('2026-03-15', 0.4), psi('2026-03-22', 0.01)]);
    expect(found).toMatchObject({ state: 'fired', since: '2026-03-08T06:00:00Z' });
    expect(found.causes).toHaveLength(1);
  });

  test.each([
    [{ reference: 199, current: 5000 }, 'unmeasurable', 'the report has 199 and 5000'],
    [{ reference: 5000, current: 199 }, 'unmeasurable', 'the report has 5000 and 199'],
    [{ reference: 200, current: 200 }, 'fired', 'is 0.31'],
    [{ current: 5000 }, 'unmeasurable', 'does not say how many'],
    [{ reference: 5000 }, 'unmeasurable', 'does not say how many'],
    [undefined, 'unmeasurable', 'does not say how many'],
  ])('on samples of %o is %s', (samples, state, message) => {
    const found = drift([{ ...psi('2026-03-08', 0.31), samples }]);
    expect(found.state).toBe(state);
    expect(found.message).toContain(message);
  });

  test('a drift on too few samples is no reason, even where the next report is measured', () => {
    const few = psi('2026-03-08', 0.9, { samples: { reference: 100, current: 100 } });
    expect(drift([few, psi('2026-03-15', 0.1)]).state).toBe('quiet');
  });
});

describe('the rule', () => {
  test('its threshold counts for psi, whatever the report says', () => {
    expect(drift([psi('2026-03-08', 0.15)], { threshold: 0.1 }).state).toBe('fired');
    expect(drift([psi('2026-03-08', 0.25)], { threshold: 0.3 }).state).toBe('quiet');
  });

  test('without a method, others are held against their own verdict alone', () => {
    const at = { threshold: 0.05, verdict: 'within' as const };
    expect(drift([by('ks-p-value', 0.3, at)], { threshold: 0.1 }).state).toBe('quiet');
    const low = { threshold: 0.05, verdict: 'breached' as const };
    expect(drift([by('ks-p-value', 0.01, low)], { threshold: 0.001 }).state).toBe('fired');
  });

  test.each([
    ['ks-p-value', 0.01, undefined, 'fired'],
    ['ks-p-value', 0.3, undefined, 'quiet'],
    ['ks-p-value', 0.01, 0.001, 'quiet'],
    ['jensen-shannon', 0.3, undefined, 'fired'],
    ['jensen-shannon', 0.01, undefined, 'quiet'],
    ['Jensen-Shannon distance', 0.3, 0.2, 'fired'],
  ])('%s of %s with the limit %s is %s', (method, value, threshold, state) => {
    const recorded = method === 'Jensen-Shannon distance' ? 'jensen-shannon' : method;
    const report = by(recorded, value, { threshold: undefined, verdict: 'unjudged' });
    expect(drift([report], { method, threshold }).state).toBe(state);
  });

  test('looks at its own method alone', () => {
    const report = reportOf('2026-03-08', 'input-drift', [
      seen(0.9),
      seen(0.4, { method: 'ks-p-value', threshold: 0.05, verdict: 'within' }),
    ]);
    expect(drift([report], { method: 'ks-p-value' }).state).toBe('quiet');
  });

  test('a method that no report has is not measured', () => {
    const found = drift([psi('2026-03-08', 0.01)], { method: 'wasserstein' });
    expect(found).toMatchObject({ state: 'unmeasurable', message: 'no drift is reported by wasserstein' });
  });

  test('a name that two methods have is not guessed', () => {
    const found = drift([by('ks-p-value', 0.001, { verdict: 'breached' })], { method: 'ks' });
    expect(found.state).toBe('unmeasurable');
    expect(found.message).toContain('ks-p-value or ks-statistic');
  });

  test('the side of a method that nobody knows is not guessed', () => {
    const rule = { method: 'my-distance', threshold: 0.3 };
    expect(drift([by('my-distance', 0.9, { verdict: 'unjudged' })], rule).state).toBe('unmeasurable');
    expect(drift([by('my-distance', 0.9, { verdict: 'breached' })], rule).state).toBe('fired');
    expect(drift([by('my-distance', 0.9, { verdict: 'within' })], rule).state).toBe('quiet');
  });

  test('its samples count for every method', () => {
    const report = by('jensen-shannon', 0.5, { verdict: 'breached' });
    expect(drift([report], { min_samples: 1000 }).state).toBe('fired');
    expect(drift([report], { min_samples: 1001 }).state).toBe('unmeasurable');
    expect(
      drift([psi('2026-03-08', 0.5, { samples: { reference: 50, current: 50 } })], { min_samples: 50 }).state,
    ).toBe('fired');
  });

  test('several of one type are held side by side', () => {
    const triggers: Trigger[] = [
      { type: 'drift-threshold', threshold: 0.5 },
      { type: 'drift-threshold', threshold: 0.1 },
      { type: 'drift-threshold', disabled: 'under test' },
    ];
    const subject = subjectOf({ model: modelOf({ triggers }), reports: seriesOf([psi('2026-03-08', 0.3)]) });
    expect(() => verdictOn('drift-threshold', subject)).toThrow('3 rules');
  });
});

describe('what nothing is held against', () => {
  const bare = { method: 'ks-statistic', threshold: undefined, verdict: 'unjudged' as const };
  const week = (...observations: ReturnType<typeof seen>[]): MonitoringReport =>
    reportOf('2026-03-08', 'input-drift', observations);

  test('is no gap where another method judged the same feature in the same window', () => {
    expect(drift([week(seen(0.1), seen(0.4, bare), seen(0.9, { ...bare, method: 'mine' }))])).toMatchObject({
      state: 'quiet',
      message: 'psi of tenure is 0.1, limit 0.2',
    });
    expect(drift([week(seen(0.4, bare), seen(0.1))], {}, ['tenure']).state).toBe('quiet');
    expect(drift([week(seen(0.4, bare), seen(0.3))]).state).toBe('fired');
  });

  test.each([
    ['no other method', [week(seen(0.4, bare))]],
    ['another feature', [week(seen(0.1, { name: 'age' }), seen(0.4, bare))]],
    ['a PSI that was not measured', [week(seen(null), seen(0.4, bare))]],
    ['a PSI of too few', [{ ...week(seen(0.1), seen(0.4, bare)), samples: { reference: 9, current: 9 } }]],
    ['a PSI of another window', [week(seen(0.1)), reportOf('2026-03-15', 'input-drift', [seen(0.4, bare)])]],
    ['a PSI of another signal', [week(seen(0.4, bare)), reportOf('2026-03-08', 'output-drift', [seen(0.1)])]],
  ])('is one beside %s', (_what, reports) => {
    expect(drift(reports).state).toBe('unmeasurable');
  });

  test('is one where it was not measured', () => {
    expect(drift([week(seen(0.1), seen(null, { method: 'ks-statistic' }))]).state).toBe('unmeasurable');
  });
});

test('names the signal where it is not the input’s', () => {
  const output = reportOf('2026-03-08', 'output-drift', [seen(0.3, { name: 'age' })]);
  expect(drift([output]).message).toBe(
    'psi of age (output-drift) is 0.3, limit 0.2, in the window that ended 2026-03-08',
  );
  const unmeasured = reportOf('2026-03-08', 'output-drift', [seen(null, { name: 'age' })]);
  expect(drift([unmeasured]).message).toBe('psi of age (output-drift) was not measured');
});

describe('features', () => {
  const two = (tenure: number, age: number): MonitoringReport =>
    reportOf('2026-03-08', 'input-drift', [seen(tenure), seen(age, { name: 'age' })]);

  test('that are not key do not fire', () => {
    expect(drift([two(0.01, 0.9)], {}, ['tenure']).state).toBe('quiet');
    expect(drift([two(0.9, 0.01)], {}, ['tenure']).state).toBe('fired');
  });

  test('of the rule go before the key features', () => {
    expect(drift([two(0.01, 0.9)], { features: ['age'] }, ['tenure']).state).toBe('fired');
  });

  test('a key feature that is in no report is not quiet', () => {
    expect(drift([two(0.01, 0.01)], {}, ['tenure', 'income'])).toMatchObject({
      state: 'unmeasurable',
      message: 'income is in no report',
    });
    expect(drift([two(0.01, 0.01)], {}, ['income']).message).toBe('income is in no report');
    expect(drift([], {}, ['income']).message).toBe('there is no drift report to measure it by');
  });

  test('a key feature that reports no longer have is not quiet', () => {
    const gone = [
      psi('2026-03-08', 0.01),
      reportOf('2026-03-22', 'input-drift', [seen(0.1, { name: 'age' })]),
    ];
    expect(drift(gone, {}, ['tenure'])).toMatchObject({
      state: 'unmeasurable',
      message: 'tenure is in no report since 2026-03-08',
    });
    const aWeek = [
      psi('2026-03-08', 0.01),
      reportOf('2026-03-15', 'input-drift', [seen(0.1, { name: 'age' })]),
    ];
    expect(drift(aWeek, {}, ['tenure']).state).toBe('quiet');
  });

  test('drift of what the model says is looked at beside them', () => {
    const output = reportOf('2026-03-08', 'output-drift', [seen(0.9, { name: 'score' })]);
    expect(drift([psi('2026-03-08', 0.01), output], {}, ['tenure']).state).toBe('fired');
    expect(drift([psi('2026-03-08', 0.01), output], { features: ['tenure'] }).state).toBe('quiet');
  });

  test('quality is no drift', () => {
    const report = reportOf('2026-03-08', 'quality', [seen(0.9)]);
    expect(drift([report]).message).toBe('there is no drift report to measure it by');
  });
});

test('one feature that is not measured keeps the others from being quiet', () => {
  const report = reportOf('2026-03-08', 'input-drift', [seen(0.01), seen(null, { name: 'age' })]);
  expect(drift([report])).toMatchObject({ state: 'unmeasurable', message: 'psi of age was not measured' });
  const broken = reportOf('2026-03-08', 'input-drift', [seen(0.9), seen(null, { name: 'age' })]);
  expect(drift([broken]).state).toBe('fired');
});

test('the newest report decides what is measured', () => {
  expect(drift([psi('2026-03-08', 0.01), psi('2026-03-15', null)]).state).toBe('unmeasurable');
  expect(drift([psi('2026-03-08', null), psi('2026-03-15', 0.01)]).state).toBe('quiet');
});
