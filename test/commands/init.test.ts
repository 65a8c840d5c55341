// mlc init: makes folder, repository and registry, and does nothing twice.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { dayOne, gitIn, worldIn } from '../support/world.js';
import { type ErrorAnswer, escape } from './support.js';

const at = dayOne;

test('makes the folder, the repository and the registry, and validates', async () => {
  const world = worldIn(await temporaryFolder());
  const said = await world.mlc(['init', 'deep/models', '--name', 'acme'], { at });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  expect(said.stdout).toContain('registry acme');
  const inside = worldIn(path.join(world.folder, 'deep', 'models'));
  expect(await inside.read('mlc.yaml')).toContain('name: "acme"');
  expect(inside.git('status', '--porcelain')).toBe('');
  expect((await inside.mlc(['validate'])).code).toBe(0);
});

test('again does nothing, and says so', async () => {
  const world = worldIn(await temporaryFolder());
  await world.ok(['init'], { at });
  const head = world.git('rev-parse', 'HEAD');
  const said = await world.mlc(['init'], { at });
  expect(said.code).toBe(0);
  expect(said.stdout).toMatch(/^= .*there already; nothing to do\n$/);
  expect(world.git('rev-parse', 'HEAD')).toBe(head);
});

test('names the registry after its folder', async () => {
  const world = worldIn(await temporaryFolder());
  await mkdir(path.join(world.folder, 'churn-models'));
  const { data } = await world.json<{ name: string; repository_created: boolean }>(['init', 'churn-models'], {
    at,
  });
  expect(data).toMatchObject({ name: 'churn-models', repository_created: true });
});

test('keeps a repository that is there, with its files and its staged work', async () => {
  const folder = await temporaryFolder();
  const world = worldIn(folder);
  gitIn(folder, ['init', '-q', '-b', 'trunk']);
  await world.write('.gitattributes', '*.bin binary');
  world.git('add', '.');
  world.git('commit', '-qm', 'mine');
  await world.write('staged.txt', 'mine');
  world.git('add', 'staged.txt');
  const { data } = await world.json(['init'], { at });
  expect(data).toMatchObject({ repository_created: false, outcome: 'done' });
  expect(await world.read('.gitattributes')).toMatch(/^\*\.bin binary\n# mlc/);
  expect(world.git('status', '--porcelain')).toBe('A  staged.txt');
  expect(world.git('branch', '--show-current')).toBe('trunk');
});

test('--registry puts it into a folder of the repository', async () => {
  const folder = await temporaryFolder();
  gitIn(folder, ['init', '-q', '-b', 'main']);
  const world = worldIn(folder);
  await world.ok(['init', '--registry', 'ml', '--name', 'inner'], { at });
  expect(await readdir(path.join(folder, 'ml'))).toContain('mlc.yaml');
  expect(existsSync(path.join(folder, 'mlc.yaml'))).toBe(false);
  expect((await world.mlc(['list', '--registry', 'ml'])).code).toBe(0);
  expect((await world.mlc(['list'])).code).toBe(2);
});

test('--dry-run commits nothing', async () => {
  const world = worldIn(await temporaryFolder());
  gitIn(world.folder, ['init', '-q', '-b', 'main']);
  const said = await world.mlc(['init', '--dry-run'], { at });
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('nothing was committed');
  expect(existsSync(path.join(world.folder, 'mlc.yaml'))).toBe(false);
});

test('--dry-run makes no folder and no repository', async () => {
  const world = worldIn(await temporaryFolder());
  const said = await world.mlc(['init', 'new', '--dry-run'], { at });
  expect(said.code).toBe(0);
  expect(existsSync(path.join(world.folder, 'new'))).toBe(false);
});

test('a file in the way is refused', async () => {
  const world = worldIn(await temporaryFolder());
  await world.write('taken', 'x');
  const { code, data } = await world.json<ErrorAnswer>(['init', 'taken'], { at });
  expect(code).toBe(2);
  expect(data.error.code).toBe('path/not-a-folder');
});

test('a name with escape sequences is refused or shown escaped', async () => {
  const world = worldIn(await temporaryFolder());
  const first = await world.mlc(['init', '--name', `${escape}[31mred`], { at });
  expect(first.stdout + first.stderr).not.toContain(escape);
  await world.ok(['init', '--name', 'plain'], { at });
  const again = await world.mlc(['init', '--name', `${escape}[31mred`], { at });
  expect(again.stdout + again.stderr).not.toContain(escape);
});

test('without an identity nothing is written', async () => {
  const world = worldIn(await temporaryFolder());
  gitIn(world.folder, ['init', '-q', '-b', 'main']);
  const nobody = {
    GIT_AUTHOR_NAME: '',
    GIT_AUTHOR_EMAIL: '',
    GIT_COMMITTER_NAME: '',
    GIT_COMMITTER_EMAIL: '',
  };
  const said = await world.mlc(['init'], { env: nobody });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('git config --global user.name');
  expect(existsSync(path.join(world.folder, 'mlc.yaml'))).toBe(false);
});

test('a folder that is named inside a larger repository is the registry, and the rest is left alone', async () => {
  const world = worldIn(await temporaryFolder());
  world.git('init', '-q', '-b', 'main');
  await world.write('app.txt', 'mine\n');
  world.git('add', 'app.txt');
  world.git('commit', '-qm', 'app');
  const said = await world.mlc(['init', 'models-registry']);
  expect(said.stderr).toContain('--registry');
  expect(await world.read('models-registry/mlc.yaml')).toContain('name: "models-registry"');
  expect(world.git('ls-files').split('\n')).toEqual(
    expect.arrayContaining(['.gitattributes', 'app.txt', 'models-registry/mlc.yaml']),
  );
  expect((await world.mlc(['--registry', 'models-registry', 'list'])).code).toBe(0);
  expect((await world.mlc(['list'])).code).toBe(2);
});
