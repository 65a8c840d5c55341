// The record schemas: every key with a title, a description and an example, and every example valid.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import addFormatsModule from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

const names = [
  'common',
  'handover',
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

type Schema = Record<string, unknown>;

function read(name: string): Schema {
  return JSON.parse(
    readFileSync(path.join(import.meta.dirname, `../schemas/${name}.schema.json`), 'utf8'),
  ) as Schema;
}

const schemas = new Map(names.map((name) => [name, read(name)] as const));
const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
  schemas: [...schemas.values()],
});
addFormatsModule.default(ajv, { formats: ['date', 'date-time'] });

/** Every key of a schema with its JSON Pointer; a reference counts for what it says itself. */
function keysOf(node: unknown, pointer: string): { pointer: string; schema: Schema }[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema = node as Schema;
  const found: { pointer: string; schema: Schema }[] = [];
  for (const group of ['properties', '$defs'] as const) {
    for (const [key, value] of Object.entries((schema[group] as Schema | undefined) ?? {})) {
      const below = `${pointer}/${group}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      found.push({ pointer: below, schema: value as Schema }, ...keysOf(value, below));
    }
  }
  for (const group of ['items', 'additionalProperties'] as const)
    found.push(...keysOf(schema[group], `${pointer}/${group}`));
  return found;
}

/** A key that only points at another schema's key says there what it is. */
function isPointer(schema: Schema): boolean {
  return Object.keys(schema).join() === '$ref';
}

describe.each(names)('the %s schema', (name) => {
  const keys = keysOf(schemas.get(name), '').filter(({ schema }) => !isPointer(schema));

  test('gives every key a title, a description and an example', () => {
    const bare = keys.filter(
      ({ schema }) =>
        schema.const === undefined &&
        !(schema.title && schema.description && (schema.examples as unknown[] | undefined)?.length),
    );
    expect(bare.map(({ pointer }) => pointer)).toEqual([]);
  });

  test('has no example that it refuses', () => {
    const refused = keys.flatMap(({ pointer, schema }) => {
      const validate = ajv.getSchema(`${name}.schema.json#${pointer}`);
      return ((schema.examples as unknown[] | undefined) ?? []).flatMap((example) =>
        validate?.(example) ? [] : [{ pointer, example, errors: validate?.errors }],
      );
    });
    expect(refused).toEqual([]);
  });
});
