// What a cell of a table means: a number, a category, a vector, or nothing.

/** How cells are to be read. */
export interface CellRules {
  /** Whether texts may stand for numbers and lists, as in CSV, where everything is text. */
  textual: boolean;
  /** Texts that mean that there is no value. */
  missing: ReadonlySet<string>;
  /** Numbers that mean it, as -999. */
  missingNumbers: ReadonlySet<number>;
}

/** What means missing in a CSV file: what pandas takes for it. */
export const missingTexts = [
  '',
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  '-nan',
  'null',
  'NULL',
  'None',
  '<NA>',
  'NaT',
  '#N/A',
] as const;

const infinities = new Map([
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['Inf', Infinity],
  ['+Inf', Infinity],
  ['-Inf', -Infinity],
]);

const longestCategory = 200;

/** Texts that mean missing, and the numbers among them. */
export function missingRules(texts: readonly string[]): Pick<CellRules, 'missing' | 'missingNumbers'> {
  const numbers = texts.map(numberOf).filter((value) => value !== undefined);
  return { missing: new Set(texts), missingNumbers: new Set(numbers) };
}

/** A text as a number; undefined where it is none. Hexadecimal and the like are no numbers in a table. */
function numberOf(text: string): number | undefined {
  const value = Number(text);
  if (Number.isNaN(value)) return infinities.get(text.trim());
  if (value === 0 && text.trim() === '') return undefined;
  // Only a second character above 9 can make it hexadecimal, octal or binary, or an exponent.
  if (text.charCodeAt(1) > 57 || text.charCodeAt(0) <= 32) if (/^\s*0[xbo]/i.test(text)) return undefined;
  return value;
}

/** A cell of a column of numbers: NaN where it is missing, undefined where it is something else. */
export function readNumber(cell: unknown, rules: CellRules): number | undefined {
  if (typeof cell === 'string') {
    // Most texts here are numbers, and looking a text up costs more than reading it as one.
    const value = numberOf(cell);
    if (value === undefined) return rules.missing.has(cell) ? Number.NaN : undefined;
    if (!rules.textual) return undefined;
    return isMissing(value, rules) ? Number.NaN : value;
  }
  if (typeof cell === 'number') return isMissing(cell, rules) ? Number.NaN : cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  return undefined;
}

function isMissing(value: number, rules: CellRules): boolean {
  return rules.missingNumbers.size > 0 && rules.missingNumbers.has(value);
}

/** What a cell holds, for choosing the kind of its column. */
export type CellKind = 'missing' | 'number' | 'text' | 'vector' | 'time' | 'other';

/** The kind of a cell's value. */
export function cellKind(cell: unknown, rules: CellRules): CellKind {
  if (cell === null || cell === undefined) return 'missing';
  if (typeof cell === 'number' || typeof cell === 'bigint') return Number.isNaN(cell) ? 'missing' : 'number';
  if (typeof cell === 'string') {
    if (rules.missing.has(cell)) return 'missing';
    if (!rules.textual) return 'text';
    if (numberOf(cell) !== undefined) return 'number';
    return readVector(cell, rules) ? 'vector' : 'text';
  }
  if (typeof cell === 'boolean') return 'text';
  if (cell instanceof Date) return 'time';
  return readVector(cell, rules) ? 'vector' : 'other';
}

/**
 * A cell of a column of categories: null where it is missing, undefined where it is no category. Tools write `True` and
 * `1.0` for what others write as `true` and `1`; they are one category.
 */
export function readCategory(cell: unknown, rules: CellRules): string | null | undefined {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return Number.isNaN(cell) || isMissing(cell, rules) ? null : String(cell);
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== 'string') return undefined;
  if (rules.missing.has(cell)) return null;
  if (cell === 'True') return 'true';
  if (cell === 'False') return 'false';
  const bare = /^-?\d+\.0+$/.test(cell) ? cell.replace(/\.0+$/, '') : cell;
  return bare.length > longestCategory ? bare.slice(0, longestCategory) : bare;
}

/** A cell of a column of vectors: null where it is missing, undefined where it is no list of numbers. */
export function readVector(cell: unknown, rules: CellRules): ArrayLike<number> | null | undefined {
  if (cell === null || cell === undefined) return null;
  if (cell instanceof Float32Array || cell instanceof Float64Array) return cell;
  if (typeof cell === 'string') {
    if (rules.missing.has(cell)) return null;
    if (!/^\s*\[.*\]\s*$/s.test(cell)) return undefined;
    try {
      return readVector(JSON.parse(cell), rules);
    } catch {
      return undefined;
    }
  }
  if (!Array.isArray(cell)) return undefined;
  const values: unknown[] = cell;
  if (values.length === 0 || !values.every((value) => typeof value === 'number' || typeof value === 'bigint'))
    return undefined;
  return values.map(Number);
}
