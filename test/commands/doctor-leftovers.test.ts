// What doctor does about locks, files on their way and the cache: it takes away what mlc surely made and nobody needs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cacheNames } from '../../src/registry/cache.js';
import { keptText } from '../../src/registry/kept-text.js';
import { copyOf, registeredWorld } from '../registry/scene.js';
import type { World } from '../support/world.js';
import {
  aged,
  checkUp,
  codes,
  deadOwner,
  findings,
  follow,
  inGit,
  livingOwner,
  strangeOwner,
  tag,
} from './doctor-support.js';

let origin: World;
let world: World;
beforeAll(async () => {
  origin = await registeredWorld();
});
beforeEach(async () => {
  world = await copyOf(origin);
});

describe('locks', () => {
  test('our own, of a transition that is over, is taken away', async () => {
    await aged(inGit(world, 'index.lock'), `mlc ${tag}\n`, 0);
    expect(await codes(world, 'locks')).toEqual(['problem git/own-lock .git/index.lock']);
    expect(existsSync(inGit(world, 'index.lock'))).toBe(true);
    expect((await checkUp(world, ['--fix'])).fixed).toEqual(['removed .git/index.lock']);
    expect(existsSync(inGit(world, 'index.lock'))).toBe(false);
  });

  test.each(['index.lock', 'HEAD.lock', 'refs/heads/main.lock', 'packed-refs.lock', 'config.lock'])(
    "%s of another's is told after a minute, never taken away, and the way out leads out",
    async (name) => {
      await aged(inGit(world, name), '', 30);
      expect(await codes(world, 'locks', ['--fix'])).toEqual([]);
      await aged(inGit(world, name), '', 300);
      const [found] = await findings(world, 'locks', ['--fix']);
      expect(found).toMatchObject({ severity: 'problem', code: 'git/lock', file: `.git/${name}` });
      expect(found?.message).toContain('5 min old');
      expect(existsSync(inGit(world, name))).toBe(true);
      follow(world, found?.hint, ': ');
      expect(await codes(world, 'locks')).toEqual([]);
    },
  );

  test.runIf(existsSync('/proc/self/comm'))('a git command that runs here holds its lock', async () => {
    await aged(inGit(world, 'index.lock'), '', 300);
    const running = spawn('git', ['cat-file', '--batch'], {
      cwd: world.folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      running.stdin.write('HEAD\n');
      await once(running.stdout, 'data');
      const [found] = await findings(world, 'locks');
      expect(found).toMatchObject({ severity: 'warning', code: 'git/lock-held' });
      expect(found?.message).toContain(`process ${running.pid}`);
    } finally {
      running.stdin.end();
      await once(running, 'exit');
    }
    expect(await codes(world, 'locks')).toEqual(['problem git/lock .git/index.lock']);
  });

  test('in a linked working tree, where it is', async () => {
    world.git('worktree', 'add', '-q', '-b', 'other', path.join(world.folder, 'tree'));
    const cwd = path.join(world.folder, 'tree');
    const locks = ['index.lock', 'HEAD.lock'].map((name) => inGit(world, 'worktrees/tree', name));
    for (const lock of locks) await aged(lock, '', 300);
    const found = await findings(world, 'locks', [], { cwd });
    expect(found.map((finding) => finding.file)).toEqual(locks);
    expect(await codes(world, 'locks')).toEqual([]);
  });
});

describe('files on their way', () => {
  const ticket = `t-000000000000001-${tag}`;
  const mark = (owner: unknown): string => JSON.stringify(owner);
  const begun = (owner: unknown): string => JSON.stringify({ transaction: tag, owner });

  test.each([
    [`mlc/queue/unfinished-${ticket}`, mark(deadOwner), 0],
    [`mlc/queue/${ticket}`, mark(deadOwner), 0],
    [`mlc/queue/unfinished-${ticket}`, '', 100],
    [`mlc/journal/.${tag}`, begun(deadOwner), 0],
    [`mlc/journal/.${tag}`, '{"transaction":"11', 100],
    [`mlc/tmp/file-${tag}-0`, 'text', 0],
    [`mlc/tmp/index-${tag}`, '', 0],
    [`mlc/tmp/index-${tag}.lock`, '', 0],
    [`mlc/tmp/hooks-${tag}`, '', 0],
    [`mlc/tmp/lock-${tag}`, `mlc ${tag}\n`, 0],
  ])('%s that holds %j, of a run that is over, is taken away', async (name, text, seconds) => {
    const file = await aged(inGit(world, name), text, seconds);
    expect(await codes(world, 'leftovers')).toEqual([`warning leftover/file .git/${name}`]);
    expect(existsSync(file)).toBe(true);
    expect((await checkUp(world, ['--fix'])).fixed).toEqual([`removed .git/${name}`]);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    [`mlc/queue/${ticket}`, mark(livingOwner), 7200],
    [`mlc/queue/unfinished-${ticket}`, '', 10],
    [`mlc/queue/${ticket}`, mark(strangeOwner), 600],
    [`mlc/journal/.${tag}`, begun(livingOwner), 7200],
    [`mlc/journal/.${tag}`, '', 10],
    ['mlc/tmp/notes.txt', "somebody's", 7200],
    ['mlc/queue/t-mine', "somebody's", 7200],
    ['mlc/journal/.notes', "somebody's", 7200],
  ])("%s that holds %j stays: it is alive, or not mlc's", async (name, text, seconds) => {
    const file = await aged(inGit(world, name), text, seconds);
    expect(await codes(world, 'leftovers', ['--fix'])).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('of another machine: told after an hour, and not taken away', async () => {
    const file = await aged(inGit(world, `mlc/queue/unfinished-${ticket}`), mark(strangeOwner), 7200);
    const [found] = await findings(world, 'leftovers', ['--fix']);
    expect(found).toMatchObject({ severity: 'warning', code: 'leftover/elsewhere' });
    expect(existsSync(file)).toBe(true);
    follow(world, found?.hint, 'any more: ');
    expect(await codes(world, 'leftovers')).toEqual([]);
  });
});

describe('the cache', () => {
  const own = 'records-source.json';
  const sound = keptText({ '0123 models/churn/model.yaml': { problems: [] } });
  const faulty = async (name: string, text: string, seconds = 0): Promise<string[]> => {
    await aged(inGit(world, 'mlc/cache', name), text, seconds);
    const found = await codes(world, 'cache');
    await checkUp(world, ['--fix']);
    expect(existsSync(inGit(world, 'mlc/cache', name))).toBe(found.length === 0);
    return found;
  };

  test('of these rules and sound is kept', async () => {
    expect(await faulty(own, sound)).toEqual([]);
    expect(await faulty(own, keptText({}))).toEqual([]);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{}',
    '{"entries":[]}',
    '{"entries":{"a":5}}',
    '{"entries":{"a":{"problems":1}}}',
    sound.replace('churn', 'chrun'),
  ])('that holds %j is deleted', async (text) => {
    expect(await faulty(own, text)).toEqual([`warning cache/damaged .git/mlc/cache/${own}`]);
  });

  test.each(cacheNames)('of %s by other rules is deleted, sound or not', async (name) => {
    const other = `${name}-0a1b.json`;
    expect(await faulty(other, sound)).toEqual([`warning cache/stale .git/mlc/cache/${other}`]);
  });

  test('half written by a run that is gone is deleted, by one that runs is not', async () => {
    const dead = `${own}.${deadOwner.pid}`;
    const alive = `${own}.${process.pid}`;
    expect(await faulty(dead, '{')).toEqual([`warning cache/unfinished .git/mlc/cache/${dead}`]);
    expect(await faulty(alive, '{', 60)).toEqual([]);
    expect(await faulty(alive, '{', 7200)).toEqual([`warning cache/unfinished .git/mlc/cache/${alive}`]);
  });

  test("what mlc did not write is somebody's", async () => {
    expect(await faulty('notes.json', '{', 7200)).toEqual([]);
    expect(await readdir(inGit(world, 'mlc/cache'))).toContain('notes.json');
  });
});
