// A fast reader for the plain YAML that mlc itself writes: block mappings and lists, and scalars and flow collections of
// one line, with comments.
// The library reads any YAML, at a hundredth of the speed; a registry of ten thousand records needs better. What is not
// surely of that plain kind is handed to the library: this reader answers undefined, and never guesses. A test holds the
// two against each other on thousands of mutated records.

const maximumDepth = 32;
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

/** Ends the fast reading; the library takes over. */
const notPlain = Symbol('not plain');

function giveUp(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a stack trace would cost more than the reading
  throw notPlain;
}

const flowKey = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const notAKey = /^(?:null|true|false|__proto__|constructor|prototype)$/i;
const integer = /^[-+]?[0-9]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;
const special = /^(?:[-+]?\.(?:inf|nan)|0[ox].*)$/i;

const [space, hash, quote, colon] = [0x20, 0x23, 0x22, 0x3a];

function charactersOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

// Most of the time of a first look at a registry is spent here, and a table is several times as fast as a pattern.
const beginsKey = charactersOf(/[A-Za-z_]/);
const isInKey = charactersOf(/[A-Za-z0-9_.-]/);
// What begins like this is neither a number nor one of the words for null, true and false.
const beginsWord = charactersOf(/[A-EG-MO-SU-Za-eg-mo-su-z]/);

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

/** A plain scalar as YAML's core schema reads it. */
function plainScalar(text: string): unknown {
  if (!beginsWord[text.charCodeAt(0)]) {
    if (text === '~' || text === 'null' || text === 'Null' || text === 'NULL') return null;
    if (text === 'true' || text === 'True' || text === 'TRUE') return true;
    if (text === 'false' || text === 'False' || text === 'FALSE') return false;
    if (integer.test(text)) {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : giveUp();
    }
    if (float.test(text)) {
      const value = Number(text);
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
        ? value
        : giveUp();
    }
    if (special.test(text) || !/^[A-Za-z0-9_./+(<~$^\u00a1-\ud7ff]/.test(text)) giveUp();
  }
  return text.includes(': ') || text.endsWith(':') ? giveUp() : text;
}

const flowToken =
  /\s*(?:([[\]{},])|"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_./+<~$^][^,[\]{}:#"'&*!|>%@`]*|-[0-9.][0-9.eE+-]*)|(: +))/y;

interface Token {
  /** A bracket, comma or colon; undefined for a value. */
  sign: string | undefined;
  value: unknown;
  text: string;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  flowToken.lastIndex = 0;
  while (flowToken.lastIndex < text.length) {
    const match = flowToken.exec(text);
    if (!match) giveUp();
    const [, sign, double, single, plain, colon] = match;
    const quoted = double ?? single;
    const word = plain?.trimEnd() ?? '';
    if (sign ?? colon) found.push({ sign: sign ?? ':', value: undefined, text: '' });
    else if (quoted !== undefined) found.push({ sign: undefined, value: quoted, text: '' });
    else found.push({ sign: undefined, value: plainScalar(word), text: word });
  }
  return found;
}

function flowValue(list: Token[], depth: number): unknown {
  if (depth > maximumDepth) giveUp();
  const token = list.shift();
  if (token?.sign === '[') return flowItems(list, depth);
  if (token?.sign === '{') return flowPairs(list, depth);
  return token && token.sign === undefined ? token.value : giveUp();
}

function flowItems(list: Token[], depth: number): unknown[] {
  const items: unknown[] = [];
  while (list[0]?.sign !== ']') {
    items.push(flowValue(list, depth + 1));
    if (list[0]?.sign === ',' && list[1]?.sign === undefined) list.shift();
    else if (list[0]?.sign === ',' && (list[1]?.sign === '{' || list[1]?.sign === '[')) list.shift();
    else if (list[0]?.sign !== ']') giveUp();
  }
  list.shift();
  return items;
}

function flowPairs(list: Token[], depth: number): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  while (list[0]?.sign !== '}') {
    const name = list.shift()?.text ?? '';
    if (!flowKey.test(name) || notAKey.test(name) || Object.hasOwn(data, name) || list.shift()?.sign !== ':')
      giveUp();
    data[name] = flowValue(list, depth + 1);
    if (list[0]?.sign === ',' && list[1]?.sign === undefined && list[1] !== undefined) list.shift();
    else if (list[0]?.sign !== '}') giveUp();
  }
  list.shift();
  return data;
}

/** A flow collection that stands whole in one line. */
function flow(text: string): unknown {
  const list = tokens(text);
  const value = flowValue(list, 1);
  return list.length === 0 ? value : giveUp();
}

function scalar(text: string): unknown {
  const first = text[0];
  if (first === '"') {
    if (text.indexOf('"', 1) === text.length - 1 && !text.includes('\\')) return text.slice(1, -1);
    const quoted = /^"([^"\\]*)"(?: +#.*)?$/.exec(text);
    return quoted ? quoted[1] : giveUp();
  }
  if (first === "'") {
    const quoted = /^'([^']*)'(?: +#.*)?$/.exec(text);
    return quoted ? quoted[1] : giveUp();
  }
  const comment = text.indexOf(' #');
  const bare = comment < 0 ? text : text.slice(0, comment).trimEnd();
  if (first === '[' || first === '{') return flow(bare);
  return plainScalar(bare);
}

function isItem(line: Line | undefined): boolean {
  return line !== undefined && (line.text === '-' || line.text.startsWith('- '));
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
    else if (cursor.lines[cursor.at]?.indent === indent && isItem(cursor.lines[cursor.at]))
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
    line !== undefined && line.indent === indent && isItem(line);
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
  return isItem(cursor.lines[cursor.at]) ? list(cursor, depth) : mapping(cursor, depth);
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
    if (cursor.lines.length === 0 || isItem(cursor.lines[0])) return undefined;
    const data = mapping(cursor, 1);
    return cursor.at === cursor.lines.length ? data : undefined;
  } catch (thrown) {
    if (thrown === notPlain) return undefined;
    throw thrown;
  }
}
