// What a database has to offer for measuring drift where the data is: queries, and the words of its SQL.

/** The rows of an answer. */
export interface QueryResult {
  columns: readonly { name: string; type: string }[];
  rows: readonly (readonly unknown[])[];
}

/** How a database writes what the queries need. Arguments are SQL expressions, but for names and values. */
export interface Dialect {
  identifier: (name: string) => string;
  /** A text as a literal. */
  text: (value: string) => string;
  /** A column as a number in double precision. */
  number: (expression: string) => string;
  /** A column as text. */
  category: (expression: string) => string;
  isNan: (expression: string) => string;
  isInfinite: (expression: string) => string;
  /**
   * An aggregate that answers an array from which `quantilesFrom` takes the quantiles.
   *
   * @param size how many values are not null
   */
  quantiles: (expression: string, shares: readonly number[], size: number) => string;
  quantilesFrom: (answer: readonly number[], shares: readonly number[], size: number) => number[];
  /** An aggregate that answers about how many distinct values there are. */
  distinctAbout: (expression: string) => string;
  /** An aggregate that answers the distinct values as an array, with or without null. */
  distinctValues: (expression: string) => string;
  /** What a person should know of its quantiles. */
  quantileNote?: string;
}

/** A database that answers queries. */
export interface Engine {
  name: string;
  dialect: Dialect;
  /** What a user names as reference or current, as it stands after FROM. */
  source: (text: string) => string;
  query: (sql: string) => Promise<QueryResult>;
  close: () => Promise<void>;
}

/** Names of the engines, as `--engine` takes them. */
export const engineNames = ['duckdb', 'clickhouse', 'trino'] as const;

export type EngineName = (typeof engineNames)[number];
