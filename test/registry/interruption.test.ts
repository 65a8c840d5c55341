// Ctrl-C and stale locks: a transition that is interrupted takes itself back, and a lock is named with what to do about it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { ownMark } from '../../src/registry/processes.js';
import { type World, gitIn } from '../support/world.js';
import { copyOf, hook, made, refusedUntouched, registeredWorld, stateOf } from './scene.js';

const program = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../bin/mlc.js');
const tag = '11111111-2222-4333-8444-555555555555';

let origin: World;
beforeAll(async () => {
  origin = await registeredWorld();
});

const inGit = (world: World, name: string): string => path.join(world.folder, '.git', name);

/** Journals of a process that is no more. */
async function abandoned(world: World, ref: string): Promise<void> {
  const owner = { ...ownMark(), pid: 4_194_999, started: '1' };
  await mkdir(inGit(world, 'mlc/journal'), { recursive: true });
  const file = inGit(world, `mlc/journal/${tag}.json`);
  await writeFile(file, JSON.stringify({ transaction: tag, ref, owner, files: [] }));
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while a hook hangs: exit code 130, everything as it was, and the hook is gone',
  async (signal) => {
    const world = await copyOf(origin);
    await hook(world, 'pre-commit', `echo $$ > ${world.folder}/.git/hook-pid; exec sleep 300`);
    const before = await stateOf(world.folder);
    const env = { ...process.env, GIT_AUTHOR_NAME: 'Grace', GIT_AUTHOR_EMAIL: 'grace@example.com' };
    const child = spawn(process.execPath, [program, 'approve', 'churn@1.0.0'], {
      cwd: world.folder,
      stdio: 'ignore',
      env: {
        ...env,
        GIT_COMMITTER_NAME: 'Grace',
        GIT_COMMITTER_EMAIL: 'grace@example.com',
        GIT_COMMITTER_DATE: '2026-03-02T09:00:00Z',
      },
    });
    const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
    while (!existsSync(inGit(world, 'hook-pid')) || (await world.read('.git/hook-pid')) === '')
      await sleep(20);
    child.kill(signal);
    expect(await ended).toBe(130);
    // A process that is over and that nobody asked after has no command line any more.
    const hookPid = (await world.read('.git/hook-pid')).trim();
    expect(await readFile(`/proc/${hookPid}/cmdline`, 'utf8').catch(() => '')).toBe('');
    await rm(inGit(world, 'hook-pid'));
    expect(await stateOf(world.folder)).toEqual(before);
  },
  60_000,
);

test('git is ended by Ctrl-C before mlc is told of it: to be interrupted is no failure of git', async () => {
  const world = await copyOf(origin);
  const programs = path.join(world.folder, '.git/programs');
  await mkdir(programs);
  // The shell is mlc's child, and ends by the signal that mlc gets 20 ms later.
  const late = '(sleep 0.02; kill -INT $parent) > /dev/null 2>&1 &';
  await writeFile(path.join(programs, 'git'), `#!/bin/sh\nparent=$PPID\n${late}\nkill -INT $$\n`, {
    mode: 0o755,
  });
  const child = spawn(process.execPath, [program, 'list'], {
    cwd: world.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${programs}:${process.env.PATH ?? ''}` },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
  expect(said).toBe('');
});

test('git is ended by another than mlc: told as that', async () => {
  const world = await copyOf(origin);
  const programs = path.join(world.folder, '.git/programs');
  await mkdir(programs);
  await writeFile(path.join(programs, 'git'), '#!/bin/sh\nkill -KILL $$\n', { mode: 0o755 });
  const PATH = `${programs}:${process.env.PATH ?? ''}`;
  const { code, stderr } = await world.mlc(['list'], { env: { PATH } });
  expect(code).toBe(2);
  expect(stderr).toContain('git rev-parse failed: it was ended by a signal');
});

test('a lock on the branch that nobody gives back is named, with how to remove it', async () => {
  const world = await copyOf(origin);
  const lock = inGit(world, 'refs/heads/main.lock');
  await writeFile(lock, '');
  const { exit, error } = await refusedUntouched(world, 'approve');
  expect([exit, error.code]).toEqual([1, 'git/ref-locked']);
  expect(error.hint).toContain(`rm ${lock}`);
}, 60_000);

test('a fetch that was killed leaves its lock on the copy of the remote branch: it goes, and the next push works', async () => {
  const world = await copyOf(origin);
  const bare = `${world.folder}-remote.git`;
  gitIn(world.folder, ['clone', '-q', '--bare', '.', bare]);
  world.git('remote', 'add', 'origin', bare);
  world.git('fetch', '-q', 'origin');
  await abandoned(world, 'refs/remotes/origin/main');
  await writeFile(inGit(world, 'refs/remotes/origin/main.lock'), '');
  expect((await world.mlc(['list'])).stderr).toBe('');
  expect(existsSync(inGit(world, 'refs/remotes/origin/main.lock'))).toBe(false);
  await world.ok(['approve', 'churn@1.0.0', '--push'], { as: 'grace', at: '2026-03-02T09:00:00Z' });
  await rm(bare, { recursive: true });
});

test('a lock of a transition whose hooks took long is its own: the journal is dated anew before the branch moves', async () => {
  const world = await copyOf(origin);
  await hook(world, 'pre-commit', 'touch -d "1 minute ago" .git/mlc/journal/*.json');
  await hook(
    world,
    'reference-transaction',
    'find .git/mlc/journal -name "*.json" -mmin -0.5 | grep -q . || { echo old; exit 1; }',
  );
  await made(world, 'approve');
});
