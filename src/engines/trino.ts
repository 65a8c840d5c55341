// Trino over its client protocol: a statement is posted, and its pages are fetched until there are no more.
import { setTimeout as wait } from 'node:timers/promises';
import type { Dialect, Engine, QueryResult } from './engine.js';
import { call, endpoint, parsed, refused } from './http.js';
import { doubleQuoted, numberLiteral, singleQuoted, tableOrSelect } from './standard-sql.js';

/** Trino's words. It has no exact quantiles; counts are exact whatever the edges are. */
export const trinoDialect: Dialect = {
  identifier: doubleQuoted,
  text: singleQuoted,
  number: (expression) => `CAST(${expression} AS DOUBLE)`,
  category: (expression) => `CAST(${expression} AS VARCHAR)`,
  isNan: (expression) => `is_nan(${expression})`,
  isInfinite: (expression) => `is_infinite(${expression})`,
  quantiles: (expression, shares) =>
    `approx_percentile(${expression}, ARRAY[${shares.map(numberLiteral).join(', ')}])`,
  quantilesFrom: (answer) => [...answer],
  distinctAbout: (expression) => `approx_distinct(${expression})`,
  distinctValues: (expression) => `array_agg(DISTINCT ${expression})`,
  quantileNote: "bin edges are Trino's approximate percentiles of the reference; the counts are exact",
};

interface Page {
  columns?: { name: string; type: string }[];
  data?: unknown[][];
  nextUri?: string;
  error?: { message: string };
}

/**
 * Opens a connection by TRINO_URL, TRINO_USER, TRINO_PASSWORD or TRINO_TOKEN, TRINO_CATALOG and TRINO_SCHEMA.
 */
export function openTrino(env: NodeJS.ProcessEnv): Engine {
  const to = endpoint('Trino', 'TRINO_URL', env.TRINO_URL, {
    user: env.TRINO_USER,
    password: env.TRINO_PASSWORD,
    token: env.TRINO_TOKEN,
  });
  const headers: Record<string, string> = {
    'x-trino-user': env.TRINO_USER ?? 'mlc',
    'x-trino-source': 'mlc',
    ...(env.TRINO_CATALOG ? { 'x-trino-catalog': env.TRINO_CATALOG } : {}),
    ...(env.TRINO_SCHEMA ? { 'x-trino-schema': env.TRINO_SCHEMA } : {}),
  };
  const query = async (sql: string): Promise<QueryResult> => {
    const first = new URL('v1/statement', to.url.href.endsWith('/') ? to.url : `${to.url.href}/`);
    let page = parsed<Page>(to, await call(to, first, { method: 'POST', body: sql, headers }));
    let columns = page.columns ?? [];
    const rows: unknown[][] = [...(page.data ?? [])];
    while (page.nextUri !== undefined && !page.error) {
      const next = new URL(page.nextUri);
      // The credentials go with every call, and nowhere else than where they were meant for.
      if (next.origin !== to.url.origin)
        throw refused(to, `it sends its client on to ${next.origin}, which is not where it was asked`);
      if (!page.data) await wait(50);
      page = parsed<Page>(to, await call(to, next, { method: 'GET', headers }));
      columns = page.columns ?? columns;
      rows.push(...(page.data ?? []));
    }
    if (page.error) throw refused(to, page.error.message);
    return { columns, rows };
  };
  return {
    name: 'trino',
    dialect: trinoDialect,
    source: (text) => tableOrSelect(text, doubleQuoted),
    query,
    close: () => Promise.resolve(),
  };
}
