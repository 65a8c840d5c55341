// scikit-learn's classification report (`output_dict=True`): classes and averages, flattened.
import type { ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { type Content, type ReportFormat, dataOf, field, isMapping } from './content.js';
import { countOf, readNumber } from './numbers.js';
import { observe } from './observe.js';

const scores = ['precision', 'recall', 'f1-score'] as const;
const averages = new Set(['micro avg', 'macro avg', 'weighted avg', 'samples avg']);

const isScored = (value: unknown): boolean =>
  isMapping(value) && [...scores, 'support'].every((key) => Object.hasOwn(value, key));

function parse(content: Content): ParsedReport {
  const data = dataOf(content);
  const entries = Object.entries(isMapping(data) ? data : {});
  const observations = entries.flatMap(([name, value]) =>
    isScored(value)
      ? scores.map((score) => observe(`${name}.${score}`, 'value', field(value, score)))
      : readNumber(value).kind === 'text'
        ? []
        : [observe(name, 'value', value)],
  );
  const classes = entries.filter(([name, value]) => isScored(value) && !averages.has(name));
  const supports = classes.map(([, value]) => countOf(field(value, 'support')));
  // Without an accuracy the classes are some of all, or overlap, and their supports add up to no number of examples.
  const isCounted =
    Object.hasOwn(Object(data) as object, 'accuracy') && supports.every((n) => n !== undefined);
  const current = supports.reduce<number>((all, support) => all + (support ?? 0), 0);
  return {
    format: 'sklearn',
    producer: 'scikit-learn',
    ...(isCounted ? { samples: { current } } : {}),
    observations,
    notes: [],
  };
}

export const sklearn: ReportFormat = {
  id: 'sklearn',
  detect: (content) => {
    const data = dataOf(content);
    return isMapping(data) && Object.values(data).some(isScored);
  },
  parse,
};
