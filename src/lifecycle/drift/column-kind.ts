// Chooses the kind of a column by its first values.
import { type CellKind, type CellRules, cellKind } from './cells.js';
import type { ColumnProfile } from './profile.js';

/** A kind, or why the column can't be measured. */
export type ChosenKind = { kind: ColumnProfile['kind'] } | { leftOut: string };

/** The kind that the values seen so far speak for; undefined where there are none. */
export function chooseKind(cells: readonly unknown[], rules: CellRules): ChosenKind | undefined {
  const seen = new Map<CellKind, number>();
  for (const cell of cells) {
    const kind = cellKind(cell, rules);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  seen.delete('missing');
  if (seen.size === 0) return undefined;
  if (seen.has('other')) return { leftOut: 'it holds nested values' };
  if (seen.size > 1 && (seen.has('vector') || seen.has('time')))
    return { leftOut: 'its values are of different kinds' };
  if (seen.has('vector')) return { kind: 'embedding' };
  if (seen.has('time')) return { leftOut: 'it holds times, which always move on' };
  const [texts, numbers] = [seen.get('text') ?? 0, seen.get('number') ?? 0];
  // A few texts among numbers are a mistake that is told where it stands, not a column of categories.
  return { kind: texts * 10 > numbers ? 'categorical' : 'numeric' };
}
