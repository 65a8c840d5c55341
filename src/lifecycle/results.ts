// Evaluation results: nested numbers flattened to dotted names, and what a name means in them.
import type { EvaluationDataSet } from '../generated/types.js';

/** One metric: a finite number, a text, or null for "does not apply". */
export type MetricValue = number | string | null;

/** Flattened results, with what they were measured on and the names that could not be measured. */
export interface Results {
  metrics: Map<string, MetricValue>;
  /** Names whose value was NaN, infinite, or of a kind that is no measurement; with the reason. */
  unmeasured: Map<string, string>;
  dataset?: EvaluationDataSet;
}

/** `name@version`, as flags and short records write a data set. */
export function parseDataset(text: string): EvaluationDataSet {
  const at = text.lastIndexOf('@');
  return at > 0 ? { name: text.slice(0, at), version: text.slice(at + 1) } : { name: text };
}

/** A data set in a few characters. */
export function datasetLabel(dataset: EvaluationDataSet | undefined): string {
  if (!dataset) return 'unknown data';
  return dataset.version === undefined ? dataset.name : `${dataset.name}@${dataset.version}`;
}

// As tools write them into files that have no such numbers.
const notANumber = /^[-+]?(?:nan|inf|infinity)$/i;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readDataset(value: unknown): EvaluationDataSet | undefined {
  if (typeof value === 'string' && value !== '') return parseDataset(value);
  if (!isPlainObject(value) || typeof value.name !== 'string') return undefined;
  return {
    name: value.name,
    ...(typeof value.version === 'string' ? { version: value.version } : {}),
    ...(typeof value.sha256 === 'string' ? { sha256: value.sha256 } : {}),
    ...(Number.isFinite(value.examples) ? { examples: value.examples as number } : {}),
  };
}

/** Flattens results, flat or nested: `{recall: {malignant: 0.9}}` is read as `recall.malignant`. Lists are left out. */
export function flattenResults(tree: Record<string, unknown>): Results {
  const results: Results = { metrics: new Map(), unmeasured: new Map() };
  const dataset = readDataset(tree.evaluation_dataset);
  if (dataset) results.dataset = dataset;
  const walk = (node: Record<string, unknown>, prefix: string): void => {
    for (const [key, value] of Object.entries(node)) {
      const name = prefix === '' ? key : `${prefix}.${key}`;
      if (name === 'evaluation_dataset') continue;
      if (isPlainObject(value)) {
        walk(value, name);
        continue;
      }
      if (results.metrics.has(name) || results.unmeasured.has(name)) {
        results.metrics.delete(name);
        results.unmeasured.set(name, 'it is given twice');
        continue;
      }
      if (typeof value === 'number' && !Number.isFinite(value))
        results.unmeasured.set(name, `it is ${value}`);
      else if (typeof value === 'string' && notANumber.test(value))
        results.unmeasured.set(name, `it is ${value}`);
      else if (typeof value === 'number' || typeof value === 'string' || value === null)
        results.metrics.set(name, value);
      else results.unmeasured.set(name, Array.isArray(value) ? 'it is a list' : `it is a ${typeof value}`);
    }
  };
  walk(tree, '');
  return results;
}

/** One slice of the data and what was measured in it. */
export interface Slice {
  name: string;
  examples: number | undefined;
}

/** The slices of the data by one property, from `slices.<by>.<name>.<metric>`. */
export function slicesOf(results: Results, by: string): Slice[] {
  const prefix = `slices.${by}.`;
  const names = new Map<string, number | undefined>();
  const remember = (name: string): void => {
    if (!name.startsWith(prefix)) return;
    const rest = name.slice(prefix.length);
    const slice = rest.includes('.') ? rest.slice(0, rest.indexOf('.')) : undefined;
    if (slice !== undefined && !names.has(slice)) names.set(slice, undefined);
  };
  for (const name of results.metrics.keys()) remember(name);
  for (const name of results.unmeasured.keys()) remember(name);
  return [...names.keys()].map((name) => {
    const examples = results.metrics.get(`${prefix}${name}.n`);
    return { name, examples: typeof examples === 'number' ? examples : undefined };
  });
}
