// Files, trees and folders of absurd size: memory and time stay bounded, and each has its exact answer.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { blob, commitEntries } from './raw-trees.js';

let world: World;
let head: string;
beforeAll(async () => {
  world = await copyOf(await servingWorld());
  head = world.git('rev-parse', 'HEAD');
});

function reset(): void {
  world.git('update-ref', 'refs/heads/main', head);
  execFileSync('rm', ['-rf', path.join(world.folder, '.git/mlc')]);
}

const megabyte = 2 ** 20;

/** The most memory that this process had beyond what it has now, in megabytes, while something ran. */
async function grown(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await work();
  clearInterval(timer);
  return (Math.max(most, process.memoryUsage.rss()) - before) / megabyte;
}

/** Codes of the problems that a command tells, each with how often. */
async function codes(args: readonly string[]): Promise<Record<string, number>> {
  const { code, stdout } = await world.mlc([...args, '--json'], { at: now });
  const counts: Record<string, number> = { exit: code };
  for (const [, found = ''] of stdout.matchAll(/"code": "([^"]+)"/g))
    counts[found] = (counts[found] ?? 0) + 1;
  return counts;
}

describe('in the tree', () => {
  test('a record of 200 MB, under a hundred names', async () => {
    const huge = blob(world, Buffer.alloc(200 * megabyte, '#'));
    const entries = Array.from({ length: 100 }, (_, index) => ({
      names: ['models', 'churn', 'versions', `3.0.${index}.yaml`],
      mode: '100644',
      oid: huge,
    }));
    commitEntries(world, entries);
    const memory = await grown(async () => {
      expect(await codes(['list'])).toEqual({ exit: 0, 'yaml/too-large': 100 });
      expect(await codes(['audit'])).toMatchObject({ exit: 1, 'yaml/too-large': 100 });
      expect(await codes(['show', 'churn@1.0.0'])).toEqual({ exit: 0 });
      expect(await codes(['hold', 'churn@1.0.0', '-m', 'x'])).toMatchObject({
        exit: 1,
        'yaml/too-large': 100,
      });
    });
    expect(memory).toBeLessThan(400);
    reset();
  });

  test('an mlc.yaml, a model.yaml and a report of 200 MB', async () => {
    const huge = blob(world, Buffer.alloc(200 * megabyte, '#'));
    const file = (...names: string[]) => ({ names, mode: '100644', oid: huge });
    const report = file('models', 'churn', 'monitoring', '1.0.0', '20260302T000000Z-input-drift.yaml');
    const memory = await grown(async () => {
      commitEntries(world, [file('mlc.yaml')]);
      expect(await codes(['show', 'churn@1.0.0'])).toEqual({
        exit: 1,
        'record/invalid': 1,
        'yaml/too-large': 1,
      });
      reset();
      commitEntries(world, [file('models', 'churn', 'model.yaml')]);
      expect(await codes(['show', 'churn@1.0.0'])).toEqual({
        exit: 1,
        'record/invalid': 1,
        'yaml/too-large': 1,
      });
      reset();
      commitEntries(world, [report]);
      expect(await codes(['health'])).toEqual({ exit: 1, 'yaml/too-large': 1 });
      reset();
    });
    expect(memory).toBeLessThan(400);
  });

  test('a tree that is a thousand levels deep', async () => {
    const leaf = blob(world, 'x: 1\n');
    commitEntries(world, [
      {
        names: ['models', ...Array.from({ length: 1000 }, () => 'd'), 'model.yaml'],
        mode: '100644',
        oid: leaf,
      },
    ]);
    expect(await codes(['list'])).toEqual({ exit: 0, 'path/unknown': 1 });
    expect(await codes(['audit'])).toMatchObject({ exit: 1, 'path/unknown': 1 });
    expect(await codes(['show', 'churn@1.0.0'])).toEqual({ exit: 0 });
    reset();
  });

  test('a hundred thousand tiny files', async () => {
    const leaf = blob(world, 'x: 1\n');
    const names = Array.from({ length: 100_000 }, (_, index) => `f${index}`);
    const input = [...names]
      .sort()
      .map((name) => `100644 blob ${leaf}\t${name}\n`)
      .join('');
    const tree = execFileSync('git', ['mktree'], {
      cwd: world.folder,
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    }).trim();
    commitEntries(world, [{ names: ['models', 'many'], mode: '40000', oid: tree }]);
    const memory = await grown(async () => {
      expect(await codes(['list'])).toEqual({ exit: 0 });
      expect(await codes(['show', 'churn@1.0.0'])).toEqual({ exit: 0 });
      expect((await codes(['resolve', 'churn', '--env', 'production'])).exit).toBe(0);
    });
    expect(memory).toBeLessThan(400);
    reset();
  });
});

