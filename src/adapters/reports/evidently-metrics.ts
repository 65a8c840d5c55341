// Evidently since 0.6.4: metrics to observations, with the verdicts of the tests that are bound to them.
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { unknownMethod } from '../../lifecycle/monitoring/methods.js';
import { field, isMapping, textField } from './content.js';
import type { Entry } from './evidently-entry.js';
import { metricName } from './evidently-suite.js';
import { type BoundTest, verdictOf } from './evidently-tests.js';
import { countOf, numberOrNull } from './numbers.js';
import { methodId, observe, wholeDataset } from './observe.js';

// Settings that say how a metric is drawn, or which column it is about.
const unimportant = /^(?:column|columns|classification_name|regression_name|.*_tests|tests)$/;

/** `age.quantile_value[quantile=0.25]`: the metric, of which column, with the settings that change its value. */
function nameOf({ type, params }: Entry): string {
  const settings = Object.entries(params).flatMap(([key, value]) => {
    if (unimportant.test(key) || typeof value === 'boolean') return [];
    if (Array.isArray(value)) return [`${key}=${value.join('|')}`];
    return typeof value === 'string' || typeof value === 'number' ? [`${key}=${value}`] : [];
  });
  const column = textField(params, 'column');
  const metric = `${metricName(type)}${settings.length > 0 ? `[${settings.join(',')}]` : ''}`;
  return column === undefined ? metric : `${column}.${metric}`;
}

/** The part of a value that is read: a share instead of a count, a mean without its deviation. */
function partOf(value: unknown): unknown {
  if (!isMapping(value)) return value;
  if (Object.hasOwn(value, 'share')) return value.share;
  return Object.hasOwn(value, 'mean') && Object.hasOwn(value, 'std') ? value.mean : value;
}

const isSingle = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'string';

interface Collected {
  notes: Set<string>;
  leftOut: Set<string>;
}

function driftOf(entry: Entry, tests: readonly BoundTest[], notes: Set<string>): Observation {
  const { params, value } = entry;
  // Older versions name neither; what a person set stands in the label, or with the test.
  const raw =
    textField(params, 'method') ?? tests.map((test) => textField(test.params, 'method')).find(Boolean);
  const limit = numberOrNull(params.threshold ?? tests.map((test) => test.params.threshold).find(Boolean));
  const { breached } = verdictOf(tests);
  if (breached === null && (raw === undefined || limit === null)) {
    notes.add(
      'Evidently before 0.7.16 writes no method and threshold unless both are set, so these scores are not judged: ' +
        'use 0.7.16 or later, or run the report with include_tests=True',
    );
  }
  const method = raw === undefined ? unknownMethod : methodId(raw, 'evidently', notes);
  return observe(textField(params, 'column') ?? wholeDataset, method, value, { threshold: limit, breached });
}

function plainOf(entry: Entry, tests: readonly BoundTest[], found: Collected): Observation[] {
  const name = nameOf(entry);
  const value = partOf(entry.value);
  if (isSingle(value)) {
    const ofDeviation = tests.filter((test) => test.ofDeviation);
    const own = tests.filter((test) => !test.ofDeviation);
    const deviation = field(entry.value, 'std');
    return [
      observe(name, 'value', value, verdictOf(own)),
      ...(ofDeviation.length > 0 ? [observe(`${name}.std`, 'value', deviation, verdictOf(ofDeviation))] : []),
    ];
  }
  const labels = isMapping(value) ? Object.entries(value) : [];
  if (labels.length === 0 || !labels.every(([, single]) => isSingle(single))) {
    found.leftOut.add(entry.type);
    const { breached } = verdictOf(tests);
    return breached === null ? [] : [observe(name, 'drift-flag', breached ? 1 : 0, { breached })];
  }
  return labels.map(([label, single]) => {
    const own = tests.filter((test) => test.label === undefined || test.label === label);
    return observe(`${name}.${label}`, 'value', single, verdictOf(own));
  });
}

function observationsOf(entry: Entry, tests: readonly BoundTest[], found: Collected): Observation[] {
  const { type, params, value } = entry;
  const verdict = verdictOf(tests);
  switch (type) {
    case 'ValueDrift':
      return [driftOf(entry, tests, found.notes)];
    case 'DriftedColumnsCount':
      return [
        observe(wholeDataset, 'drifted-share', partOf(value), {
          threshold: params.drift_share ?? verdict.threshold,
          breached: verdict.breached,
        }),
      ];
    case 'MissingValueCount':
      return [observe(textField(params, 'column') ?? wholeDataset, 'missing-share', partOf(value), verdict)];
    case 'DatasetMissingValueCount':
      return [observe(wholeDataset, 'missing-share', partOf(value), verdict)];
    case 'RowCount':
      return tests.length > 0 ? plainOf(entry, tests, found) : [];
    default:
      return plainOf(entry, tests, found);
  }
}

/** All metrics of a report, and those tests whose metric is not among them. */
export function reportOf(
  entries: readonly Entry[],
  tests: readonly BoundTest[],
): Pick<ParsedReport, 'samples' | 'observations' | 'notes'> {
  const found: Collected = { notes: new Set(), leftOut: new Set() };
  const byMetric = new Map<string, BoundTest[]>();
  for (const test of tests) {
    const known = byMetric.get(test.metric);
    if (known) known.push(test);
    else byMetric.set(test.metric, [test]);
  }
  const observations = entries.flatMap((entry) => observationsOf(entry, byMetric.get(entry.id) ?? [], found));
  const ids = new Set(entries.map(({ id }) => id));
  for (const test of tests) {
    if (!ids.has(test.metric))
      observations.push(observe(metricName(test.name), 'value', null, { unmeasured: test.description }));
    else if (test.breached === null) found.notes.add(`not evaluated: ${test.name}: ${test.description}`);
  }
  if (found.leftOut.size > 0) found.notes.add(`no single number, left out: ${[...found.leftOut].join(', ')}`);
  const rows = entries.find(({ type }) => type === 'RowCount');
  const current = rows && countOf(rows.value);
  return {
    ...(current === undefined ? {} : { samples: { current } }),
    observations,
    notes: [...found.notes],
  };
}
