// Holds data against a schema and turns the validator's faults into problems that a person can act on.
import { knownKeys } from '../generated/keys.js';
import type { SchemaFault, SchemaValidator } from '../generated/validator.js';
import type { Problem } from '../lifecycle/problems.js';
import { didYouMean, nearest } from '../lifecycle/similarity.js';
import { escapeLine } from '../lifecycle/escape.js';
import { showPath } from '../lifecycle/key-path.js';
import { pointerToPath } from './places.js';
import { withoutBranches } from './schema-branches.js';
import type { Locator } from './key-places.js';
import { isPlainKey, isPrivate, tellablePath } from './private-settings.js';
import type { ReadYaml } from './yaml-read.js';
import { problemAt } from './yaml-text.js';

export type SchemaName =
  | 'version'
  | 'model'
  | 'gate'
  | 'config'
  | 'evidence'
  | 'retirement'
  | 'report'
  | 'event'
  | 'request'
  | 'incident'
  | 'profile';

const loaders: Record<SchemaName, () => Promise<{ validate: SchemaValidator }>> = {
  version: () => import('../generated/validate-version.js'),
  model: () => import('../generated/validate-model.js'),
  gate: () => import('../generated/validate-gate.js'),
  config: () => import('../generated/validate-config.js'),
  evidence: () => import('../generated/validate-evidence.js'),
  retirement: () => import('../generated/validate-retirement.js'),
  report: () => import('../generated/validate-report.js'),
  event: () => import('../generated/validate-event.js'),
  request: () => import('../generated/validate-request.js'),
  incident: () => import('../generated/validate-incident.js'),
  profile: () => import('../generated/validate-profile.js'),
};

/** A schema, ready to be held against data. */
export interface Schema {
  name: SchemaName;
  validate: SchemaValidator;
}

/** A file whose keys can be found in its text. */
interface Located extends ReadYaml {
  places: Locator;
}

const loaded = new Map<SchemaName, Schema>();

/** The precompiled validator of a schema. */
export async function loadSchema(name: SchemaName): Promise<Schema> {
  const known = loaded.get(name);
  if (known) return known;
  const schema = { name, validate: (await loaders[name]()).validate };
  loaded.set(name, schema);
  return schema;
}

/** Loads validators that will be needed, while git is at work: node compiles a function when it is first called. */
export async function readySchemas(names: readonly SchemaName[]): Promise<void> {
  for (const name of names) (await loadSchema(name)).validate(null);
}

// A file with one fault often has hundreds; the first are enough to mend it.
const maximumShown = 20;

interface Explained {
  code: string;
  message: string;
  hint?: string | undefined;
  path: string[];
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], data);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

const articles: Record<string, string> = {
  null: 'null',
  integer: 'a whole number',
  array: 'a list',
  object: 'a mapping',
  boolean: 'true or false',
  string: 'text',
};

function withArticle(type: string): string {
  return articles[type] ?? `a ${type}`;
}

function quoteHint(value: unknown, source: string): string | undefined {
  if (typeof value === 'number') return `YAML reads it as a number; put it in quotes: "${source}"`;
  return typeof value === 'boolean'
    ? `YAML reads it as a truth value; put it in quotes: "${source}"`
    : undefined;
}

