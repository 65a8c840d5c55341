// Mends what a transition that was killed left behind: locks, temporary files, an index or working tree out of step.
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type IndexEntry,
  hasIndex,
  indexEntries,
  installIndex,
  lockIndex,
  prepareIndex,
  temporaryFolder,
  unlockIndex,
} from '../git/index-file.js';
import { readObjects } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { type Journal, type JournalFile, abandonedJournals, closeJournal, journalTime } from './journal.js';
import { checkPrivateFolders } from './private-folders.js';
import { blobInWorkingTree, checkPath, installFile, prepareFile, removeFile } from './working-tree.js';

// git makes its ref locks within moments of the journal; a lock that is younger or older than this is somebody else's.
const lockWindow = 12_000;

async function removeRefLocks(repository: Repository, journal: Journal): Promise<void> {
  const written = await journalTime(repository, journal);
  const locks = [
    path.join(repository.commonDir, `${journal.ref}.lock`),
    path.join(repository.gitDir, 'HEAD.lock'),
    // A clone that follows has git note where it stood.
    path.join(repository.gitDir, 'ORIG_HEAD.lock'),
  ];
  for (const lock of locks) {
    const made = await stat(lock).catch(() => undefined);
    // How long a remote takes, nobody knows; and the copy of its branch is only a copy.
    const latest = lock.startsWith(path.join(repository.commonDir, 'refs/remotes'))
      ? Infinity
      : written + lockWindow;
    if (made && made.mtimeMs >= written - 1000 && made.mtimeMs <= latest) await rm(lock, { force: true });
  }
}

// git needs moments to move a clone forward. Where mlc alone was killed, it may still be at it.
const longestMerge = 2_000;

/** Takes away git's own lock on the index, where git was killed while it moved the clone forward. */
async function removeIndexLock(repository: Repository, journal: Journal): Promise<void> {
  if (journal.kind !== 'following') return;
  const lock = path.join(repository.gitDir, 'index.lock');
  const written = await journalTime(repository, journal);
  const deadline = Date.now() + longestMerge;
  for (;;) {
    const made = await stat(lock).catch(() => undefined);
    if (!made || made.mtimeMs < written - 1000 || made.mtimeMs > written + lockWindow) return;
    if (Date.now() > deadline) return rm(lock, { force: true });
    await sleep(50);
  }
}

async function removeTemporaryFiles(repository: Repository, tag: string): Promise<void> {
  const names = await readdir(temporaryFolder(repository)).catch((): string[] => []);
  for (const name of names.filter((entry) => entry.includes(tag))) {
    await rm(path.join(temporaryFolder(repository), name), { force: true });
  }
}

/**
 * Brings index and working tree to what HEAD has, at the paths of one transition, where they hold what the transition
 * found or what it wrote. Whether the commit landed does not matter: HEAD says what is so. Anything else that stands
 * there is the user's, and is kept.
 */
async function alignWithHead(
  repository: Repository,
  journal: Journal,
  isOurs: (found: string | null, file: JournalFile) => boolean,
): Promise<{ kept: string[]; mended: boolean }> {
  const paths = journal.files.map((file) => file.path);
  const head = await readObjects(
    repository,
    paths.map((file) => `HEAD:${file}`),
  );
  const kept: string[] = [];
  for (const [index, file] of journal.files.entries()) {
    const wanted = head.get(`HEAD:${file.path}`);
    const found = await blobInWorkingTree(repository, file.path);
    if (found === (wanted?.oid ?? null)) continue;
    if (!isOurs(found, file)) kept.push(file.path);
    else if (wanted)
      await installFile(await prepareFile(repository, journal.transaction, index, file.path, wanted.content));
    else await removeFile(repository, file.path);
  }
  if (!hasIndex(repository)) return { kept, mended: true };
  const staged = await indexEntries(repository, paths);
  const stale: IndexEntry[] = journal.files.flatMap((file) => {
    const [wanted, found] = [head.get(`HEAD:${file.path}`)?.oid ?? null, staged.get(file.path) ?? null];
    return found !== wanted && (found === file.old || found === file.new)
      ? [{ path: file.path, oid: wanted }]
      : [];
  });
  if (stale.length === 0) return { kept, mended: true };
  for (let tries = 0; tries < 40; tries++) {
    if (await lockIndex(repository, journal.transaction)) {
      await installIndex(repository, await prepareIndex(repository, journal.transaction, stale));
      await unlockIndex(repository, journal.transaction);
      return { kept, mended: true };
    }
    await sleep(50);
  }
  return { kept, mended: false };
}

const wroteOrFound = (found: string | null, file: JournalFile): boolean =>
  found === file.old || found === file.new;

/** Ends a transition that was killed. What is neither as it found it nor as it wrote it was changed by the user since. */
export async function settle(repository: Repository, journal: Journal): Promise<string[]> {
  return end(repository, journal, wroteOrFound);
}

/**
 * Takes back a transition of this process whose files hooks have seen. It found its files as they were committed, so whatever stands there now it
 * wrote itself, or a hook that it ran.
 */
export async function undo(repository: Repository, journal: Journal): Promise<void> {
  await end(repository, journal, (found) => found !== 'other');
}

async function end(
  repository: Repository,
  journal: Journal,
  isOurs: (found: string | null, file: JournalFile) => boolean,
): Promise<string[]> {
  await unlockIndex(repository, journal.transaction);
  const { kept, mended } =
    journal.files.length === 0
      ? { kept: [], mended: true }
      : await alignWithHead(repository, journal, isOurs);
  await removeTemporaryFiles(repository, journal.transaction);
  // While somebody else holds the index it stays stale, and the journal stays for the next command.
  if (mended) await closeJournal(repository, journal.transaction);
  return kept;
}

/**
 * Writes the files whole that a killed git has begun: it writes them in place, so one may be missing, empty or cut. Whoever
 * has written anything else in it keeps that.
 */
async function completeFiles(repository: Repository, journal: Journal): Promise<void> {
  if (journal.kind !== 'following') return;
  const wanted = await readObjects(
    repository,
    journal.files.flatMap((file) => file.new ?? []),
  );
  for (const [index, file] of journal.files.entries()) {
    const content = file.new === null ? undefined : wanted.get(file.new)?.content;
    if (content === undefined) continue;
    await checkPath(repository, file.path);
    const found = await readFile(path.join(repository.cwd, file.path)).catch(() => undefined);
    const isBegun = found
      ? found.length < content.length && content.subarray(0, found.length).equals(found)
      : file.old !== null;
    if (isBegun)
      await installFile(await prepareFile(repository, journal.transaction, index, file.path, content));
  }
}

/** Mends what one journal tells of, and answers the files that are left as the user has changed them. */
export async function mend(repository: Repository, journal: Journal): Promise<string[]> {
  await removeRefLocks(repository, journal);
  await removeIndexLock(repository, journal);
  await completeFiles(repository, journal);
  return settle(repository, journal);
}

/** Mends what killed transitions left behind, and answers a line for each. The first thing that every command does. */
export async function recover(repository: Repository): Promise<string[]> {
  await checkPrivateFolders(repository);
  const repaired: string[] = [];
  for (const journal of await abandonedJournals(repository)) {
    const kept = await mend(repository, journal);
    if (journal.files.length === 0) continue;
    const files = journal.files.map((file) => file.path).join(', ');
    repaired.push(
      kept.length === 0
        ? `a transition was interrupted; mended ${files}`
        : `a transition was interrupted; ${kept.join(', ')} was changed since, and is left as it is`,
    );
  }
  return repaired;
}
