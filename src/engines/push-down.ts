// Has a database make the histograms of reference and current rows; no row leaves it.
import { categoryProfile } from '../lifecycle/drift/category-column.js';
import { type Feature } from '../lifecycle/drift/features.js';
import { type ColumnCounts, type ColumnProfile, gridParts, mostValues } from '../lifecycle/drift/profile.js';
import { distinct, gridShares, innerShares } from '../lifecycle/drift/quantiles.js';
import { kindOfType } from './column-types.js';
import { countFeatures } from './count-query.js';
import type { Engine } from './engine.js';
import { topCategories } from './category-query.js';

/** A column of a source. */
export interface EngineColumn {
  name: string;
  type: string;
}

/** The columns of a source, by an answer without rows. */
export async function describeSource(engine: Engine, source: string): Promise<EngineColumn[]> {
  const { columns } = await engine.query(`SELECT * FROM ${engine.source(source)} AS t LIMIT 0`);
  return [...columns];
}

/** A feature with its profile, or why it has none. */
export interface EngineProfile {
  feature: Feature;
  outcome: { profile: ColumnProfile } | { leftOut: string };
}

interface NumberColumn {
  feature: Feature;
  size: number;
}

/** One aggregate over every number column, of its finite values alone, in one query. */
async function aggregate(
  engine: Engine,
  source: string,
  columns: readonly NumberColumn[],
  write: (value: string, size: number) => string,
): Promise<unknown[]> {
  const { dialect } = engine;
  if (columns.length === 0) return [];
  const inner = columns.map(({ feature }, index) => {
    const value = dialect.number(dialect.identifier(feature.name));
    return `CASE WHEN ${dialect.isNan(value)} OR ${dialect.isInfinite(value)} THEN NULL ELSE ${value} END AS c${index}`;
  });
  const outer = columns.map(({ size }, index) => `${write(`c${index}`, size)} AS q${index}`);
  const { rows } = await engine.query(
    `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${engine.source(source)} AS s) AS t`,
  );
  return [...(rows[0] ?? [])];
}

function numbersIn(answer: unknown): number[] {
  const values: unknown[] = Array.isArray(answer) ? answer : [];
  return values.filter((value) => value !== null).map(Number);
}

/** The few distinct values of number columns that have few. */
async function fewValues(
  engine: Engine,
  source: string,
  columns: readonly NumberColumn[],
): Promise<Map<string, number[]>> {
  const { dialect } = engine;
  const about = await aggregate(engine, source, columns, dialect.distinctAbout);
  // The count is a guess, so what may be few is looked at.
  const maybe = columns.filter((_, index) => Number(about[index]) <= 2 * mostValues);
  const answers = await aggregate(engine, source, maybe, dialect.distinctValues);
  const found = maybe.map(
    ({ feature }, index) =>
      [feature.name, distinct(numbersIn(answers[index]).sort((a, b) => a - b))] as const,
  );
  return new Map(found.filter(([, values]) => values.length <= mostValues));
}

/** Bin edges and grid points of number columns. */
async function quantilesOf(
  engine: Engine,
  source: string,
  columns: readonly NumberColumn[],
  bins: number,
): Promise<Map<string, { edges: number[]; points: number[] }>> {
  const { dialect } = engine;
  const shares = [...innerShares(bins), ...gridShares(gridParts)];
  const answers = await aggregate(engine, source, columns, (value, size) =>
    dialect.quantiles(value, shares, size),
  );
  const ascending = (part: number[]): number[] => distinct(part.sort((a, b) => a - b));
  return new Map(
    columns.map(({ feature, size }, index) => {
      const values = dialect.quantilesFrom(numbersIn(answers[index]), shares, size);
      const [edges, points] = [ascending(values.slice(0, bins - 1)), ascending(values.slice(bins - 1))];
      return [feature.name, { edges, points }];
    }),
  );
}

const nothing = { rows: 0, missing: 0, nonFinite: 0, counts: [] };

function emptyProfile(feature: Feature): ColumnProfile {
  return { ...nothing, name: feature.name, kind: 'numeric', bins: { kind: 'edges', edges: [] }, counts: [0] };
}

/** Profiles the features of a reference that lies in the database. */
export async function profileInEngine(
  engine: Engine,
  source: string,
  features: readonly Feature[],
  types: ReadonlyMap<string, string>,
  bins: number,
): Promise<EngineProfile[]> {
  const kinds = features.map((feature) =>
    feature.kind === 'embedding'
      ? { leftOut: 'engines do not measure embeddings' }
      : feature.kind
        ? { kind: feature.kind }
        : kindOfType(types.get(feature.name) ?? ''),
  );
  const of = (kind: ColumnProfile['kind']): Feature[] =>
    features.filter((_, index) => {
      const found = kinds[index];
      return found && 'kind' in found && found.kind === kind;
    });
  const numbers = of('numeric');
  const sizes = await countFeatures(engine, source, numbers.map(emptyProfile));
  const sized = numbers.map((feature, index) => ({ feature, size: sizes[index]?.counts[0] ?? 0 }));
  const few = await fewValues(engine, source, sized);
  const many = sized.filter(({ feature, size }) => size > 0 && !few.has(feature.name));
  const quantiles = await quantilesOf(engine, source, many, bins);
  const shaped = numbers.map((feature): ColumnProfile => {
    const values = few.get(feature.name);
    const { edges = [], points = [] } = quantiles.get(feature.name) ?? {};
    return {
      ...emptyProfile(feature),
      bins: feature.edges
        ? { kind: 'edges', edges: feature.edges }
        : values
          ? { kind: 'values', values }
          : { kind: 'edges', edges },
      grid: { points: values ?? points, atOrBelow: [] },
    };
  });
  const counted = await countFeatures(engine, source, shaped);
  const profiles = new Map<string, EngineProfile['outcome']>();
  for (const [index, profile] of shaped.entries())
    profiles.set(profile.name, { profile: { ...profile, ...(counted[index] ?? nothing) } });
  for (const { feature, tally, top } of await topCategories(engine, source, of('categorical'))) {
    const isUnique = top.length > 1 && top[0]?.[1] === 1 && tally.rows - tally.missing > top.length;
    profiles.set(
      feature.name,
      isUnique && feature.kind === undefined
        ? { leftOut: 'every value is another, as in a column of identifiers' }
        : { profile: categoryProfile(feature.name, tally, top) },
    );
  }
  return features.map((feature, index) => {
    const kind = kinds[index];
    const outcome = profiles.get(feature.name);
    return {
      feature,
      outcome: outcome ?? (kind && 'leftOut' in kind ? kind : { leftOut: 'it was not read' }),
    };
  });
}

/** Counts a source of the database in the bins of profiles. */
export async function countInEngine(
  engine: Engine,
  source: string,
  profiles: readonly ColumnProfile[],
): Promise<ColumnCounts[]> {
  return countFeatures(engine, source, profiles);
}
