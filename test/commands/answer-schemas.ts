// The schemas of answers, compiled, and which command answers by which.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type AnySchemaObject, Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

const folder = path.join(import.meta.dirname, '..', '..', 'schemas');

/** The schema of each command's answer, by the command's name in the table. */
export const schemaOfCommand: Readonly<Record<string, string>> = {
  init: 'start',
  'model add': 'start',
  gate: 'gate',
  register: 'transition',
  approve: 'transition',
  reject: 'transition',
  deploy: 'transition',
  ramp: 'transition',
  rollback: 'transition',
  resolve: 'resolve',
  review: 'transition',
  deprecate: 'transition',
  reinstate: 'transition',
  retire: 'transition',
  hold: 'transition',
  release: 'transition',
  monitor: 'transition',
  drift: 'drift',
  triggers: 'triggers',
  event: 'transition',
  retrain: 'transition',
  due: 'due',
  health: 'health',
  'incident open': 'transition',
  'incident update': 'transition',
  'incident close': 'transition',
  list: 'list',
  show: 'show',
  history: 'history',
  diff: 'diff',
  inventory: 'inventory',
  validate: 'validate',
  check: 'check',
  audit: 'audit',
  'audit seal': 'seal',
  'audit export': 'export',
  'hook install': 'hook',
  'hook uninstall': 'hook',
  doctor: 'doctor',
  schema: 'schema',
  completion: 'completion',
};

async function readSchemas(within: string): Promise<AnySchemaObject[]> {
  const names = (await readdir(within)).filter((name) => name.endsWith('.schema.json'));
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(path.join(within, name), 'utf8')) as AnySchemaObject),
  );
}

/** The schemas of answers alone. */
export async function readAnswerSchemas(): Promise<AnySchemaObject[]> {
  return readSchemas(path.join(folder, 'answers'));
}

/** Holds a document against the schema of an answer: what is wrong with it, a line each. */
export async function answerChecker(): Promise<(schema: string, document: unknown) => string[]> {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false });
  addFormatsModule.default(ajv, { mode: 'full', formats: ['date', 'date-time'] });
  for (const schema of [...(await readSchemas(folder)), ...(await readAnswerSchemas())])
    ajv.addSchema(schema);
  return (schema, document) => {
    const validate = ajv.getSchema(`answers/${schema}.schema.json`);
    if (!validate) return [`there is no schemas/answers/${schema}.schema.json`];
    if (validate(document)) return [];
    return (validate.errors ?? []).map(
      (fault) => `${fault.instancePath || '/'} ${fault.message ?? ''} ${JSON.stringify(fault.params)}`,
    );
  };
}
