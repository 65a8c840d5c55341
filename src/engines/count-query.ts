// The aggregate query that counts columns in the bins of their profiles: a few of them where columns are many.
import { type ColumnCounts, type ColumnProfile } from '../lifecycle/drift/profile.js';
import type { Dialect, Engine } from './engine.js';
import { countWhere, numberLiteral } from './standard-sql.js';

/** One column's part of a query: what is selected from the table, the aggregates on it, and what they mean. */
interface ColumnQuery {
  inner: string[];
  aggregates: string[];
  read: (rows: number, answer: readonly number[]) => ColumnCounts;
}

// Databases bound the length of a query and the number of its expressions.
const mostAggregates = 400;

function numberQuery(profile: ColumnProfile, index: number, dialect: Dialect): ColumnQuery {
  const raw = dialect.number(dialect.identifier(profile.name));
  const [x, c] = [`x${index}`, `c${index}`];
  const places =
    profile.bins.kind === 'edges'
      ? profile.bins.edges.map((edge) => countWhere(`${c} < ${numberLiteral(edge)}`))
      : profile.bins.kind === 'values'
        ? profile.bins.values.map((value) => countWhere(`${c} = ${numberLiteral(value)}`))
        : [];
  const points = profile.grid?.points ?? [];
  return {
    inner: [
      `${raw} AS ${x}`,
      `CASE WHEN ${dialect.isNan(raw)} OR ${dialect.isInfinite(raw)} THEN NULL ELSE ${raw} END AS ${c}`,
    ],
    aggregates: [
      countWhere(`${x} IS NULL OR ${dialect.isNan(x)}`),
      countWhere(dialect.isInfinite(x)),
      ...places,
      ...points.map((point) => countWhere(`${c} <= ${numberLiteral(point)}`)),
    ],
    read: (rows, [missing = 0, nonFinite = 0, ...rest]) => {
      const size = rows - missing - nonFinite;
      const found = rest.slice(0, places.length);
      const counts =
        profile.bins.kind === 'edges'
          ? [...found, size].map((below, at) => below - (found[at - 1] ?? 0))
          : [...found, size - found.reduce((sum, count) => sum + count, 0)];
      return {
        rows,
        missing,
        nonFinite,
        counts,
        ...(points.length > 0 ? { grid: { points, atOrBelow: rest.slice(places.length) } } : {}),
      };
    },
  };
}

function categoryQuery(profile: ColumnProfile, index: number, dialect: Dialect): ColumnQuery {
  const k = `k${index}`;
  const categories = profile.bins.kind === 'categories' ? profile.bins.categories : [];
  return {
    inner: [`${dialect.category(dialect.identifier(profile.name))} AS ${k}`],
    aggregates: [
      countWhere(`${k} IS NULL`),
      ...categories.map((category) => countWhere(`${k} = ${dialect.text(category)}`)),
    ],
    read: (rows, [missing = 0, ...own]) => ({
      rows,
      missing,
      nonFinite: 0,
      counts: [...own, rows - missing - own.reduce((sum, count) => sum + count, 0)],
    }),
  };
}

/** Columns in groups that one query each can count. */
function inGroups(queries: readonly ColumnQuery[]): ColumnQuery[][] {
  const groups: ColumnQuery[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const query of queries) {
    size += query.aggregates.length;
    if (size > mostAggregates) {
      groups.push([]);
      size = query.aggregates.length;
    }
    groups.at(-1)?.push(query);
  }
  return groups;
}

/** Counts every column of a source in the bins and on the grid of its profile. */
export async function countFeatures(
  engine: Engine,
  source: string,
  profiles: readonly ColumnProfile[],
): Promise<ColumnCounts[]> {
  const queries = profiles.map((profile, index) =>
    profile.kind === 'categorical'
      ? categoryQuery(profile, index, engine.dialect)
      : numberQuery(profile, index, engine.dialect),
  );
  const counted: ColumnCounts[] = [];
  for (const group of inGroups(queries)) {
    const inner = group.flatMap((query) => query.inner).join(', ');
    const aggregates = ['count(*)', ...group.flatMap((query) => query.aggregates)]
      .map((aggregate, at) => `${aggregate} AS a${at}`)
      .join(', ');
    const { rows } = await engine.query(
      `SELECT ${aggregates} FROM (SELECT ${inner} FROM ${engine.source(source)} AS s) AS t`,
    );
    // A sum over no rows is null.
    const [total = 0, ...answer] = (rows[0] ?? []).map((value) => Number(value ?? 0));
    let at = 0;
    for (const query of group) {
      counted.push(query.read(total, answer.slice(at, at + query.aggregates.length)));
      at += query.aggregates.length;
    }
  }
  return counted;
}
