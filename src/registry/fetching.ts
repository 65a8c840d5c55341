// What a transition asks of a remote before it decides, under a journal: a fetch or push that is killed leaves its lock on
// the copy of the remote's branch.
import { randomUUID } from 'node:crypto';
import { usage } from '../errors.js';
import { isAncestor } from '../git/commit.js';
import { type Upstream, fetchUpstream } from '../git/remote.js';
import type { Head, Repository } from '../git/repository.js';
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

/** The commit to build on: the newest of what is checked out and what the remote has. Refuses where both have moved on. */
export async function baseOf(
  repository: Repository,
  head: Head,
  ref: string,
  upstream: Upstream | undefined,
): Promise<string | null> {
  if (!upstream) return head.commit;
  const theirs = await fetchUpstream(repository, upstream);
  if (theirs === null || theirs === head.commit) return head.commit;
  if (head.commit === null || (await isAncestor(repository, head.commit, theirs))) return theirs;
  if (await isAncestor(repository, theirs, head.commit)) return head.commit;
  throw usage(
    'push/diverged',
    `${ref.replace('refs/heads/', '')} and ${upstream.remote} have each moved on, and records are never merged as text`,
    `see what differs: git log --oneline --left-right ${ref}...${upstream.tracking}; then git rebase ${upstream.tracking}`,
  );
}
