// The patterns of the schemas take linear time on any input: records come from strangers. (Those in the code, eslint holds.)
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';

const folder = path.join(import.meta.dirname, '../schemas');

/** Every value of a key, and every key below `patternProperties`, in all schemas. */
async function patterns(): Promise<{ patterns: Set<string>; formats: Set<string> }> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
  const found = { patterns: new Set<string>(), formats: new Set<string>() };
  for (const name of names)
    JSON.parse(await readFile(path.join(folder, name), 'utf8'), (key, value: unknown) => {
      if (key === 'pattern' && typeof value === 'string') found.patterns.add(value);
      if (key === 'format' && typeof value === 'string') found.formats.add(value);
      if (key === 'patternProperties')
        for (const pattern of Object.keys(value as object)) found.patterns.add(pattern);
      return value;
    });
  return found;
}

function slowParts(pattern: RegExp): string[] {
  const { reports } = analyse(pattern, { reportTypes: { Move: true, Self: true, Trade: true } });
  return reports.map(({ type }) => type);
}

test('the analysis finds what is slow', () => {
  expect(slowParts(/^(?:a+)+$/u)).not.toEqual([]);
  expect(slowParts(/a+$/u)).not.toEqual([]);
  expect(slowParts(/^ *a *b$/u)).toEqual([]);
});

test('no pattern of a schema takes more than linear time', async () => {
  const found = await patterns();
  expect(found.patterns.size).toBeGreaterThan(20);
  const slow = [...found.patterns].filter((pattern) => slowParts(new RegExp(pattern, 'u')).length > 0);
  expect(slow).toEqual([]);
});

test('no format of a schema takes more than linear time', async () => {
  const found = await patterns();
  const slow = [...found.formats].filter((name) => {
    const format = fullFormats[name as keyof typeof fullFormats] as unknown;
    return format instanceof RegExp && slowParts(format).length > 0;
  });
  expect(found.formats.size).toBeGreaterThan(0);
  expect(slow).toEqual([]);
});
