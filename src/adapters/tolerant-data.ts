// Reads JSON with Python's NaN and Infinity, and YAML, into plain data: no key twice, nothing that grows without end.
import { randomUUID } from 'node:crypto';
import { usage } from '../errors.js';

// Beyond it, the YAML library takes seconds.
const maximumYamlBytes = 256 * 1024;

// Strings are matched first, so that the words and signs are found outside of them alone; one that is not closed too, once.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b|[{}[\]:,]/g;

/** The first key that stands twice in one object; JSON.parse would silently keep the last. */
function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let last: string | undefined;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && last?.startsWith('"')) {
      const key = JSON.parse(last) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
    last = token;
  }
  return undefined;
}

/** JSON as Python writes it: bare NaN and Infinity become the numbers that they are, for the caller to refuse. */
function parsePythonJson(text: string): unknown {
  // Made anew for every file, so that no text in one can pass for a number.
  const mark = `${randomUUID()}:`;
  const marked = text.replace(tokens, (token) =>
    /^-?[NI]/.test(token) ? JSON.stringify(mark + token) : token,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  ) as unknown;
}

function duplicateFault(key: string, name: string): Error {
  return usage(
    'input/duplicate-key',
    `"${key}" stands twice in ${name}, and only one of the two can be right`,
    'have the evaluation write it once',
  );
}

async function parseYaml(text: string, name: string): Promise<unknown> {
  if (text.length > maximumYamlBytes) {
    throw usage(
      'input/too-large',
      `${name} is too large for YAML (${text.length} bytes)`,
      'write it as JSON',
    );
  }
  const [{ LineCounter, visit }, { parseYaml: parseDocument }] = await Promise.all([
    import('yaml'),
    import('../yaml-document.js'),
  ]);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, lineCounter);
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const [said] = error.message.split('\n');
    throw usage('input/syntax', `${name} is not valid YAML: ${said} at line ${line}, column ${col}`);
  }
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const word = String(key);
        if (seen.has(word)) throw duplicateFault(word, name);
        seen.add(word);
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    throw usage(
      'input/syntax',
      `${name} is not plain data: ${(thrown as Error).message}`,
      'write the values out',
    );
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    const data = parsePythonJson(text);
    const twice = duplicateKey(text);
    if (twice === undefined) return data;
    throw duplicateFault(twice, name);
  } catch (error) {
    if (error instanceof RangeError)
      throw usage('input/too-deep', `${name} is nested too deep`, 'hand in the metrics alone');
    if (error instanceof SyntaxError) {
      throw usage(
        'input/syntax',
        `${name} is not valid JSON: ${error.message}`,
        `python3 -m json.tool ${name}`,
      );
    }
    throw error;
  }
}

/** Reads JSON as Python writes it, or YAML; by the name, else by the look. NaN and Infinity come as the numbers that they are. */
export async function parseData(
  text: string,
  name: string,
): Promise<{ data: unknown; format: 'json' | 'yaml' }> {
  const isYaml = /\.ya?ml$/i.test(name) || !/^\s*[[{]/.test(text);
  return isYaml
    ? { data: await parseYaml(text, name), format: 'yaml' }
    : { data: parseJson(text, name), format: 'json' };
}
