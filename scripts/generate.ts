// Generates src/generated/ from schemas/: TypeScript types, and one precompiled validator per record schema.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import addFormatsModule from 'ajv-formats';
import { build } from 'rolldown';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { compactFaults, withoutAnnotations } from './compact-validator.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const schemaFolder = path.join(root, 'schemas');
const recordSchemas = [
  'version',
  'model',
  'gate',
  'config',
  'evidence',
  'retirement',
  'report',
  'event',
  'request',
  'incident',
  'profile',
] as const;
/** Schemas that others refer to, without a validator of their own. */
const sharedSchemas = ['common', 'handover'] as const;
const banner = '// Generated from schemas/ by `npm run generate`. Do not edit.\n';

async function readSchema(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(schemaFolder, `${name}.schema.json`), 'utf8')) as Record<
    string,
    unknown
  >;
}

/**
 * The schema as the type generator wants it: references point into one document, and only objects keep their
 * title, so that every interface has a name and every scalar stands inline.
 */
function forTypes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forTypes);
  if (typeof node !== 'object' || node === null) return node;
  const source = node as Record<string, unknown>;
  if (typeof source.$ref === 'string') {
    const target = source.$ref.replace(/^(\w+)\.schema\.json#?/, '#/$defs/$1');
    return { ...(source.description ? { description: source.description } : {}), $ref: target };
  }
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    if (['examples', '$id', '$schema', 'anyOf'].includes(key) && key !== 'anyOf') continue;
    if (key === 'anyOf' && source.type === 'object') continue;
    copy[key] =
      key === 'properties' || key === '$defs' ? mapValues(value as object, forTypes) : forTypes(value);
  }
  if (typeof copy.title === 'string' && !source.properties) delete copy.title;
  return copy;
}

function mapValues(object: object, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** TypeScript types of all record schemas, in one file. */
export async function generateTypes(): Promise<string> {
  const definitions: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (const name of [...sharedSchemas, ...recordSchemas])
    definitions[name] = forTypes(await readSchema(name));
  for (const name of recordSchemas) properties[name] = { $ref: `#/$defs/${name}` };
  const all = {
    title: 'Schemas',
    type: 'object',
    additionalProperties: false,
    properties,
    $defs: definitions,
  };
  const text = await compile(all as JSONSchema, 'Schemas', {
    bannerComment: `/* eslint-disable */\n${banner}`,
    additionalProperties: false,
    unreachableDefinitions: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
  // TypeScript wants an index signature to cover the named keys too; JSON Schema does not.
  return text.replace(/(interface EvaluationResults \{[^]*?\[k: string\]: )[^;]+;/, '$1unknown;');
}

/** The source of one self-contained validator module. */
export async function generateValidator(name: (typeof recordSchemas)[number]): Promise<string> {
  const schemas = await Promise.all([...sharedSchemas, ...recordSchemas].map(readSchema));
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    verbose: false,
    ownProperties: true,
    strictNumbers: true,
    allowUnionTypes: true,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
    schemas: schemas.map((schema) => withoutAnnotations(schema) as Record<string, unknown>),
  });
  addFormatsModule.default(ajv, { mode: 'full', formats: ['date', 'date-time'] });
  const validate = ajv.getSchema(`${name}.schema.json`);
  if (!validate) throw new Error(`no schema ${name}`);
  const entry = 'virtual:validator';
  const bundled = await build({
    cwd: root,
    input: entry,
    platform: 'node',
    write: false,
    plugins: [
      {
        name: 'validator',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? compactFaults(standaloneModule.default(ajv, validate)) : undefined),
      },
    ],
    output: {
      format: 'esm',
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      comments: false,
    },
  });
  return `${banner}${bundled.output[0].code.replace(/export ?\{ ?\w+ as default, ?(\w+ as validate|validate) ?\}/, 'export{$1}')}`;
}

/** The keys that each schema knows, by the path of their mapping; list positions are left out of a path. */
export async function generateKeys(): Promise<string> {
  const documents = new Map<string, Record<string, unknown>>();
  for (const name of [...sharedSchemas, ...recordSchemas])
    documents.set(`${name}.schema.json`, await readSchema(name));
  const resolve = (reference: string): unknown => {
    const [file = '', pointer = ''] = reference.split('#');
    const steps = pointer.split('/').filter(Boolean);
    return steps.reduce<unknown>(
      (node, step) => (node as Record<string, unknown>)[step],
      documents.get(file),
    );
  };
  const keys: Record<string, Record<string, string[]>> = {};
  for (const name of recordSchemas) {
    const found: Record<string, string[]> = {};
    const walk = (node: unknown, path: string): void => {
      const schema = node as Record<string, unknown>;
      if (typeof schema.$ref === 'string') return walk(resolve(schema.$ref), path);
      if (schema.items) walk(schema.items, path);
      const properties = schema.properties as Record<string, unknown> | undefined;
      if (!properties) return;
      found[path] = Object.keys(properties);
      for (const [key, value] of Object.entries(properties))
        walk(value, path === '' ? key : `${path}.${key}`);
    };
    walk(documents.get(`${name}.schema.json`), '');
    keys[name] = found;
  }
  return `${banner}export const knownKeys: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = ${JSON.stringify(keys)};\n`;
}

/** Every generated file, by its name in src/generated/. */
export async function generateAll(): Promise<Map<string, string>> {
  const files = new Map<string, string>([
    ['types.ts', await generateTypes()],
    ['keys.ts', await generateKeys()],
  ]);
  for (const name of recordSchemas) {
    files.set(`validate-${name}.js`, await generateValidator(name));
    files.set(
      `validate-${name}.d.ts`,
      `${banner}import type { SchemaValidator } from './validator.js';\nexport const validate: SchemaValidator;\n`,
    );
  }
  files.set(
    'validator.d.ts',
    `${banner}export interface SchemaFault {\n  instancePath: string;\n  keyword: string;\n  schemaPath: string;\n  message?: string;\n  params: Record<string, unknown>;\n}\nexport interface SchemaValidator {\n  (data: unknown): boolean;\n  errors?: SchemaFault[] | null;\n}\n`,
  );
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(root, 'src', 'generated');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of await generateAll()) await writeFile(path.join(folder, name), text);
}
