// Brings a clone that was behind to a commit that the remote has, so that a kill on the way is mended like any other.
import { randomUUID } from 'node:crypto';
import { readObjects } from '../git/objects.js';
import { fastForward } from '../git/remote.js';
import type { Repository } from '../git/repository.js';
import { compareTrees, emptyTree } from '../git/tree-changes.js';
import { type JournalFile, closeJournal, openJournal } from './journal.js';
import { mend } from './recover.js';

async function treeOf(repository: Repository, commit: string | null): Promise<string> {
  const empty = emptyTree(repository);
  if (commit === null) return empty;
  const text = (await readObjects(repository, [commit])).get(commit)?.content.toString('latin1') ?? '';
  return /^tree ([0-9a-f]+)$/m.exec(text)?.[1] ?? empty;
}

/** The plain files that a fast-forward changes; of links and programs git's own word is taken. */
async function filesBetween(repository: Repository, from: string | null, to: string): Promise<JournalFile[]> {
  const trees = [await treeOf(repository, from), await treeOf(repository, to)] as const;
  const [changes = []] = await compareTrees(repository, [trees], []);
  const isPlain = (mode: string): boolean => mode === '100644' || mode === '000000';
  return changes
    .filter(({ oldMode, mode }) => isPlain(oldMode) && isPlain(mode))
    .map(({ path, oldMode, mode, oldOid, oid }) => ({
      path,
      old: oldMode === '000000' ? null : oldOid,
      new: mode === '000000' ? null : oid,
    }));
}

/**
 * Moves the branch, index and working tree of a clone forward to a commit. git writes files before it moves the branch, so
 * a journal tells the next command what git was about to write, and that a lock on the index may be its.
 *
 * @returns why it could not, in git's words; undefined where it could
 */
export async function followTo(
  repository: Repository,
  ref: string,
  head: string | null,
  commit: string,
): Promise<string | undefined> {
  const files = await filesBetween(repository, head, commit);
  const journal = await openJournal(repository, randomUUID(), ref, files, 'following');
  const refused = await fastForward(repository, commit);
  // What was done is done; the next command drops a journal that stays.
  if (refused === undefined) await closeJournal(repository, journal.transaction).catch(() => undefined);
  else await mend(repository, journal);
  return refused;
}
