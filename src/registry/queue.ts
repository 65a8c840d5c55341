// A queue of the writers in one clone. It only spares them retries: the branch's compare-and-swap keeps them correct.
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Repository } from '../git/repository.js';
import { type ProcessMark, isRunning, ownMark } from './processes.js';

// A writer that holds its place longer than this is overtaken; the compare-and-swap makes that safe.
const longestTurn = 30_000;

/** Where the tickets of the writers in a clone are. */
export function queueFolder(repository: Repository): string {
  return path.join(repository.commonDir, 'mlc', 'queue');
}

async function isWaiting(file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return Date.now() - mtimeMs < longestTurn && isRunning(JSON.parse(text) as ProcessMark);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

async function isFirst(folder: string, own: string): Promise<boolean> {
  const tickets = (await readdir(folder)).filter((name) => name.startsWith('t-')).sort();
  for (const ticket of tickets) {
    if (ticket === own) return true;
    const file = path.join(folder, ticket);
    if (await isWaiting(file)) return false;
    await rm(file, { force: true });
  }
  return true;
}

/** Waits for this writer's turn, does the work, and gives the turn on. The work is told whether it had to wait. */
export async function inTurn<T>(repository: Repository, work: (waited: boolean) => Promise<T>): Promise<T> {
  const folder = queueFolder(repository);
  await mkdir(folder, { recursive: true });
  const ticket = `t-${String(Date.now()).padStart(15, '0')}-${randomUUID()}`;
  const file = path.join(folder, ticket);
  const unfinished = path.join(folder, `unfinished-${ticket}`);
  await writeFile(unfinished, JSON.stringify(ownMark()));
  await rename(unfinished, file);
  try {
    const deadline = Date.now() + longestTurn;
    let waited = false;
    while (Date.now() < deadline && !(await isFirst(folder, ticket))) {
      waited = true;
      await sleep(3 + Math.random() * 10);
    }
    return await work(waited);
  } finally {
    // What was done is done, whether or not its ticket goes: the next writer takes away that of a process that is over.
    await rm(file, { force: true }).catch(() => undefined);
  }
}
