// A fast reader for the plain YAML that mlc itself writes: block mappings and lists, and scalars and flow collections of
// one line, with comments.
// The library reads any YAML, at a hundredth of the speed; a registry of ten thousand records needs better. What is not
// surely of that plain kind is handed to the library: this reader answers undefined, and never guesses. A test holds the
// two against each other on thousands of mutated records.

const maximumDepth = 32;
// As many values as the library's reader allows.
export const maximumValues = 5000;
// What JavaScript trims and YAML keeps.
const otherSpace = /[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u2028\u2029\u205f\u3000\ufeff]/;

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

const plainKey = /^([A-Za-z_][A-Za-z0-9_.-]*|"[A-Za-z0-9_.-]+"):(?: +(\S.*)?)?$/;
const flowKey = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const notAKey = /^(?:null|true|false|__proto__|constructor|prototype)$/i;
const integer = /^[-+]?[0-9]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;
const special = /^(?:[-+]?\.(?:inf|nan)|0[ox].*)$/i;

function split(text: string): Line[] {
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    const content = raw.trimEnd();
    const body = content.trimStart();
    if (body === '' || body.startsWith('#')) continue;
    lines.push({ indent: content.length - body.length, text: body });
  }
  return lines;
}

/** A plain scalar as YAML's core schema reads it. */
function plainScalar(text: string): unknown {
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
  if (
    special.test(text) ||
    !/^[A-Za-z0-9_./+(<~$^\u00a1-\ud7ff]/.test(text) ||
    text.includes(': ') ||
    text.endsWith(':')
  )
    giveUp();
  return text;
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
    const match = line.indent === indent ? plainKey.exec(line.text) : null;
    if (!match?.[1]) giveUp();
    const name = match[1].startsWith('"') ? match[1].slice(1, -1) : match[1];
    if (notAKey.test(name) || Object.hasOwn(data, name)) giveUp();
    cursor.at += 1;
    const value = match[2];
    if (value !== undefined && value !== '' && !value.startsWith('#')) data[name] = scalar(value);
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
    if (plainKey.test(rest)) {
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
  return 2 * lines + (text.match(/[,[{]/g)?.length ?? 0);
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
