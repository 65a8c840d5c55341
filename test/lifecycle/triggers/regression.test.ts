// metric-regression: worse than at registration by more than a share, whichever way is better.
import { describe, expect, test } from 'vitest';
import type {
  EvaluationGate,
  MonitoringReport,
  Trigger,
  VersionRecord,
} from '../../../src/generated/types.js';
import { seriesOf } from '../../../src/lifecycle/monitoring/series.js';
import type { TriggerVerdict } from '../../../src/lifecycle/triggers/trigger.js';
import { modelOf, serving } from '../../support/records.js';
import { metric, quality, reportOf, subjectOf, verdictOn } from '../../support/watching.js';

type Results = Omit<VersionRecord['evaluation_results'], 'evaluation_dataset'>;
const higher = { better: 'higher' as const };
const lower = { better: 'lower' as const };

function regression(
  results: Results,
  metrics: EvaluationGate['metrics'] | undefined,
  reports: readonly MonitoringReport[],
  rule: Partial<Trigger> = {},
): TriggerVerdict {
  const record = serving('1.0.0', 100, {
    evaluation_results: { evaluation_dataset: 'golden@v1', ...results },
  });
  const model = modelOf({ triggers: [{ type: 'metric-regression', ...rule }] });
  return verdictOn('metric-regression', subjectOf({ model, record, metrics, reports: seriesOf(reports) }));
}

const held = (
  baseline: number,
  better: 'higher' | 'lower',
  value: number | null,
  rule = {},
): TriggerVerdict =>
  regression({ m: baseline }, { m: { better } }, [quality('2026-03-08', 'm', value)], rule);

describe('a metric', () => {
  test.each([
    [0.9, 'higher', 0.8, 'fired'],
    [0.9, 'higher', 0.855, 'quiet'],
    [0.9, 'higher', 0.95, 'quiet'],
    [200, 'lower', 211, 'fired'],
    [200, 'lower', 210, 'quiet'],
    [200, 'lower', 100, 'quiet'],
    [-2, 'higher', -2.2, 'fired'],
    [-2, 'higher', -2.05, 'quiet'],
    [-2, 'higher', -1, 'quiet'],
    [-2, 'lower', -1.8, 'fired'],
    [-2, 'lower', -3, 'quiet'],
    [0, 'lower', 0.01, 'fired'],
    [0, 'lower', 0, 'quiet'],
    [0, 'lower', -1, 'quiet'],
    [0, 'higher', -0.01, 'fired'],
    [0.9, 'higher', null, 'unmeasurable'],
  ] as const)('of %s, better %s, that is %s now is %s', (baseline, better, value, state) => {
    expect(held(baseline, better, value).state).toBe(state);
  });

  test('beyond its share names the numbers and the report', () => {
    expect(held(0.9, 'higher', 0.8)).toMatchObject({
      message: 'm is 0.8, 11.1 % worse than 0.9 at registration, in the window that ended 2026-03-08',
      since: '2026-03-08T06:00:00Z',
      causes: [{ kind: 'report', source: '1.0.0/20260308T000000Z-quality' }],
    });
    expect(held(0, 'lower', 0.5).message).toContain('m is 0.5, worse than 0 at registration');
    expect(held(0, 'lower', 0).message).toBe('m is 0, 0 % worse than 0 at registration');
    expect(held(0.9, 'higher', 0.99).message).toBe('m is 0.99, 10 % better than 0.9 at registration');
  });

  test('the share is the rule’s', () => {
    expect(held(0.9, 'higher', 0.88, { threshold: 0.01 }).state).toBe('fired');
    expect(held(0.9, 'higher', 0.6, { threshold: 0.5 }).state).toBe('quiet');
  });

  test.each(['quality', 'latency', 'cost'] as const)('is found in reports on %s', (signal) => {
    const report = reportOf('2026-03-08', signal, [metric('m', 0.1)]);
    expect(regression({ m: 0.9 }, { m: higher }, [report]).state).toBe('fired');
  });

  test('is not found in reports on drift, nor as the drift of a column of its name', () => {
    const drifted = reportOf('2026-03-08', 'output-drift', [metric('m', 0.1)]);
    const distance = reportOf('2026-03-08', 'quality', [{ ...metric('m', 0.1), method: 'psi' }]);
    expect(regression({ m: 0.9 }, { m: higher }, [drifted]).state).toBe('unmeasurable');
    expect(regression({ m: 0.9 }, { m: higher }, [distance]).state).toBe('unmeasurable');
  });

  test('may be nested', () => {
    const results = { recall: { malignant: 0.9 } } as unknown as Results;
    const reports = [quality('2026-03-08', 'recall.malignant', 0.7)];
    const metrics = { 'recall.malignant': higher };
    expect(regression(results, metrics, reports).state).toBe('fired');
    expect(regression(results, metrics, reports, { metric: 'recall.malignant' }).state).toBe('fired');
  });

  test('that recovered stays fired', () => {
    const reports = [quality('2026-03-08', 'm', 0.5), quality('2026-03-15', 'm', 0.95)];
    expect(regression({ m: 0.9 }, { m: higher }, reports)).toMatchObject({
      state: 'fired',
      since: '2026-03-08T06:00:00Z',
    });
  });
});

