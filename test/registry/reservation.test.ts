// A writer that is overtaken again and again gets through: it keeps git's index lock while it decides.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { copyOf, hook, leftovers, morning, record, registeredWorld } from './scene.js';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

// Whatever git finds locked it refuses at once, as it does to a user who commits in a loop.
const userCommits =
  'unset GIT_INDEX_FILE; GIT_COMMITTER_DATE="2026-03-02T09:00:00Z" git -c user.name=U -c user.email=u@example.com commit -q --no-verify --allow-empty -m mine 2>> .git/refused; exit 0';
const hold = ['hold', 'churn@1.0.0', '--kind', 'legal', '-m', 'case 12'];

test('a user who commits during every attempt does not starve a transition', async () => {
  const world = await copyOf(origin);
  await hook(world, 'pre-commit', userCommits);
  await world.ok(hold, { at: morning });
  expect(world.git('log', '-1', '--format=%s')).toMatch(/^hold\(churn@1\.0\.0\)/);
  expect((await world.read(record)).split('reason: case 12')).toHaveLength(2);
  // The user was faster a few times, and nothing of theirs is lost.
  const mine = world
    .git('log', '--format=%s')
    .split('\n')
    .filter((subject) => subject === 'mine').length;
  expect(mine).toBeGreaterThan(0);
  expect(mine).toBeLessThan(10);
  expect(await world.read('.git/refused')).toContain('index.lock');
  expect(world.git('status', '--porcelain')).toBe('');
  expect(await leftovers(world)).toEqual([]);
}, 60_000);

test('what a rule refuses while the index is kept gives the index back', async () => {
  const world = await copyOf(origin);
  // While it is overtaken the version is approved, so that it cannot be approved any more.
  const rewrite = `sed -i 's/^status: registered$/status: rejected/' ${record}; git add ${record}`;
  await hook(
    world,
    'pre-commit',
    `echo x >> .git/times; if [ $(wc -l < .git/times) = 4 ]; then git show HEAD:${record} > ${record}; unset GIT_INDEX_FILE; ${rewrite}; fi; ${userCommits}`,
  );
  const said = await world.mlc(['approve', 'churn@1.0.0', '--json'], { as: 'grace', at: morning });
  expect(said.code, said.stdout).toBe(1);
  expect(existsSync(path.join(world.folder, '.git/index.lock'))).toBe(false);
  expect(await leftovers(world)).toEqual([]);
}, 60_000);

test('a writer that was killed while it kept the index leaves nothing that the next command does not mend', async () => {
  const world = await copyOf(origin);
  const transaction = '0b0cf0b5-65c1-4a0d-8b0a-3f6f0f1c9a11';
  // No process has this number and began in the first moment of the machine.
  const owner = { pid: 1, host: hostname(), started: '-1' };
  const journal = { transaction, ref: 'refs/heads/main', owner, files: [] };
  await mkdir(path.join(world.folder, '.git/mlc/journal'), { recursive: true });
  await writeFile(path.join(world.folder, `.git/mlc/journal/${transaction}.json`), JSON.stringify(journal));
  await writeFile(path.join(world.folder, '.git/index.lock'), `mlc ${transaction}\n`);
  await world.ok(hold, { at: morning });
  expect(await leftovers(world)).toEqual([]);
  expect(world.git('status', '--porcelain')).toBe('');
});
