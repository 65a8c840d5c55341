// NannyML's flat column names: which feature or metric, measured how, and where its value, limits and alert stand.
import { methodOf } from '../../lifecycle/monitoring/methods.js';
import { wholeDataset } from './observe.js';

/** One measure of a table. Indexes are columns; -1 where there is none. */
export interface MeasureColumns {
  name: string;
  method: string;
  value: number;
  upper: number;
  lower: number;
  alert: number;
}

const univariate = ['kolmogorov_smirnov', 'jensen_shannon', 'wasserstein', 'hellinger', 'chi2', 'l_infinity'];
const multivariate: Readonly<Record<string, string>> = {
  reconstruction_error: 'reconstruction-error',
  domain_classifier_auroc: 'domain-classifier-auroc',
};

/** A feature and a method out of `<feature>_<method>`, from the right, for features have underscores too. */
function split(base: string, isSampled: boolean): Pick<MeasureColumns, 'name' | 'method'> {
  const whole = multivariate[base];
  if (whole !== undefined) return { name: wholeDataset, method: whole };
  // Drift of one feature has no sampling error; a metric of a feature with such a name has.
  const method = isSampled ? undefined : univariate.find((known) => base.endsWith(`_${known}`));
  if (method === undefined) return { name: base, method: 'value' };
  return {
    name: base.slice(0, -method.length - 1),
    method: methodOf(method, 'nannyml')?.id ?? method,
  };
}

/** The measures of a table. A value without an alert beside it is a column of something else. */
export function measuresOf(header: readonly string[]): MeasureColumns[] {
  const places = new Map(header.map((column, index) => [column, index]));
  const place = (column: string): number => places.get(column) ?? -1;
  return header.flatMap((column, value) => {
    const base = column.endsWith('_value') ? column.slice(0, -'_value'.length) : '';
    const alert = place(`${base}_alert`);
    if (base === '' || alert < 0) return [];
    return [
      {
        ...split(base, places.has(`${base}_sampling_error`)),
        value,
        upper: place(`${base}_upper_threshold`),
        lower: place(`${base}_lower_threshold`),
        alert,
      },
    ];
  });
}
