// Evidently's reports: which of its shapes a file has, and the reader for it.
import { usage } from '../../errors.js';
import type { ParsedReport } from '../../lifecycle/monitoring/observation.js';
import {
  type Content,
  type ReadContext,
  type ReportFormat,
  dataOf,
  field,
  isMapping,
  listField,
} from './content.js';
import { entryOf, entryOfResult } from './evidently-entry.js';
import { isLegacyReport, parseLegacyReport, withoutRepetitions } from './evidently-legacy.js';
import { reportOf } from './evidently-metrics.js';
import { isSuite, parseSuite } from './evidently-suite.js';
import { boundTest } from './evidently-tests.js';

/** What `Report.save` of 0.4 writes: pieces that only its own classes put together. */
function isLegacySnapshot(data: unknown): boolean {
  return isMapping(field(data, 'suite')) && field(data, 'timestamp') !== undefined;
}

/** What `Snapshot.dumps` writes. */
function isDump(data: unknown): boolean {
  return isMapping(field(data, 'metric_results')) && Array.isArray(field(data, 'top_level_metrics'));
}

function isCurrent(data: unknown): boolean {
  const metrics = listField(data, 'metrics');
  const known = metrics.filter((metric) => entryOf(metric) !== undefined);
  return Array.isArray(field(data, 'tests')) && Array.isArray(field(data, 'metrics'))
    ? known.length > 0 || metrics.length === 0
    : known.length > 0 && known.length === metrics.length;
}

function parseDump(data: unknown): ParsedReport {
  const results = field(data, 'metric_results');
  const wanted = listField(data, 'top_level_metrics').filter((id): id is string => typeof id === 'string');
  const found = wanted.map((id) => ({ id, result: field(results, id) }));
  const entries = found.flatMap(({ id, result }) => entryOfResult(id, result) ?? []);
  const tests = found.flatMap(({ result }) => listField(result, 'tests').map(boundTest));
  const parsed = reportOf(entries, tests);
  return { format: 'evidently-dump', producer: 'evidently', ...parsed };
}

function parseCurrent(data: unknown): ParsedReport {
  const metrics = listField(data, 'metrics');
  const entries = metrics.flatMap((metric) => entryOf(metric) ?? []);
  const parsed = reportOf(entries, listField(data, 'tests').map(boundTest));
  const hasConfig = metrics.some((metric) => isMapping(field(metric, 'config')));
  return {
    format: hasConfig ? 'evidently-0.7.16' : 'evidently-0.6.4',
    producer: 'evidently',
    ...parsed,
    observations: withoutRepetitions(parsed.observations),
  };
}

function parse(content: Content, { file }: ReadContext): ParsedReport {
  const data = dataOf(content);
  if (isLegacySnapshot(data)) {
    throw usage(
      'report/snapshot',
      `${file} is a snapshot of Evidently 0.4, which only Evidently can put together`,
      'in Python: report.save_json("report.json")',
    );
  }
  if (isLegacyReport(content)) return parseLegacyReport(content);
  if (isSuite(content)) return parseSuite(content);
  return isDump(data) ? parseDump(data) : parseCurrent(data);
}

export const evidently: ReportFormat = {
  id: 'evidently',
  detect: (content) => {
    const data = dataOf(content);
    return (
      isLegacyReport(content) || isSuite(content) || isDump(data) || isLegacySnapshot(data) || isCurrent(data)
    );
  },
  parse,
};
