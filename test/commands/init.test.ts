// mlc init: makes folder, repository and registry, and does nothing twice.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type World, dayOne, digest, gitIn, worldIn } from '../support/world.js';
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

interface InitAnswer {
  outcome: string;
  files: string[];
  warnings: { code: string; hint?: string }[];
  hook?: string | null;
}
const workflow = '.github/workflows/mlc.yml';

describe('--hooks', () => {
  test('puts the hook there, in a registry that is new and in one that is there', async () => {
    const world = worldIn(await temporaryFolder());
    const said = await world.mlc(['init', '--hooks'], { at });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toContain('pre-commit installed');
    const hook = path.join(world.folder, '.git/hooks/pre-commit');
    expect(existsSync(hook)).toBe(true);
    await rm(hook);
    const { data } = await world.json<InitAnswer>(['init', '--hooks'], { at });
    expect(data).toMatchObject({ outcome: 'unchanged', hook, warnings: [] });
    expect(existsSync(hook)).toBe(true);
  });

  test("leaves another's hook alone, says so, and starts the registry", async () => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'main');
    await world.write('.git/hooks/pre-commit', 'exit 0\n');
    const { code, data } = await world.json<InitAnswer>(['init', '--hooks'], { at });
    expect({ code, ...data }).toMatchObject({
      code: 0,
      outcome: 'done',
      hook: null,
      warnings: [{ code: 'hook/other', hint: expect.stringContaining('mlc validate --staged') as string }],
    });
    expect(await world.read('.git/hooks/pre-commit')).toBe('exit 0\n');
  });

  test('does nothing in a dry run', async () => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'main');
    await world.ok(['init', '--hooks', '--dry-run'], { at });
    expect(existsSync(path.join(world.folder, '.git/hooks/pre-commit'))).toBe(false);
  });
});

describe('--ci', () => {
  const starting = (world: World, host: string, ...more: string[]) =>
    world.json<InitAnswer>(['init', '--ci', host, ...more], { at });
  const version = async (): Promise<string> =>
    (JSON.parse(await readFile('package.json', 'utf8')) as { version: string }).version;

  test('github: the workflow, in the commit of the registry, for this version and branch', async () => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'trunk');
    const { data } = await starting(world, 'github');
    expect(data.files).toContain(workflow);
    expect(world.git('rev-list', '--count', 'HEAD')).toBe('1');
    const text = await world.read(workflow);
    expect(text).toContain(`mlc-registry@${await version()} #`);
    expect(text).toContain('branches: ["trunk"]');
    expect(text).toContain('MLC_REGISTRY: "./"');
    expect(text.replace(/\$\{\{.*?\}\}/g, '')).not.toContain('{{');
    expect((await starting(world, 'github')).data).toMatchObject({ outcome: 'unchanged', warnings: [] });
  });

  test('the branch is the one that the remote names', async () => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'feature');
    world.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/next');
    await starting(world, 'github');
    expect(await world.read(workflow)).toContain('branches: ["release/next"]');
  });

  test('what another version of mlc wrote is brought up to date, what a person changed is not', async () => {
    const world = worldIn(await temporaryFolder());
    await starting(world, 'github');
    const now = await world.read(workflow);
    const older = now.slice(now.indexOf('\n') + 1).replace('timeout-minutes: 15', 'timeout-minutes: 5');
    const commitFile = async (text: string): Promise<void> => {
      await world.write(workflow, text);
      world.git('commit', '-qam', 'by hand');
    };
    await commitFile(`# mlc-ci ${digest(older)}\n${older}`);
    expect((await starting(world, 'github')).data).toMatchObject({ outcome: 'done', files: [workflow] });
    expect(await world.read(workflow)).toBe(now);
    await commitFile(`${now}# mine\n`);
    const { data } = await starting(world, 'github');
    expect(data).toMatchObject({ outcome: 'unchanged', warnings: [{ code: 'ci/other' }] });
    expect(await world.read(workflow)).toBe(`${now}# mine\n`);
  });

  test.each([true, false])('a file that is there is never overwritten, committed: %s', async (committed) => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'main');
    await world.write(workflow, 'name: mine\n');
    if (committed) {
      world.git('add', '.');
      gitIn(world.folder, ['commit', '-qm', 'mine'], { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at });
    }
    const { code, data } = await starting(world, 'github');
    expect({ code, ...data }).toMatchObject({ code: 0, outcome: 'done', warnings: [{ code: 'ci/other' }] });
    expect(data.files).not.toContain(workflow);
    expect(await world.read(workflow)).toBe('name: mine\n');
  });

  test('gitlab: the pipeline, or beside one that is there a file to include', async () => {
    const world = worldIn(await temporaryFolder());
    expect((await starting(world, 'gitlab')).data).toMatchObject({ warnings: [] });
    expect(await world.read('.gitlab-ci.yml')).toContain(`mlc-registry@${await version()}`);

    const other = worldIn(await temporaryFolder());
    other.git('init', '-q', '-b', 'main');
    await other.write('.gitlab-ci.yml', 'build:\n  script: make\n');
    const { data } = await starting(other, 'gitlab');
    expect(data.files).toContain('.gitlab/mlc.gitlab-ci.yml');
    expect(data.warnings).toMatchObject([
      { code: 'ci/include', hint: expect.stringContaining('include: [{local: .gitlab/mlc.') as string },
    ]);
    expect(await other.read('.gitlab-ci.yml')).toBe('build:\n  script: make\n');
    await other.write('.gitlab-ci.yml', 'include: [{local: .gitlab/mlc.gitlab-ci.yml}]\n');
    expect((await starting(other, 'gitlab')).data).toMatchObject({ outcome: 'unchanged', warnings: [] });
  });

  test('a registry in a folder is named to the job, and the file stands at the top', async () => {
    const world = worldIn(await temporaryFolder());
    world.git('init', '-q', '-b', 'main');
    await starting(world, 'github', '--registry', 'ml');
    expect(await world.read(workflow)).toContain('MLC_REGISTRY: "./ml/"');
  });

  test('a dry run names the file and writes none', async () => {
    const world = worldIn(await temporaryFolder());
    const { data } = await starting(world, 'gitlab', '--dry-run');
    expect(data.files).toContain('.gitlab-ci.yml');
    expect(existsSync(path.join(world.folder, '.gitlab-ci.yml'))).toBe(false);
  });
});