function sourceAt(name: SchemaName, read: Located, path: readonly string[]): string {
  if (isPrivate(name, path)) return '…';
  const offset = read.places.valueAt(path);
  return /^[^\s,#}\]]+/.exec(read.text.slice(offset))?.[0] ?? '';
}

/** A value as a message shows it. A mapping may hold a key called toString, so none is turned into text. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? typeName(value) : `"${escapeLine(String(value))}"`;
}

function shownPath(name: SchemaName, path: readonly string[]): string {
  return showPath(isPrivate(name, path) ? tellablePath(path) : path);
}

function explainType(name: SchemaName, fault: SchemaFault, path: string[], read: Located): Explained {
  const value = valueAt(read.data, path);
  const wanted = ([] as string[]).concat(fault.params.type as string | string[]).join(' or ');
  const hint = wanted.includes('string') ? quoteHint(value, sourceAt(name, read, path)) : undefined;
  return {
    code: 'schema/type',
    message: `${shownPath(name, path) || 'the file'} is ${typeName(value)}; it has to be ${wanted.split(' or ').map(withArticle).join(' or ')}`,
    hint,
    path,
  };
}

function explain(name: SchemaName, fault: SchemaFault, read: Located): Explained | undefined {
  const path = pointerToPath(fault.instancePath);
  const where = shownPath(name, path) || 'the file';
  const value = valueAt(read.data, path);
  const told = isPrivate(name, path) ? 'a value that is not shown' : shown(value);
  switch (fault.keyword) {
    case 'required': {
      const key = String(fault.params.missingProperty);
      return {
        code: 'schema/missing',
        message: `${path.length > 0 ? `${where} lacks "${key}"` : `the key "${key}" is missing`}`,
        hint: `mlc schema ${name} shows every key with an example`,
        path,
      };
    }
    case 'additionalProperties': {
      const key = String(fault.params.additionalProperty);
      const near = nearest(key, siblings(name, read, path));
      const hint =
        near.length > 0
          ? `did you mean ${near.join(' or ')}?`
          : 'delete it, or move it below "labels" or "extensions"';
      return {
        code: 'schema/unknown-key',
        message: `${isPrivate(name, path) && !isPlainKey(key) ? 'a key' : `the key "${escapeLine(key)}"`} is not known${path.length > 0 ? ` in ${where}` : ''}`,
        hint,
        path: [...path, key],
      };
    }
    case 'type':
      return explainType(name, fault, path, read);
    case 'enum': {
      const allowed = (fault.params.allowedValues as unknown[]).map(String);
      return {
        code: 'schema/value',
        message: `${where} is ${told}; it has to be one of ${allowed.join(', ')}`,
        hint: didYouMean(typeof value === 'object' && value !== null ? '' : String(value), allowed),
        path,
      };
    }
    case 'const':
      return {
        code: 'schema/value',
        message: `${where} has to be "${String(fault.params.allowedValue)}"`,
        path,
      };
    case 'pattern':
    case 'format':
      return {
        code: 'schema/form',
        message: `${where} is ${told}, which ${formOf(fault, where)}`,
        path,
      };
    case 'anyOf':
    case 'oneOf':
      return {
        code: 'schema/form',
        message:
          path.length > 0
            ? `${where} fits none of the forms that it may have`
            : 'the file fits none of the forms that it may have',
        hint:
          quoteHint(value, sourceAt(name, read, path)) ??
          (fault.schemaPath.includes('check') || path[0] === 'checks'
            ? 'a check needs a bound: min, max, between, equals, max_regression, min_improvement or max_gap'
            : undefined),
        path,
      };
    case 'propertyNames':
    case 'unevaluatedProperties':
      return undefined;
    default:
      return { code: 'schema/value', message: `${where} ${fault.message ?? 'is not allowed'}`, path };
  }
}

/** The keys that the schema knows where an unknown one stands, without those that the file has already. */
function siblings(name: SchemaName, read: ReadYaml, path: readonly string[]): string[] {
  const known = knownKeys[name]?.[path.filter((part) => !/^\d+$/.test(part)).join('.')] ?? [];
  const present = valueAt(read.data, path) ?? {};
  return known.filter((candidate) => !Object.hasOwn(present, candidate));
}

function formOf(fault: SchemaFault, where: string): string {
  const { pattern, format } = fault.params as { pattern?: string; format?: string };
  const text = pattern ?? format ?? '';
  if (text.includes('date-time') || text === 'Z$') return 'is not a UTC time like "2026-03-01T09:30:00Z"';
  if (text === 'date') return 'is not a day like "2026-03-01"';
  if (text.includes('0-9a-f]{64}')) return 'is not a SHA-256 digest of 64 lower-case hexadecimal digits';
  if (text.includes('0-9a-f]{7,64}')) return 'is not a commit id';
  if (text.startsWith('^P')) return 'is not an ISO 8601 period like "P30D" or "P7Y"';
  if (text.includes('0|[1-9]')) return 'is not a semantic version like "1.2.0"';
  if (where === 'model_id') return 'cannot name a model';
  return 'does not have the form that is asked for';
}

/** What is wrong with a file's data by its schema, each with its place. */
export async function schemaProblems(
  { name, validate }: Schema,
  yaml: ReadYaml,
  file: string,
): Promise<Problem[]> {
  if (validate(yaml.data)) return [];
  const faults = validate.errors ?? [];
  // Only a file with something wrong needs the places of its keys.
  const { locator } = await import('./key-places.js');
  const read: Located = { ...yaml, places: locator(yaml.text) };
  const found = new Map<string, Explained>();
  for (const fault of withoutBranches(faults)) {
    const explained = explain(name, fault, read);
    if (explained) found.set(`${explained.code} ${explained.path.join('/')} ${explained.message}`, explained);
  }
  // Finding a place means reading the text up to it, so only what is shown is looked for.
  const problems = [...found.values()]
    .slice(0, maximumShown)
    .map((explained) => placed(name, explained, read, file));
  if (found.size <= maximumShown) return problems;
  const message = `and ${found.size - maximumShown} more problems`;
  return [...problems, { code: 'schema/more', message, file }];
}

function placed(
  name: SchemaName,
  { code, message, hint, path }: Explained,
  read: Located,
  file: string,
): Problem {
  const at = {
    code,
    message,
    offset: code === 'schema/unknown-key' ? read.places.keyAt(path) : read.places.valueAt(path),
    ...(hint === undefined ? {} : { hint }),
  };
  const problem = problemAt(file, read.text, at, shownPath(name, path));
  if (isPrivate(name, path)) delete problem.quoted;
  return problem;
}
