// SQL that every engine reads alike: quoting, literals, and what a user may name as a source.
import { usage } from '../errors.js';

/** A name in double quotes. */
export function doubleQuoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in single quotes, where a backslash means itself. */
export function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A number as a literal in double precision: with an exponent, since a plain `1.5` may be a decimal. */
export function numberLiteral(value: number): string {
  const text = value.toExponential();
  return value < 0 ? `(${text})` : text;
}

/** Counts the rows in which a condition holds. */
export function countWhere(condition: string): string {
  return `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

const tableName = /^[A-Za-z_][\w$-]*(\.[A-Za-z_][\w$-]*){0,2}$/;

/** A table's name, or one SELECT, as it stands after FROM. */
export function tableOrSelect(text: string, identifier: (name: string) => string): string {
  const bare = text.trim().replace(/;$/, '').trimEnd();
  if (tableName.test(bare)) return bare.split('.').map(identifier).join('.');
  // On a line of its own the bracket is no part of a comment.
  if (/^(select|with)\s/i.test(bare) && !bare.includes(';')) return `(${bare}\n)`;
  throw usage(
    'engine/source',
    `"${text}" is neither a table nor a SELECT`,
    '--current scores, or --current "SELECT * FROM scores WHERE day >= \'2026-03-01\'"',
  );
}
