// What is promised of every call and every reader, whatever it is given; each broken promise is a line.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type AnySchemaObject, Ajv2020 } from 'ajv/dist/2020.js';

/** What a run of mlc said. */
export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

// What moves a cursor, recolours or reorders; line feeds and tabs are how text is laid out.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const stackTrace = /^\s+at .*(?:\(.*:\d+:\d+\)|:\d+:\d+)$/m;

/** Where a text has a character that drives a terminal; undefined where it has none. */
export function controlIn(text: string): string | undefined {
  const found = control.exec(text);
  if (!found) return undefined;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, '0');
  return `U+${code} in ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 30))}`;
}

const schemas = path.join(import.meta.dirname, '..', '..', 'schemas', 'answers');

function errorCheck(): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const name of readdirSync(schemas))
    ajv.addSchema(JSON.parse(readFileSync(path.join(schemas, name), 'utf8')) as AnySchemaObject);
  const validate = ajv.getSchema('answers/error.schema.json');
  if (!validate) throw new Error('there is no schema of errors');
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const errorFaults = errorCheck();

function parsed(text: string): { document: unknown } | undefined {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function brokenJson({ code, stdout }: Said): string[] {
  const read = parsed(stdout);
  if (!read) return [`--json printed no single JSON document: ${JSON.stringify(stdout.slice(0, 200))}`];
  const { document } = read;
  const isError = typeof document === 'object' && document !== null && 'error' in document;
  if (!isError) return code === 2 ? ['exit code 2 with --json, and no error document'] : [];
  if (code === 0) return ['exit code 0 with an error document'];
  return errorFaults(document).map((fault) => `the error is not as its schema says: ${fault}`);
}

/** The promises that one call broke. */
export function brokenBy(said: Said, argv: readonly string[]): string[] {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const broken: string[] = [];
  if (![0, 1, 2].includes(said.code)) broken.push(`exit code ${said.code}`);
  for (const stream of ['stdout', 'stderr'] as const) {
    const found = controlIn(said[stream]);
    if (found !== undefined) broken.push(`${stream} has a control character: ${found}`);
    if (stackTrace.test(said[stream]) && !words.includes('--debug'))
      broken.push(`${stream} has a stack trace`);
  }
  if (words.includes('--json')) broken.push(...brokenJson(said));
  else if (said.code === 2 && said.stdout !== '') broken.push('exit code 2, and something on stdout');
  else if (said.code === 2 && !said.stderr.startsWith('mlc: ')) broken.push('exit code 2, and no word why');
  return broken;
}

/** What changed in every object at once; put back, so that it is told of one input alone. */
export function pollution(): string[] {
  const added = Object.getOwnPropertyNames(Object.prototype).filter((name) => !originalNames.has(name));
  for (const name of added) delete (Object.prototype as Record<string, unknown>)[name];
  return added.map((name) => `Object.prototype has a new property ${name}`);
}

const originalNames = new Set(Object.getOwnPropertyNames(Object.prototype));
