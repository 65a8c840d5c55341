// What stands in one line of plain YAML: scalars, and flow collections that are whole in it. Part of yaml-plain.ts.

/** How deep values may be nested. */
export const maximumDepth = 32;

/** Ends fast reading or writing; the library takes over. */
export const notPlain = Symbol('not plain');

/** Leaves it to the library. */
export function giveUp(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a stack trace would cost more than the work
  throw notPlain;
}

/** Keys that the library refuses, or that would be no plain property. */
export const notAKey = /^(?:null|true|false|__proto__|constructor|prototype)$/i;
const flowKey = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const integer = /^[-+]?[0-9]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;
const special = /^(?:[-+]?\.(?:inf|nan)|0[ox].*)$/i;

/** A table of the ASCII characters that a pattern takes: several times as fast as the pattern. */
export function charactersOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

// What begins like this is neither a number nor one of the words for null, true and false.
const beginsWord = charactersOf(/[A-EG-MO-SU-Za-eg-mo-su-z]/);

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

/** The value of a key or an item that stands in its line, with a comment behind it or without. */
export function scalar(text: string): unknown {
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
