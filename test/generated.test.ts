// What is generated is what the schemas and the program give: types, validators, keys, and the README's reference.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateAll } from '../scripts/generate.js';
import { withReference } from '../scripts/reference.js';

const root = path.join(import.meta.dirname, '..');

describe('src/generated', async () => {
  const files = await generateAll();

  test.each([...files.keys()])('%s is up to date (npm run generate)', (name) => {
    expect(readFileSync(path.join(root, 'src', 'generated', name), 'utf8')).toBe(files.get(name));
  });
});

describe('README.md', () => {
  test('holds the command reference as the program has it (npm run docs)', async () => {
    const text = readFileSync(path.join(root, 'README.md'), 'utf8');
    expect(await withReference(text)).toBe(text);
  });
});
