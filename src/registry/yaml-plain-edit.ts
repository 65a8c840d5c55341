// Edits the plain YAML that mlc itself writes, by its lines, as the library would edit it and without loading it.
// Only for texts that the plain reader takes: it has ruled out what lines alone do not tell.
import type { Edit } from '../lifecycle/edits.js';
import { isItem } from './yaml-plain.js';
import { plainLines } from './yaml-plain-write.js';

type Path = readonly (string | number)[];

/** What stands in a line from a column on, without blanks around. */
interface Row {
  line: number;
  column: number;
  text: string;
}

/** A block mapping or list by its rows, or a scalar by its only one. */
interface Place {
  kind: 'mapping' | 'list' | 'scalar';
  rows: readonly [Row, ...Row[]];
}

const pair = /^("[^"]*"|[^":]+):(?: +(\S.*)?)?$/;

function rowsOf(lines: readonly string[]): Row[] {
  return lines.flatMap((raw, line) => {
    const text = raw.trim();
    return text === '' || text.startsWith('#') ? [] : [{ line, column: raw.indexOf(text), text }];
  });
}

function blockOf(rows: readonly Row[]): Place | undefined {
  const [first, ...rest] = rows;
  return first && { kind: isItem(first.text) ? 'list' : 'mapping', rows: [first, ...rest] };
}

/** What stands at a place; undefined where a flow collection, or nothing, does. */
function scalarOf(row: Row): Place | undefined {
  return /^[[{]/.test(row.text) ? undefined : { kind: 'scalar', rows: [row] };
}

function keyOf(row: Row): string | undefined {
  return pair.exec(row.text)?.[1]?.replace(/^"(.*)"$/, '$1');
}

/** What a row holds behind some characters of its own. */
function behind(row: Row, characters: number): Row {
  return { line: row.line, column: row.column + characters, text: row.text.slice(characters) };
}

/** The rows of a block that begin its entries. */
function entriesOf({ kind, rows }: Place): Row[] {
  const [{ column }] = rows;
  return rows.filter((row) => row.column === column && isItem(row.text) === (kind === 'list'));
}

/** Where a key or an item of a block stands, with all that is below it. */
function rowsOfEntry(place: Place, key: string | number): Row[] | undefined {
  const entries = entriesOf(place);
  const at = place.kind === 'list' ? Number(key) : entries.findIndex((row) => keyOf(row) === String(key));
  const [begin, end] = [entries[at], entries[at + 1]];
  if (at < 0 || !begin) return undefined;
  return place.rows.filter((row) => row.line >= begin.line && (!end || row.line < end.line));
}

/** `absent` where there is no such key; undefined where the library has to look. */
function childOf(place: Place, key: string | number): Place | 'absent' | undefined {
  if (place.kind === 'scalar') return undefined;
  const [first, ...rest] = rowsOfEntry(place, key) ?? [];
  if (!first) return 'absent';
  if (place.kind === 'list') {
    const inner = behind(first, first.text.length - first.text.slice(1).trimStart().length);
    return pair.test(inner.text) && keyOf(inner) !== undefined && !/^["'[{]/.test(inner.text)
      ? blockOf([inner, ...rest])
      : scalarOf(inner);
  }
  const value = pair.exec(first.text)?.[2] ?? '';
  if (value === '' || value.startsWith('#')) return blockOf(rest);
  return scalarOf(behind(first, first.text.length - value.length));
}

function locate(lines: readonly string[], path: Path): Place | 'absent' | undefined {
  let place: Place | 'absent' | undefined = blockOf(rowsOf(lines));
  for (const key of path) {
    if (place === undefined || place === 'absent') return place;
    place = childOf(place, key);
  }
  return place;
}

/** The lines with some more behind those of a block. */
function insert(lines: readonly string[], { rows }: Place, value: object): string[] | undefined {
  const added = plainLines(value)?.map((line) => ' '.repeat(rows[0].column) + line);
  const last = (rows.at(-1) ?? rows[0]).line;
  return added && [...lines.slice(0, last + 1), ...added, ...lines.slice(last + 1)];
}

/** A scalar without the comment behind it. */
function withoutComment(text: string): string {
  const quoted = /^(?:"[^"]*"|'[^']*')/.exec(text);
  const comment = text.indexOf(' #');
  return quoted?.[0] ?? (comment < 0 ? text : text.slice(0, comment).trimEnd());
}

/** The lines with another scalar in the place of one; it keeps its double quotes. */
function replace(lines: readonly string[], row: Row, value: unknown): string[] | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  const old = withoutComment(row.text);
  const quoted = old.startsWith('"') && typeof value === 'string';
  const text = quoted ? JSON.stringify(value) : plainLines(value)?.[0];
  if (text === undefined || old === '') return undefined;
  const raw = lines[row.line] ?? '';
  const changed = raw.slice(0, row.column) + text + raw.slice(row.column + old.length);
  return lines.map((line, at) => (at === row.line ? changed : line));
}

function setAt(lines: readonly string[], path: Path, value: unknown): string[] | undefined {
  const [parentPath, key] = [path.slice(0, -1), path.at(-1)];
  const parent = locate(lines, parentPath);
  if (key === undefined || parent === undefined) return undefined;
  if (parent === 'absent') return setAt(lines, parentPath, { [key]: value });
  if (parent.kind !== 'mapping') return undefined;
  const present = childOf(parent, key);
  if (present === 'absent') return insert(lines, parent, { [key]: value });
  return present?.kind === 'scalar' ? replace(lines, present.rows[0], value) : undefined;
}

function edited(lines: readonly string[], edit: Edit): string[] | undefined {
  if (edit.op === 'set') return setAt(lines, edit.path, edit.value);
  const list = locate(lines, edit.path);
  if (list === 'absent') return setAt(lines, edit.path, [edit.value]);
  return list?.kind === 'list' ? insert(lines, list, [edit.value]) : undefined;
}

/** The text with its edits, ending in a line break; undefined where the library has to make them. */
export function editPlain(text: string, edits: readonly Edit[]): string | undefined {
  let lines: string[] | undefined = text.replace(/\n$/, '').split('\n');
  for (const edit of edits) lines = lines && edited(lines, edit);
  return lines && `${lines.join('\n')}\n`;
}
