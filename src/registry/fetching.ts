// A journal over what git does to the copies of a remote's branches: a fetch or push that is killed leaves its lock on one.
import { randomUUID } from 'node:crypto';
import type { Upstream } from '../git/remote.js';
import type { Repository } from '../git/repository.js';
import { closeJournal, openJournal } from './journal.js';

/** Talks to a remote, with a journal that tells the next command which locks were left behind if this one is killed. */
export async function withUpstream<T>(
  repository: Repository,
  upstream: Upstream | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (upstream === undefined) return work();
  const id = randomUUID();
  await openJournal(repository, id, upstream.tracking, []);
  try {
    return await work();
  } finally {
    // What was done is done; the next command drops a journal that stays.
    await closeJournal(repository, id).catch(() => undefined);
  }
}
