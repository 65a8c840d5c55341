// Goes through the cells of one column of a batch, counts what is missing, and stops at the first that does not belong.
import { type Batch, type CellFault, quoted } from './batch.js';
import { type CellRules, readCategory, readNumber } from './cells.js';
import type { Feature } from './features.js';
import type { Tally } from './profile.js';

/** Hands every finite number to `take`. */
export function eachNumber(
  feature: Feature,
  batch: Batch,
  rules: CellRules,
  tally: Tally,
  take: (value: number) => void,
): CellFault | undefined {
  const column = feature.columns[0] ?? feature.name;
  const cells = batch.column(column);
  for (let row = 0; row < batch.rows; row++) {
    const value = readNumber(cells[row], rules);
    tally.rows += 1;
    if (value === undefined)
      return { feature: feature.name, column, row, found: quoted(cells[row]), expected: 'a number' };
    if (Number.isFinite(value)) take(value);
    else if (Number.isNaN(value)) tally.missing += 1;
    else tally.nonFinite += 1;
  }
  return undefined;
}

/** Hands every category to `take`. */
export function eachCategory(
  feature: Feature,
  batch: Batch,
  rules: CellRules,
  tally: Tally,
  take: (value: string) => void,
): CellFault | undefined {
  const column = feature.columns[0] ?? feature.name;
  const cells = batch.column(column);
  for (let row = 0; row < batch.rows; row++) {
    const value = readCategory(cells[row], rules);
    tally.rows += 1;
    if (value === undefined)
      return {
        feature: feature.name,
        column,
        row,
        found: quoted(cells[row]),
        expected: 'a text, a number or a truth value',
      };
    if (value === null) tally.missing += 1;
    else take(value);
  }
  return undefined;
}
