// Locks that were left behind: our own are taken away, a stranger's is told with what to do.
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { type Arena, git } from '../arena.js';
import { promise } from '../complain.js';
import { promiseWorks, refused } from './expect.js';
import type { Fault } from './fault.js';

const gitFile = (arena: Arena, name: string): string => path.join(arena.folder, '.git', name);

async function strangers(arena: Arena, name: string, told: RegExp): Promise<undefined> {
  const lock = gitFile(arena, name);
  writeFileSync(lock, '');
  await refused(arena, told);
  promise(existsSync(lock), "a stranger's lock was taken away");
  rmSync(lock);
  await promiseWorks(arena);
}

/** A journal of a process that is no more, as a killed transition leaves it. */
function abandonedJournal(arena: Arena): string {
  const transaction = randomUUID();
  const record = 'models/churn/versions/1.2.0.yaml';
  const blob = git(arena, arena.folder, 'rev-parse', `HEAD:${record}`);
  const owner = { pid: 4_194_999, host: hostname(), started: '1' };
  const journal = {
    transaction,
    ref: 'refs/heads/main',
    owner,
    files: [{ path: record, old: blob, new: blob }],
  };
  mkdirSync(gitFile(arena, 'mlc/journal'), { recursive: true });
  writeFileSync(gitFile(arena, `mlc/journal/${transaction}.json`), JSON.stringify(journal));
  return transaction;
}

export const lockFaults: Fault[] = [
  {
    name: "a stranger's index.lock",
    kind: 'plain',
    meet: (arena) =>
      strangers(arena, 'index.lock', /another git command holds the index[^]*rm .*index\.lock/),
  },
  {
    name: "a stranger's lock on the branch",
    kind: 'plain',
    meet: (arena) =>
      strangers(
        arena,
        'refs/heads/main.lock',
        /another git command holds refs\/heads\/main[^]*rm .*main\.lock/,
      ),
  },
  {
    name: 'our own locks, of a process that is no more',
    kind: 'plain',
    meet: async (arena) => {
      const transaction = abandonedJournal(arena);
      writeFileSync(gitFile(arena, 'index.lock'), `mlc ${transaction}\n`);
      writeFileSync(gitFile(arena, 'refs/heads/main.lock'), '');
      writeFileSync(gitFile(arena, 'HEAD.lock'), '');
      await promiseWorks(arena);
      return undefined;
    },
  },
  {
    name: 'an old lock on the branch beside our journal',
    kind: 'plain',
    meet: async (arena) => {
      abandonedJournal(arena);
      const lock = gitFile(arena, 'refs/heads/main.lock');
      writeFileSync(lock, '');
      const hourAgo = new Date(Date.now() - 3_600_000);
      utimesSync(lock, hourAgo, hourAgo);
      await refused(arena, /rm .*main\.lock/).finally(() => rmSync(lock, { force: true }));
      await promiseWorks(arena);
      return undefined;
    },
  },
];
