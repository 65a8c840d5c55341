// Holds git's index lock while a transition is decided, for a writer that was overtaken again and again.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../errors.js';
import { lockIndex, unlockIndex } from '../git/index-file.js';
import type { Repository } from '../git/repository.js';
import { stopIfInterrupted } from './interruption.js';
import { closeJournal, openJournal } from './journal.js';

const longestLockWait = 10_000;
const longestWait = 60_000;

/** Tells one lock on the index from the next. */
async function currentLock({ gitDir }: Repository): Promise<string> {
  const found = await stat(path.join(gitDir, 'index.lock')).catch(() => undefined);
  return found ? `${found.ino} ${found.mtimeMs}` : '';
}

/**
 * Takes git's index lock, or refuses where somebody else keeps it. Whoever holds it already goes on holding it. As long
 * as it goes from hand to hand, waiting is worth more than giving up.
 */
export async function takeIndexLock(repository: Repository, transaction: string): Promise<void> {
  const begun = Date.now();
  let [seen, since] = ['', begun];
  while (!(await lockIndex(repository, transaction))) {
    stopIfInterrupted();
    const lock = await currentLock(repository);
    if (lock !== seen) [seen, since] = [lock, Date.now()];
    if (Date.now() - since > longestLockWait || Date.now() - begun > longestWait) {
      throw refusal(
        'git/index-locked',
        'another git command holds the index, and nothing was changed',
        `wait for it; if none is running, its lock was left behind: rm ${repository.gitDir}/index.lock`,
      );
    }
    await sleep(10 + Math.random() * 30);
  }
}

/**
 * Keeps the branch still until the transition has landed. Whoever commits with git takes the same lock first, and a
 * transition takes longer to decide than `git commit` takes in all: beside a loop of commits it would be overtaken
 * every time. The journal comes first, so that after a crash the next command knows whose lock it finds.
 */
export async function reserve(repository: Repository, ref: string, transaction: string): Promise<void> {
  await openJournal(repository, transaction, ref, []);
  try {
    await takeIndexLock(repository, transaction);
  } catch (error) {
    await closeJournal(repository, transaction);
    throw error;
  }
}

/** Lets the branch go, where nothing came of the transition. */
export async function giveBack(repository: Repository, transaction: string): Promise<void> {
  await unlockIndex(repository, transaction);
  await closeJournal(repository, transaction);
}
