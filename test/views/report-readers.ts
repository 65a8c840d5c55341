// Readers of reports: the schemas that they are held against, and an XML reader that takes what our reports may hold and no more.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ValidateFunction, Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { expect } from 'vitest';

/** A digest as the program makes it. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The tool that reports of tests are by. */
export const tool = { name: 'mlc', version: '1.2.3' };

// What GitLab documents of a code quality report.
const qualitySchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^\\./' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

/** SARIF by its own schema, and code quality by GitLab's documentation. */
export async function reportSchemas(): Promise<{ isSarif: ValidateFunction; isQuality: ValidateFunction }> {
  const file = path.join(import.meta.dirname, '../fixtures/sarif/sarif-schema-2.1.0.json');
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormatsModule.default(ajv);
  const sarif = JSON.parse(await readFile(file, 'utf8')) as object;
  return { isSarif: ajv.compile(sarif), isQuality: ajv.compile(qualitySchema) };
}

/** Reads XML as this report writes it, and answers the elements; throws where it is not well-formed. */
export function elementsOf(xml: string): string[] {
  const token =
    /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z-]+)((?: [a-z]+="(?:[^"<&]|&(?:amp|lt|gt|quot|apos);)*")*)>|[^<>&]|&(?:amp|lt|gt|quot|apos);/uy;
  const open: string[] = [];
  const elements: string[] = [];
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (!match) throw new Error(`not XML at ${at}: ${xml.slice(at, at + 40)}`);
    const [, end, name] = match;
    if (name === undefined) continue;
    if (end === '/') expect(open.pop()).toBe(name);
    else {
      open.push(name);
      elements.push(name);
    }
  }
  expect(open).toEqual([]);
  return elements;
}
