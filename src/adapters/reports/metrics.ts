// Plain metrics: a mapping of names to numbers, flat or nested, as evaluations write it.
import type { Observation, ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { type Content, type ReportFormat, dataOf, isMapping } from './content.js';
import { countOf, readNumber } from './numbers.js';
import { observe } from './observe.js';

// What results files say of their data, and how MLflow counts its examples.
const dataset = 'evaluation_dataset';
const examples = 'example_count';
// As deep as records go.
const deepest = 32;

interface Leaf {
  name: string;
  value: unknown;
}

function leavesOf(tree: Record<string, unknown>, prefix: string, depth = 1): Leaf[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (name === dataset) return [];
    return isMapping(value) && depth < deepest ? leavesOf(value, name, depth + 1) : [{ name, value }];
  });
}

function allLeaves(content: Content): Leaf[] {
  const data = dataOf(content);
  return isMapping(data) ? leavesOf(data, '') : [];
}

const isNumeric = ({ value }: Leaf): boolean => readNumber(value).kind !== 'text';

/** Whether there is a number, and no list: what else has lists in it has a format of its own. */
export function isFlatMetrics(content: Content): boolean {
  const leaves = allLeaves(content);
  return (
    leaves.some(({ value }) => typeof value === 'number') && !leaves.some(({ value }) => Array.isArray(value))
  );
}

function parse(content: Content): ParsedReport {
  const leaves = allLeaves(content);
  const count = countOf(leaves.find(({ name }) => name === examples)?.value);
  const measured = leaves.filter(
    (leaf) => isNumeric(leaf) && (leaf.name !== examples || count === undefined),
  );
  const others = leaves.filter((leaf) => !isNumeric(leaf)).map(({ name }) => name);
  const observations = measured.map(({ name, value }): Observation => observe(name, 'value', value));
  return {
    format: 'metrics',
    ...(count === undefined ? {} : { samples: { current: count } }),
    observations,
    notes: others.length > 0 ? [`no numbers, left out: ${others.slice(0, 20).join(', ')}`] : [],
  };
}

export const metrics: ReportFormat = {
  id: 'metrics',
  detect: isFlatMetrics,
  accepts: (content) => allLeaves(content).some(isNumeric),
  parse,
};
