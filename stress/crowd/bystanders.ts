// Who else is in a clone while a crowd writes: a user who commits, someone who takes the queue's tickets and spoils the cache.
import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneOf } from '../campaign.js';
import { start } from './program.js';

/** Something that goes on until it is told to stop. */
export interface Bystander {
  /** Stops it, and answers how often it did what it does. */
  stop: () => Promise<number>;
}

/** Does something again and again, and counts how often it worked. */
export function keepDoing(once: () => Promise<boolean>, pause: () => number): Bystander {
  let running = true;
  const loop = (async (): Promise<number> => {
    let done = 0;
    while (running) {
      if (await once()) done += 1;
      await sleep(pause());
    }
    return done;
  })();
  // A loop that failed is told of when it is stopped, not before.
  loop.catch(() => undefined);
  return {
    stop: () => {
      running = false;
      return loop;
    },
  };
}

/** A user who commits notes of their own with plain git, and tidies the repository now and then. */
export function userBeside(folder: string, random: () => number, pause: () => number): Bystander {
  let number = 0;
  const commit = async (): Promise<boolean> => {
    number += 1;
    await writeFile(path.join(folder, 'notes/user.txt'), `note ${number}\n`);
    const { code } = await start('git', ['commit', '-qam', `note ${number}`], folder, 'user');
    return code === 0;
  };
  const addAndCommit = async (): Promise<boolean> => {
    const file = `notes/note-${(number += 1)}.txt`;
    await writeFile(path.join(folder, file), 'x\n');
    // The add may find the index locked; then the note goes along with a later one, or stays untracked.
    const { code } = await start('git', ['add', 'notes'], folder, 'user');
    if (code !== 0) return false;
    return (await start('git', ['commit', '-qm', file], folder, 'user')).code === 0;
  };
  const tidy = async (): Promise<boolean> => {
    await start(
      'git',
      oneOf(random, [
        ['pack-refs', '--all'],
        ['gc', '--quiet'],
      ]),
      folder,
      'user',
    );
    return false;
  };
  return keepDoing(
    () => oneOf(random, [commit, commit, commit, commit, addAndCommit, addAndCommit, tidy])(),
    pause,
  );
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch((): string[] => [])).map((name) => path.join(folder, name));
}

/** Takes tickets out of the queue of writers, so that the compare-and-swap alone keeps them apart. */
export function ticketThief(folder: string, random: () => number): Bystander {
  return keepDoing(
    async () => {
      const tickets = (await filesIn(path.join(folder, '.git/mlc/queue'))).filter((file) =>
        file.includes('/t-'),
      );
      await Promise.all(tickets.map((file) => rm(file, { force: true })));
      return tickets.length > 0;
    },
    () => random() * 8,
  );
}

/** Deletes the cache, cuts its files short, and writes nonsense into them. */
export function cacheVandal(folder: string, random: () => number): Bystander {
  const cache = path.join(folder, '.git/mlc/cache');
  const spoil = async (): Promise<boolean> => {
    const files = (await filesIn(cache)).filter((file) => file.endsWith('.json'));
    const file = files.length === 0 ? undefined : oneOf(random, files);
    if (file === undefined) return false;
    await oneOf(random, [
      () => rm(cache, { recursive: true, force: true }),
      () => truncate(file, Math.floor(random() * 30_000)),
      () => writeFile(file, '{"entries": {"x": 1}}'),
    ])().catch(() => undefined);
    return true;
  };
  return keepDoing(spoil, () => 20 + random() * 200);
}