describe('in the working tree', () => {
  const record = 'models/churn/versions/1.0.0.yaml';
  const restore = (): string => world.git('restore', '.');

  test('a record that is a hole of 200 MB', async () => {
    await truncate(path.join(world.folder, record), 200 * megabyte);
    const memory = await grown(async () => {
      expect(await codes(['validate'])).toMatchObject({ exit: 1, 'yaml/too-large': 1 });
      expect(await codes(['list'])).toEqual({ exit: 0 });
      expect((await codes(['hold', 'churn@1.0.0', '-m', 'x'])).exit).toBe(1);
    });
    expect(memory).toBeLessThan(200);
    restore();
  });

  test.each([
    ['a pipe', 'mkfifo'],
    ['a folder', 'mkdir'],
  ])('a record in whose place is %s', async (_name, program) => {
    await rm(path.join(world.folder, record));
    execFileSync(program, [path.join(world.folder, record)]);
    const found = await codes(['validate']);
    expect(found.exit).toBe(1);
    expect((await codes(['list'])).exit).toBe(0);
    expect((await codes(['hold', 'churn@1.0.0', '-m', 'x'])).exit).toBe(1);
    execFileSync('rm', ['-rf', path.join(world.folder, record)]);
    restore();
  });

  test.each([
    ['a record', record],
    ['the folder of versions', 'models/churn/versions'],
    ['the folder of the model', 'models/churn'],
    ['models', 'models'],
    ['mlc.yaml', 'mlc.yaml'],
  ])('%s is a link that leads out: nothing is read from there, and nothing written', async (_name, name) => {
    const outside = await temporaryFolder();
    const target = path.join(outside, 'target');
    if (name.endsWith('.yaml')) await writeFile(target, 'secret: of somebody else\n');
    else execFileSync('cp', ['-r', path.join(world.folder, name), target]);
    const before = execFileSync('sh', [
      '-c',
      `cd ${outside} && find . -type f -exec sha256sum {} + | sort`,
    ]).toString();
    await rm(path.join(world.folder, name), { recursive: true });
    await symlink(target, path.join(world.folder, name));
    const { code, stdout } = await world.mlc(['validate', '--json']);
    expect(code).toBe(1);
    expect(stdout).toContain('path/symlink');
    expect(stdout).not.toContain('somebody else');
    const held = await world.mlc(['hold', 'churn@1.0.0', '-m', 'x', '--json'], { at: now });
    expect(held.code).toBe(1);
    expect(
      execFileSync('sh', ['-c', `cd ${outside} && find . -type f -exec sha256sum {} + | sort`]).toString(),
    ).toBe(before);
    await rm(path.join(world.folder, name));
    restore();
  });

  test('a folder that is three hundred levels deep, and a loop of links', async () => {
    const deep = path.join(world.folder, 'models', ...Array.from({ length: 300 }, () => 'd'));
    await mkdir(deep, { recursive: true });
    await writeFile(path.join(deep, 'model.yaml'), 'x: 1\n');
    await symlink('.', path.join(world.folder, 'models', 'loop'));
    expect(await codes(['validate'])).toEqual({ exit: 1, 'path/unknown': 1, 'path/symlink': 1 });
    await rm(path.join(world.folder, 'models', 'd'), { recursive: true });
    await rm(path.join(world.folder, 'models', 'loop'));
  });
});
