// Evidently up to 0.6.3, and its legacy namespace since: `Report.save_json`, with the tool's own verdict beside every score.
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { type Content, dataOf, field, isMapping, listField, textField } from './content.js';
import { countOf, flagOf } from './numbers.js';
import { methodId, observe, wholeDataset } from './observe.js';

type Samples = NonNullable<ParsedReport['samples']>;

/** What is being collected from one report. */
interface Findings {
  observations: Observation[];
  notes: Set<string>;
  leftOut: Set<string>;
  samples: Samples;
}

function driftOf(column: unknown, found: Findings): Observation[] {
  const name = textField(column, 'column_name');
  if (name === undefined) return [];
  const method = methodId(textField(column, 'stattest_name') ?? '', 'evidently', found.notes);
  return [
    observe(name, method, field(column, 'drift_score'), {
      threshold: field(column, 'stattest_threshold'),
      breached: flagOf(field(column, 'drift_detected')),
    }),
  ];
}

function shareOf(result: unknown): Observation {
  return observe(wholeDataset, 'drifted-share', field(result, 'share_of_drifted_columns'), {
    threshold: field(result, 'drift_share'),
    breached: flagOf(field(result, 'dataset_drift')),
  });
}

function qualityOf(result: unknown): Observation[] {
  const current = field(result, 'current');
  return Object.entries(isMapping(current) ? current : {})
    .filter(([, value]) => typeof value === 'number' || value === null)
    .map(([name, value]) => observe(name, 'value', value));
}

function missingOf(result: unknown): Observation[] {
  const current = field(result, 'current');
  const columns = field(current, 'share_of_missing_values_by_column');
  return [
    observe(wholeDataset, 'missing-share', field(current, 'share_of_missing_values')),
    ...Object.entries(isMapping(columns) ? columns : {}).map(([name, share]) =>
      observe(name, 'missing-share', share),
    ),
  ];
}

function collect(metric: unknown, found: Findings): Observation[] {
  const kind = textField(metric, 'metric') ?? 'a metric without a name';
  const result = field(metric, 'result');
  switch (kind) {
    case 'DataDriftTable': {
      const columns = field(result, 'drift_by_columns');
      const drifts = Object.values(isMapping(columns) ? columns : {});
      return [shareOf(result), ...drifts.flatMap((column) => driftOf(column, found))];
    }
    case 'DatasetDriftMetric':
      return [shareOf(result)];
    case 'ColumnDriftMetric':
      return driftOf(result, found);
    case 'ClassificationQualityMetric':
    case 'RegressionQualityMetric':
      return qualityOf(result);
    case 'DatasetMissingValuesMetric':
      return missingOf(result);
    case 'DatasetSummaryMetric':
      found.samples.reference = countOf(field(field(result, 'reference'), 'number_of_rows'));
      found.samples.current = countOf(field(field(result, 'current'), 'number_of_rows'));
      return [];
    default:
      found.leftOut.add(kind);
      return [];
  }
}

/** One report often says the same twice, once with its limit and once without: the one with the limit stays. */
export function withoutRepetitions(observations: readonly Observation[]): Observation[] {
  const kept = new Map<string, Observation>();
  for (const observation of observations) {
    const { name, method, value, breached, threshold } = observation;
    const key = JSON.stringify([name, method, value, breached]);
    const known = kept.get(key);
    if (!known || known.threshold === null) kept.set(key, observation);
    else if (threshold !== null && threshold !== known.threshold)
      kept.set(JSON.stringify([key, threshold]), observation);
  }
  return [...kept.values()];
}

export function isLegacyReport(content: Content): boolean {
  const metrics = listField(dataOf(content), 'metrics');
  return metrics.length > 0 && metrics.every((metric) => textField(metric, 'metric') !== undefined);
}

/** Reads a report of Evidently 0.4. */
export function parseLegacyReport(content: Content): ParsedReport {
  const data = dataOf(content);
  const version = textField(data, 'version');
  const found: Findings = { observations: [], notes: new Set(), leftOut: new Set(), samples: {} };
  const observations = listField(data, 'metrics').flatMap((metric) => collect(metric, found));
  if (found.leftOut.size > 0) found.notes.add(`left out: ${[...found.leftOut].join(', ')}`);
  return {
    format: 'evidently-0.4',
    producer: version === undefined ? 'evidently' : `evidently ${version}`,
    samples: found.samples,
    observations: withoutRepetitions(observations),
    notes: [...found.notes],
  };
}
