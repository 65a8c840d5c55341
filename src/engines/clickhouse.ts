// ClickHouse over its HTTP interface. The SQL is understood by old servers (18.16) and new ones.
import type { Dialect, Engine } from './engine.js';
import { call, endpoint, parsed } from './http.js';
import { levelsFor, quantilesBetween } from './order-statistics.js';
import { tableOrSelect } from './standard-sql.js';

function quoted(mark: string): (text: string) => string {
  return (text) => mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

/** ClickHouse's words. Its `quantilesExact` answers order statistics. */
export const clickhouseDialect: Dialect = {
  identifier: quoted('`'),
  text: quoted("'"),
  number: (expression) => `toFloat64(${expression})`,
  category: (expression) => `toString(${expression})`,
  isNan: (expression) => `isNaN(${expression})`,
  isInfinite: (expression) => `isInfinite(${expression})`,
  quantiles: (expression, shares, size) => `quantilesExact(${levelsFor(shares, size)})(${expression})`,
  quantilesFrom: quantilesBetween,
  distinctAbout: (expression) => `uniq(${expression})`,
  distinctValues: (expression) => `groupUniqArray(${expression})`,
};

interface Answer {
  meta: { name: string; type: string }[];
  data: unknown[][];
}

/** Opens a connection by CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD and CLICKHOUSE_DATABASE. */
export function openClickhouse(env: NodeJS.ProcessEnv): Engine {
  const to = endpoint('ClickHouse', 'CLICKHOUSE_URL', env.CLICKHOUSE_URL, {
    user: env.CLICKHOUSE_USER,
    password: env.CLICKHOUSE_PASSWORD ?? (env.CLICKHOUSE_USER === undefined ? undefined : ''),
  });
  return {
    name: 'clickhouse',
    dialect: clickhouseDialect,
    source: (text) => tableOrSelect(text, clickhouseDialect.identifier),
    query: async (sql) => {
      const url = new URL(to.url);
      if (env.CLICKHOUSE_DATABASE) url.searchParams.set('database', env.CLICKHOUSE_DATABASE);
      const text = await call(to, url, { method: 'POST', body: `${sql} FORMAT JSONCompact` });
      const { meta, data } = parsed<Answer>(to, text);
      return { columns: meta, rows: data };
    },
    close: () => Promise.resolve(),
  };
}
