// Reads files of numbers as evaluation tools write them: JSON with Python's NaN and Infinity, or YAML.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import type { EvidenceFile } from '../generated/types.js';

const maximumBytes = 16 * 1024 * 1024;
// The YAML library compares every key with every other, so a large YAML file would take minutes.
const maximumYamlBytes = 256 * 1024;

/** A file's data, and what the record says of it. */
export interface NumbersFile {
  data: Record<string, unknown>;
  evidence: EvidenceFile;
}

// Strings are matched first, so that the words are found outside of them alone.
const stringsAndWords = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
const sentinel = '\u0000number:';

/** JSON as Python writes it: bare NaN and Infinity become the numbers that they are, for the caller to refuse. */
function parsePythonJson(text: string): unknown {
  const marked = text.replace(stringsAndWords, (match) =>
    match.startsWith('"') ? match : JSON.stringify(sentinel + match),
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(sentinel) ? Number(value.slice(sentinel.length)) : value,
  ) as unknown;
}

async function parseYaml(text: string, name: string): Promise<unknown> {
  if (text.length > maximumYamlBytes)
    throw usage(
      'input/too-large',
      `${name} is too large for YAML (${text.length} bytes)`,
      'write it as JSON',
    );
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: true,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) throw usage('input/syntax', `${name} is not valid YAML: ${error.message.split('\n')[0]}`);
  return document.toJS({ maxAliasCount: 100 });
}

async function parse(text: string, name: string): Promise<{ data: unknown; format: string }> {
  const isYaml = /\.ya?ml$/i.test(name) || !/^\s*[[{]/.test(text);
  if (isYaml) return { data: await parseYaml(text, name), format: 'yaml' };
  try {
    return { data: parsePythonJson(text), format: 'json' };
  } catch (error) {
    throw usage(
      'input/syntax',
      `${name} is not valid JSON: ${(error as Error).message}`,
      `python3 -m json.tool ${name}`,
    );
  }
}

/** Reads a file that a user names. `cwd` is what a relative name starts from. */
export async function readNumbersFile(cwd: string, name: string): Promise<NumbersFile> {
  const full = path.resolve(cwd, name);
  const found = await stat(full).catch(() => undefined);
  if (!found) throw usage('path/not-found', `there is no file ${name}`, `ls ${path.dirname(name)}`);
  if (!found.isFile()) throw usage('path/not-a-file', `${name} is not a file`, `ls ${name}`);
  if (found.size > maximumBytes)
    throw usage(
      'input/too-large',
      `${name} has ${found.size} bytes; results have at most ${maximumBytes}`,
      'hand in the metrics alone',
    );
  const bytes = await readFile(full);
  const { data, format } = await parse(bytes.toString('utf8').replace(/^\ufeff/, ''), name);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw usage(
      'input/shape',
      `${name} holds ${Array.isArray(data) ? 'a list' : 'no mapping'}; it has to map names to values`,
      '{"accuracy": 0.94, "evaluation_dataset": "golden@v1"}',
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { data: data as Record<string, unknown>, evidence: { file: path.basename(name), sha256, format } };
}
