// MLflow's answers over REST (`runs/get`), and the flat metrics of an evaluation where somebody says that they are MLflow's.
import type { ParsedReport } from '../../lifecycle/monitoring/observation.js';
import {
  type Content,
  type ReadContext,
  type ReportFormat,
  dataOf,
  field,
  isMapping,
  listField,
  textField,
} from './content.js';
import { isFlatMetrics, metrics } from './metrics.js';
import { reportOfRun } from './mlflow-run.js';

function isRun(content: Content): boolean {
  const run = field(dataOf(content), 'run');
  return isMapping(run) && isMapping(field(run, 'info')) && isMapping(field(run, 'data'));
}

function parseRun(content: Content, { file }: ReadContext): ParsedReport {
  const run = field(dataOf(content), 'run');
  const data = field(run, 'data');
  const pairs = (key: string): [string, unknown][] =>
    listField(data, key).flatMap((entry) => {
      const name = textField(entry, 'key');
      return name === undefined ? [] : [[name, field(entry, 'value')] as [string, unknown]];
    });
  const tags = pairs('tags').flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[key, value]] : [],
  );
  const status = textField(field(run, 'info'), 'status');
  return reportOfRun({ metrics: pairs('metrics'), tags: new Map(tags), status }, file);
}

export const mlflow: ReportFormat = {
  id: 'mlflow',
  detect: isRun,
  accepts: (content) => isRun(content) || isFlatMetrics(content),
  parse: (content, context) =>
    isRun(content)
      ? parseRun(content, context)
      : { ...metrics.parse(content, context), format: 'mlflow', producer: 'mlflow' },
};
