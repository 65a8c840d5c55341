// DuckDB, in this process: an optional package, loaded when it is asked for.
import type * as DuckDBPackage from '@duckdb/node-api';
import path from 'node:path';
import { Failure, usage } from '../errors.js';
import { missingTexts } from '../lifecycle/drift/cells.js';
import type { Dialect, Engine } from './engine.js';
import { levelsFor, quantilesBetween } from './order-statistics.js';
import { doubleQuoted, singleQuoted } from './standard-sql.js';

const packageName = '@duckdb/node-api';

type DuckDB = typeof DuckDBPackage;

/** DuckDB's words. */
export const duckdbDialect: Dialect = {
  identifier: doubleQuoted,
  text: singleQuoted,
  number: (expression) => `CAST(${expression} AS DOUBLE)`,
  category: (expression) => `CAST(${expression} AS VARCHAR)`,
  isNan: (expression) => `isnan(${expression})`,
  isInfinite: (expression) => `isinf(${expression})`,
  // Its own interpolation differs from numpy's in the last digit, which moves values that meet an edge.
  quantiles: (expression, shares, size) => `quantile_disc(${expression}, [${levelsFor(shares, size)}])`,
  quantilesFrom: quantilesBetween,
  distinctAbout: (expression) => `approx_count_distinct(${expression})`,
  distinctValues: (expression) => `list(DISTINCT ${expression})`,
};

/** How DuckDB reads a file of a kind, with what means missing in the embedded reader too. */
function reader(full: string, name: string, missing: readonly string[]): string {
  const file = singleQuoted(full);
  if (/\.(parquet|pq)$/i.test(name)) return `read_parquet(${file})`;
  if (/\.(jsonl|ndjson|json)(\.gz)?$/i.test(name)) return `read_json(${file}, format = 'newline_delimited')`;
  if (/\.(csv|tsv|tab|txt)(\.gz)?$/i.test(name)) {
    const empty = [...missingTexts, ...missing].map(singleQuoted).join(', ');
    return `read_csv(${file}, header = true, nullstr = [${empty}])`;
  }
  throw usage(
    'engine/source',
    `the name of ${name} does not say what it holds`,
    'DuckDB reads .parquet, .csv, .tsv and .jsonl; the last three also with .gz',
  );
}

/** The package, from beside mlc alone: in the folder that the user works in, a stranger's registry may bring one along. */
async function load(): Promise<DuckDB> {
  try {
    return (await import(packageName)) as DuckDB;
  } catch (error) {
    throw new Failure({
      code: 'engine/not-installed',
      message: 'DuckDB is not installed beside mlc, which does not bring it along',
      hint: `npm install ${packageName} where mlc is installed: in the project, or with --global`,
      exitCode: 2,
      cause: error,
    });
  }
}

/** Opens DuckDB in memory. Nothing is downloaded: extensions that it does not bring along are refused. */
export async function openDuckdb(cwd: string, missing: readonly string[]): Promise<Engine> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    name: 'duckdb',
    dialect: duckdbDialect,
    source: (name) => reader(path.resolve(cwd, name), name, missing),
    query: async (sql) => {
      const answer = await connection.runAndReadAll(sql).catch((error: unknown) => {
        const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        throw usage('engine/query', `DuckDB: ${first}`, 'mend the file, or measure without --engine');
      });
      const types = answer.columnTypes();
      return {
        columns: answer.columnNames().map((name, index) => ({ name, type: String(types[index]) })),
        rows: answer.getRowsJson(),
      };
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
}
