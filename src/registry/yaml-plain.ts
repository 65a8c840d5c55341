// A fast reader for the plain YAML that mlc itself writes: block mappings and lists, and scalars and flow collections of
// one line, with comments.
// The library reads any YAML, at a hundredth of the speed; a registry of ten thousand records needs better. What is not
// surely of that plain kind is handed to the library: this reader answers undefined, and never guesses. A test holds the
// two against each other on thousands of mutated records.
import { charactersOf, giveUp, maximumDepth, notAKey, notPlain, scalar } from './yaml-plain-value.js';

// As many values as the library's reader allows.
export const maximumValues = 5000;
// What JavaScript trims and YAML keeps.
const otherSpace = /[\t\v\f\r\u00a0\u1680\u2000-\u200a\u202f\u2028\u2029\u205f\u3000\ufeff]/;

interface Line {
  indent: number;
  text: string;
}

interface Cursor {
  lines: Line[];
  at: number;
}

const [space, hash, quote, colon] = [0x20, 0x23, 0x22, 0x3a];

// Most of the time of a first look at a registry is spent here.
const beginsKey = charactersOf(/[A-Za-z_]/);
const isInKey = charactersOf(/[A-Za-z0-9_.-]/);

function split(text: string): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < text.length;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    let from = at;
    while (text.charCodeAt(from) === space) from += 1;
    if (from < end && text.charCodeAt(from) !== hash) {
      let to = end;
      while (text.charCodeAt(to - 1) === space) to -= 1;
      lines.push({ indent: from - at, text: text.slice(from, to) });
    }
    at = end + 1;
  }
  return lines;
}

/** Where the colon of a line's key stands; -1 where the line has no plain key. */
function keyEnd(text: string): number {
  const quoted = text.charCodeAt(0) === quote;
  const start = quoted ? 1 : 0;
  let at = start;
  if (quoted || beginsKey[text.charCodeAt(0)]) while (isInKey[text.charCodeAt(at)]) at += 1;
  if (at === start) return -1;
  if (quoted && text.charCodeAt(at++) !== quote) return -1;
  if (text.charCodeAt(at) !== colon) return -1;
  return at + 1 === text.length || text.charCodeAt(at + 1) === space ? at : -1;
}

/** Whether what stands in a line begins an item of a list. */
export function isItem(text: string | undefined): boolean {
  return text !== undefined && (text === '-' || text.startsWith('- '));
}

/** What stands below a key or a dash without a value of its own; null where nothing does. */
function below(cursor: Cursor, indent: number, depth: number): unknown {
  const next = cursor.lines[cursor.at];
  if (next === undefined || next.indent <= indent) return null;
  return collection(cursor, depth);
}

function mapping(cursor: Cursor, depth: number): Record<string, unknown> {
  const { indent } = cursor.lines[cursor.at] as Line;
  const data: Record<string, unknown> = {};
  for (
    let line = cursor.lines[cursor.at];
    line !== undefined && line.indent >= indent;
    line = cursor.lines[cursor.at]
  ) {
    const end = line.indent === indent ? keyEnd(line.text) : -1;
    if (end < 0) giveUp();
    const name = line.text.charCodeAt(0) === quote ? line.text.slice(1, end - 1) : line.text.slice(0, end);
    if (notAKey.test(name) || Object.hasOwn(data, name)) giveUp();
    cursor.at += 1;
    let from = end + 1;
    while (line.text.charCodeAt(from) === space) from += 1;
    if (from < line.text.length && line.text.charCodeAt(from) !== hash)
      data[name] = scalar(line.text.slice(from));
    else if (cursor.lines[cursor.at]?.indent === indent && isItem(cursor.lines[cursor.at]?.text))
      data[name] = list(cursor, depth + 1);
    else data[name] = below(cursor, indent, depth + 1);
  }
  return data;
}

function list(cursor: Cursor, depth: number): unknown[] {
  if (depth > maximumDepth) giveUp();
  const { indent } = cursor.lines[cursor.at] as Line;
  const items: unknown[] = [];
  for (
    let line = cursor.lines[cursor.at];
    line !== undefined && line.indent === indent && isItem(line.text);
    line = cursor.lines[cursor.at]
  ) {
    const rest = line.text.slice(1).trimStart();
    if (rest === '' || rest.startsWith('#') || rest.startsWith('- ')) giveUp();
    if (keyEnd(rest) >= 0) {
      // `- key: value` begins a mapping that stands as deep as its first key.
      cursor.lines[cursor.at] = { indent: indent + line.text.length - rest.length, text: rest };
      items.push(mapping(cursor, depth + 1));
    } else {
      cursor.at += 1;
      items.push(scalar(rest));
    }
  }
  return items;
}

function collection(cursor: Cursor, depth: number): unknown {
  if (depth > maximumDepth) giveUp();
  return isItem(cursor.lines[cursor.at]?.text) ? list(cursor, depth) : mapping(cursor, depth);
}

/** At least as many values as a text can hold: two a line, and one a comma or bracket of a flow collection. */
export function mostValues(text: string, lines: number): number {
  let count = 2 * lines;
  for (const sign of [',', '[', '{'])
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

/** The data of a plain file, or undefined where the library has to read it. */
export function readPlain(text: string): Record<string, unknown> | undefined {
  if (otherSpace.test(text)) return undefined;
  try {
    const cursor = { lines: split(text), at: 0 };
    if (mostValues(text, cursor.lines.length) > maximumValues) return undefined;
    if (cursor.lines.length === 0 || isItem(cursor.lines[0]?.text)) return undefined;
    const data = mapping(cursor, 1);
    return cursor.at === cursor.lines.length ? data : undefined;
  } catch (thrown) {
    if (thrown === notPlain) return undefined;
    throw thrown;
  }
}
