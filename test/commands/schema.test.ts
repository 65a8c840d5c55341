// mlc schema: prints each schema as it is in the package.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { runMlc } from '../support/world.js';

const names = [
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
  'handover',
  'common',
];

test.each(names)('%s is printed byte for byte, anywhere', async (name) => {
  const cwd = await temporaryFolder();
  const said = await runMlc(['schema', name], { cwd });
  const file = path.join(import.meta.dirname, '..', '..', 'schemas', `${name}.schema.json`);
  expect(said).toEqual({ code: 0, stdout: await readFile(file, 'utf8'), stderr: '' });
});

test('a near miss is suggested, and the names are listed', async () => {
  const said = await runMlc(['schema', 'vrsion'], { cwd: await temporaryFolder() });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain(names.join(', '));
  expect(said.stderr).toContain('did you mean version?');
});
