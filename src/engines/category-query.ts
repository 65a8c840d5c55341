// The most frequent categories of a reference, counted where it is.
import type { Feature } from '../lifecycle/drift/features.js';
import { type Tally, mostCategories } from '../lifecycle/drift/profile.js';
import type { Engine } from './engine.js';

/** The categories of one column, the most frequent first, and how many rows there are. */
export interface TopCategories {
  feature: Feature;
  tally: Tally;
  top: [string, number][];
}

/** Counts the categories of columns; only the most frequent come back: a query a column, and one for all their rows. */
export async function topCategories(
  engine: Engine,
  source: string,
  features: readonly Feature[],
): Promise<TopCategories[]> {
  const { dialect } = engine;
  if (features.length === 0) return [];
  const keys = features.map((feature) => dialect.category(dialect.identifier(feature.name)));
  const from = (inner: string): string => `FROM (SELECT ${inner} FROM ${engine.source(source)} AS s) AS t`;
  const present = keys.map((_, index) => `count(k${index}) AS n${index}`).join(', ');
  const { rows: totals } = await engine.query(
    `SELECT count(*) AS n, ${present} ${from(keys.map((key, index) => `${key} AS k${index}`).join(', '))}`,
  );
  const [all = 0, ...sizes] = (totals[0] ?? []).map(Number);
  const found: TopCategories[] = [];
  for (const [index, feature] of features.entries()) {
    const { rows } = await engine.query(
      `SELECT k, count(*) AS n ${from(`${keys[index]} AS k`)} WHERE k IS NOT NULL GROUP BY k ORDER BY n DESC, k LIMIT ${mostCategories}`,
    );
    found.push({
      feature,
      tally: { rows: all, missing: all - (sizes[index] ?? 0), nonFinite: 0 },
      top: rows.map(([category, count]) => [String(category), Number(count)]),
    });
  }
  return found;
}
