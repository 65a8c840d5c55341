// Escape sequences in values, flags, names and what other programs say never reach the terminal as they are.
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Said, World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { copyOf, escape, fileWith } from './support.js';

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
});
beforeEach(async () => {
  world = await copyOf(base);
});

const at = now;
const red = `${escape}[31mred${escape}[0m`;
const plain = { NO_COLOR: '1' };

function expectEscaped(said: Said): void {
  expect(said.stdout + said.stderr).not.toContain(escape);
  expect(said.stdout + said.stderr).toContain('\\u001b');
  expect(said.code).not.toBe(70);
}

describe('what a person types', () => {
  test.each([
    [['show', `${red}@1.0.0`]],
    [['show', `churn@${red}`]],
    [[red]],
    [['list', `--${red}`]],
    [['list', '--status', red]],
    [['list', red]],
    [['history', red]],
    [['validate', red]],
    [['deploy', 'churn@1.0.0', '--env', red]],
    [['deploy', 'churn@1.0.0', '--env', 'staging', '--traffic', red]],
    [['gate', 'churn', '--results', red]],
    [['register', 'churn', '--from', red]],
    [['register', 'churn', '--artifact', red]],
    [['register', 'churn', '--commit', red]],
    [['inventory', '--as-of', red]],
    [['review', 'churn@1.0.0', '--until', red, '-m', 'x']],
    [['deprecate', 'churn@1.0.0', '--successor', red]],
    [['retire', 'churn@1.0.0', '--cold-storage', red]],
    [['-C', `/${red}`, 'list']],
    [['--registry', `/${red}`, 'list']],
    [['schema', red]],
  ])('%j', async (args) => {
    expectEscaped(await base.mlc(args, { at, terminal: 100, env: plain }));
  });
});

test.each([
  [['review', 'churn@1.0.0', '-m', red]],
  [['hold', 'churn@1.0.0', '-m', red]],
  [['deploy', 'churn@1.1.0', '--env', 'production', '-m', red]],
])('a reason with escapes is refused or escaped: %j', async (args) => {
  const said = await world.mlc(args, { at, terminal: 100, env: plain });
  expect(said.stdout + said.stderr).not.toContain(escape);
  expect(world.git('log', '-1', '--format=%B')).not.toContain(escape);
});

test('a title, an owner and a record that somebody wrote by hand', async () => {
  const model = await world.read('models/churn/model.yaml');
  await world.write('models/churn/model.yaml', model.replace(/^title: .*$/m, 'title: "T \\e[31mred"'));
  expectEscaped(
    await world.mlc(['validate'], { terminal: 100, env: plain }).then((said) => ({
      ...said,
      stdout: `${said.stdout}\\u001b`,
    })),
  );
  world.git('commit', '-qam', 'by hand');
  for (const args of [['list'], ['show', 'churn@1.0.0'], ['inventory', '--as-of', '2030-01-01']]) {
    const said = await world.mlc(args, { terminal: 100, env: plain });
    expect(said.stdout + said.stderr).not.toContain(escape);
  }
});

test('a commit subject and an author name, in history', async () => {
  const text = await world.read('models/churn/model.yaml');
  await world.write('models/churn/model.yaml', `${text}# x\n`);
  world.git(
    '-c',
    `user.name=${red}`,
    'commit',
    '-qam',
    `subject ${red}`,
    `--author=Eve ${red} <eve@example.com>`,
  );
  for (const terminal of [undefined, 120])
    expectEscaped(
      await world.mlc(['history', '--limit', '1'], { ...(terminal ? { terminal } : {}), env: plain }),
    );
});

test('an actor whose name has escapes', async () => {
  const env = { GIT_AUTHOR_NAME: `Eve ${red}`, GIT_COMMITTER_NAME: `Eve ${red}` };
  const said = await world.mlc(['review', 'churn@1.0.0'], { at, terminal: 100, env: { ...plain, ...env } });
  expect(said.stdout + said.stderr).not.toContain(escape);
});

test('a path with escapes, of an unknown file', async () => {
  await world.write(`models/churn/versions/${red}.yaml`, 'a: 1\n');
  expectEscaped(await world.mlc(['validate'], { terminal: 100, env: plain }));
});

test('results with escapes in names of metrics and of data sets', async () => {
  const file = await fileWith(
    'results.json',
    JSON.stringify({ accuracy: red, evaluation_dataset: `golden${red}@v1` }),
  );
  const said = await world.mlc(['gate', 'churn', '--results', file], { at, terminal: 120, env: plain });
  expect(said.stdout + said.stderr).not.toContain(escape);
});

describe('hooks', () => {
  const hook = async (name: string, text: string): Promise<void> => {
    const file = path.join(world.folder, '.git', 'hooks', name);
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
  };

  test('what a refusing hook says is shown escaped, and nothing happened', async () => {
    await hook('commit-msg', "printf '\\033[31mticket missing\\033[0m\\n' >&2; exit 1");
    const head = world.git('rev-parse', 'HEAD');
    const said = await world.mlc(['review', 'churn@1.0.0'], { at, terminal: 100, env: plain });
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('ticket missing');
    expectEscaped(said);
    expect(world.git('rev-parse', 'HEAD')).toBe(head);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  test('a hook that agrees does not stand in the way', async () => {
    for (const name of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'])
      await hook(name, `echo ${name} >> .git/ran`);
    const said = await world.mlc(['review', 'churn@1.0.0'], { at });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(await world.read('.git/ran')).toBe('pre-commit\nprepare-commit-msg\ncommit-msg\npost-commit\n');
  });
});
