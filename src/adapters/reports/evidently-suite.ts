// Evidently's test suites up to 0.6.3: `TestSuite.save_json`, a verdict a test, scores rounded to three decimals.
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { type Content, dataOf, field, isMapping, listField, textField } from './content.js';
import { withoutRepetitions } from './evidently-legacy.js';
import { flagOf } from './numbers.js';
import { methodId, observe, wholeDataset } from './observe.js';

/** `Share of Drifted Columns` as a metric's name: `share_of_drifted_columns`. */
export function metricName(title: string): string {
  return title
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
}

function verdictOf(status: string | undefined): boolean | null {
  // A warning is a failed test that its author does not call critical.
  if (status === 'FAIL' || status === 'WARNING') return true;
  return status === 'SUCCESS' ? false : null;
}

function limitOf(condition: unknown): unknown {
  for (const key of ['gt', 'gte', 'lt', 'lte']) {
    const limit = field(condition, key);
    if (limit !== undefined && limit !== null) return isMapping(limit) ? field(limit, 'value') : limit;
  }
  return null;
}

function columnDrift(name: string, column: unknown, notes: Set<string>): Observation {
  return observe(
    name,
    methodId(textField(column, 'stattest') ?? '', 'evidently', notes),
    field(column, 'score'),
    {
      threshold: field(column, 'threshold'),
      breached: flagOf(field(column, 'detected')),
    },
  );
}

function driftedColumns(test: unknown, features: Record<string, unknown>, notes: Set<string>): Observation[] {
  const columns = Object.entries(features);
  const drifted = columns.filter(([, column]) => flagOf(field(column, 'detected')) === true).length;
  const observations = columns.map(([name, column]) => columnDrift(name, column, notes));
  if (columns.length === 0 || !/share/i.test(textField(test, 'name') ?? '')) return observations;
  const share = observe(wholeDataset, 'drifted-share', drifted / columns.length, {
    threshold: limitOf(field(field(test, 'parameters'), 'condition')),
    breached: verdictOf(textField(test, 'status')),
  });
  return [share, ...observations];
}

function observationsOf(test: unknown, notes: Set<string>): Observation[] {
  const parameters = field(test, 'parameters');
  const status = textField(test, 'status');
  const title = metricName(textField(test, 'name') ?? 'test');
  const column = textField(parameters, 'column_name');
  const name = column === undefined ? title : `${column}.${title}`;
  if (status === 'ERROR' || status === 'SKIPPED') {
    const why = textField(test, 'description') ?? `the test's status is ${status}`;
    return [observe(name, 'value', null, { unmeasured: why })];
  }
  const features = field(parameters, 'features');
  if (isMapping(features)) return driftedColumns(test, features, notes);
  if (column !== undefined && textField(parameters, 'stattest') !== undefined)
    return [columnDrift(column, parameters, notes)];
  const breached = verdictOf(status);
  const verdict = { threshold: limitOf(field(parameters, 'condition')), breached };
  const value = field(parameters, 'value');
  if (typeof value === 'number' || value === null) return [observe(name, 'value', value, verdict)];
  // Its verdict must not be lost, though its value is no single number.
  return breached === null ? [] : [observe(name, 'drift-flag', breached ? 1 : 0, { breached })];
}

/** Tests with the same title and no column are told apart by their place. */
function told(observations: readonly Observation[]): Observation[] {
  const seen = new Map<string, number>();
  return observations.map((observation) => {
    const key = JSON.stringify([observation.name, observation.method]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? observation : { ...observation, name: `${observation.name} #${times}` };
  });
}

export function isSuite(content: Content): boolean {
  const data = dataOf(content);
  return Array.isArray(field(data, 'tests')) && isMapping(field(data, 'summary'));
}

/** Reads a test suite of Evidently 0.4. */
export function parseSuite(content: Content): ParsedReport {
  const data = dataOf(content);
  const version = textField(data, 'version');
  const notes = new Set([
    'the tests of a suite round drift scores to three decimals; their verdicts are exact',
  ]);
  const observations = listField(data, 'tests').flatMap((test) => observationsOf(test, notes));
  return {
    format: 'evidently-0.4',
    producer: version === undefined ? 'evidently' : `evidently ${version}`,
    observations: told(withoutRepetitions(observations)),
    notes: [...notes],
  };
}
