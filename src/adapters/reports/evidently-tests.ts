// What Evidently's tests since 0.6.4 say of the metrics that they are bound to: verdict, limit, which part of the value.
import { field, isMapping, textField } from './content.js';

/** One test of one metric. */
export interface BoundTest {
  metric: string;
  name: string;
  description: string;
  /** Null where the test could not be evaluated, or was skipped. */
  breached: boolean | null;
  threshold: unknown;
  /** The label that it looks at, where the metric has one value a label. */
  label: string | undefined;
  /** Whether it looks at the standard deviation of a mean. */
  ofDeviation: boolean;
  /** The metric's type and settings, which older versions write in tests alone. */
  params: Record<string, unknown>;
}

/** Takes one entry of `tests` apart. */
export function boundTest(raw: unknown): BoundTest {
  const status = textField(raw, 'status');
  const bound = field(raw, 'bound_test');
  const config = field(raw, 'test_config');
  const params = field(field(raw, 'metric_config'), 'params');
  const label = field(bound, 'label');
  const expected = field(config, 'threshold') ?? field(config, 'expected');
  return {
    metric:
      textField(field(raw, 'metric_config'), 'metric_id') ?? textField(bound, 'metric_fingerprint') ?? '',
    name: textField(raw, 'name') ?? 'test',
    description: textField(raw, 'description') ?? 'the tool does not say why',
    breached: status === 'FAIL' || status === 'WARNING' ? true : status === 'SUCCESS' ? false : null,
    // A limit for a count is none for the share that is read.
    threshold: typeof expected === 'number' && field(bound, 'is_count') !== true ? expected : null,
    label: typeof label === 'string' || typeof label === 'number' ? String(label) : undefined,
    ofDeviation: field(bound, 'is_mean') === false,
    params: isMapping(params) ? params : {},
  };
}

/** What several tests of one value come to: one that fails is enough, and its limit is the one to show. */
export function verdictOf(tests: readonly BoundTest[]): { breached: boolean | null; threshold: unknown } {
  const failed = tests.find(({ breached }) => breached === true);
  if (failed) return { breached: true, threshold: failed.threshold };
  const passed = tests.filter(({ breached }) => breached === false);
  // A test that could not be evaluated leaves the question open.
  const isOpen = passed.length < tests.length || passed.length === 0;
  const limited = passed.find(({ threshold }) => threshold !== null);
  return { breached: isOpen ? null : false, threshold: limited?.threshold ?? null };
}