describe('what cannot be measured', () => {
  const reports = [quality('2026-03-08', 'm', 0.9)];

  test.each([
    ['the metric has no number at registration', { other: 1 }, { m: higher }, { metric: 'm' }],
    ['it has a text', { m: 'unmeasured' }, { m: higher }, { metric: 'm' }],
    ['it does not apply', { m: null }, { m: higher }, { metric: 'm' }],
    ['the gate gives it no direction', { m: 0.9 }, { other: higher }, { metric: 'm' }],
    ['there is no gate', { m: 0.9 }, undefined, {}],
  ])('%s', (_what, results, metrics, rule) => {
    const found = regression(results, metrics, reports, rule);
    expect(found.state).toBe('unmeasurable');
    expect(found.message).toContain('at registration and a direction in gate.yaml');
  });

  test('no report has it', () => {
    expect(regression({ m: 0.9 }, { m: higher }, [])).toMatchObject({
      state: 'unmeasurable',
      message: 'no report has m',
    });
  });

  test('one metric that was not measured keeps the others from being quiet', () => {
    const report = reportOf('2026-03-08', 'quality', [metric('m', 0.9), metric('n', null)]);
    expect(regression({ m: 0.9, n: 0.9 }, { m: higher, n: lower }, [report])).toMatchObject({
      state: 'unmeasurable',
      message: 'n was not measured',
    });
  });

  test('a metric that reports no longer have', () => {
    const gone = [quality('2026-03-08', 'm', 0.9), quality('2026-03-22', 'other', 1)];
    expect(regression({ m: 0.9 }, { m: higher }, gone).message).toBe('m is in no report since 2026-03-08');
  });

  test('metrics that no report ever had are named', () => {
    const found = regression({ m: 0.9, n: 1 }, { m: higher, n: lower }, reports);
    expect(found).toMatchObject({ state: 'quiet' });
    expect(found.message).toContain('no report has n');
  });
});

test('the worst of the quiet metrics is told', () => {
  const report = reportOf('2026-03-08', 'quality', [metric('m', 0.9), metric('n', 0.88)]);
  expect(regression({ m: 0.9, n: 0.9 }, { m: higher, n: higher }, [report]).message).toContain('n is 0.88');
});

test('every metric that got worse is a cause', () => {
  const report = reportOf('2026-03-08', 'quality', [metric('m', 0.1), metric('n', 0.1)]);
  const found = regression({ m: 0.9, n: 0.9 }, { m: higher, n: higher }, [report]);
  expect(found.causes).toHaveLength(2);
  expect(
    regression({ m: 0.9, n: 0.9 }, { m: higher, n: higher }, [report], { metric: 'n' }).causes,
  ).toHaveLength(1);
});
