// Plain observations: rows of feature, method, value and threshold, as JSON, YAML or CSV; and what `mlc drift --json` writes.
import { usage } from '../../errors.js';
import type { DriftTool } from '../../lifecycle/monitoring/method-table.js';
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
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
import { headerOf } from './header.js';
import { flagOf, readNumber } from './numbers.js';
import { methodId, observe } from './observe.js';

const example = '{"feature": "age", "method": "psi", "value": 0.31, "threshold": 0.2}';
const keys = ['name', 'feature', 'metric', 'method', 'value', 'threshold', 'breached', 'unmeasured'];

/** A row by its keys, and where it stands. */
interface Source {
  where: string;
  cells: Record<string, unknown>;
}

/** Which tool's names the methods have, where the file says who wrote it. */
function toolOf(producer: string | undefined): DriftTool | undefined {
  const tools: readonly DriftTool[] = ['evidently', 'nannyml', 'alibi-detect'];
  const word = producer?.split(/[\s/@=]/, 1)[0]?.toLowerCase();
  return tools.find((tool) => tool === word);
}

function numeric(raw: unknown, key: string, where: string): void {
  const reading = readNumber(raw);
  if (reading.kind === 'text')
    throw usage('report/number', `${key} of ${where} is "${reading.text}", which is no number`, example);
}

function verdictIn(raw: unknown, where: string): boolean | null {
  if (raw === undefined || raw === null || raw === '') return null;
  const breached = flagOf(raw);
  if (breached !== null) return breached;
  throw usage('report/breached', `breached of ${where} is ${JSON.stringify(raw)}`, 'write true or false');
}

function observationOf(source: Source, tool: DriftTool | undefined, notes: Set<string>): Observation {
  const { where, cells } = source;
  const name = cells.name ?? cells.feature ?? cells.metric;
  if ((typeof name !== 'string' && typeof name !== 'number') || String(name).trim() === '')
    throw usage('report/name', `${where} names no feature or metric`, example);
  if (cells.method !== undefined && cells.method !== null && typeof cells.method !== 'string')
    throw usage('report/method', `method of ${where} is no text`, example);
  const unmeasured = cells.unmeasured;
  const why = typeof unmeasured === 'string' && unmeasured.trim() !== '' ? unmeasured : undefined;
  numeric(cells.value, 'value', where);
  numeric(cells.threshold, 'threshold', where);
  return observe(String(name).trim(), methodId(cells.method ?? '', tool, notes), cells.value, {
    threshold: cells.threshold,
    breached: verdictIn(cells.breached, where),
    unmeasured: why,
  });
}

function sourcesOf(content: Content, file: string): Source[] {
  if (content.kind === 'table') {
    const { header, rows } = content.table;
    const columns = header.map((name) => name.toLowerCase());
    return rows.map(({ line, cells }) => ({
      where: `${file}:${line}`,
      cells: Object.fromEntries(
        columns.flatMap((key, index) => (keys.includes(key) ? [[key, cells[index]]] : [])),
      ),
    }));
  }
  const list = Array.isArray(content.data) ? content.data : listField(content.data, 'observations');
  return list.map((entry: unknown, index) => {
    const where = `observation ${index + 1} of ${file}`;
    if (!isMapping(entry)) throw usage('report/shape', `${where} is no mapping`, example);
    return { where, cells: Object.fromEntries(keys.map((key) => [key, field(entry, key)])) };
  });
}

function read(content: Content, file: string, format: string): ParsedReport {
  const header = headerOf(dataOf(content), file);
  const notes = new Set<string>();
  const names = toolOf(header.producer);
  const observations = sourcesOf(content, file).map((source) => observationOf(source, names, notes));
  const written = listField(dataOf(content), 'notes').filter(
    (note): note is string => typeof note === 'string',
  );
  return { format, ...header, observations, notes: [...written, ...notes] };
}

function isObservation(entry: unknown): boolean {
  return (
    ['name', 'feature', 'metric'].some((key) => field(entry, key) !== undefined) &&
    Object.hasOwn(Object(entry) as object, 'value')
  );
}

function detect(content: Content): boolean {
  if (content.kind === 'table') {
    const header = content.table.header.map((name) => name.toLowerCase());
    return header.includes('value') && ['name', 'feature', 'metric'].some((name) => header.includes(name));
  }
  const { data } = content;
  if (Array.isArray(data)) return data.length > 0 && data.every(isObservation);
  return Array.isArray(field(data, 'observations')) && !textField(data, 'schema')?.startsWith('mlc/drift@');
}

function accepts(content: Content): boolean {
  return detect(content) || Array.isArray(dataOf(content));
}

export const observations: ReportFormat = {
  id: 'observations',
  detect,
  accepts,
  parse: (content, { file }: ReadContext) => read(content, file, 'observations'),
};

export const mlcDrift: ReportFormat = {
  id: 'mlc-drift',
  detect: (content) => textField(dataOf(content), 'schema') === 'mlc/drift@1',
  parse: (content, { file }) => read(content, file, 'mlc-drift'),
};
