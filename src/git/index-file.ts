// The user's index: locked as git locks it, changed in a private copy, and put in place by one rename.
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from './repository.js';
import { git } from './run.js';

/** A file's blob in the index; a null id takes the file out. */
export interface IndexEntry {
  path: string;
  oid: string | null;
}

function lockPath(repository: Repository): string {
  return path.join(repository.gitDir, 'index.lock');
}

/** The folder for files that are on their way; on the same disk as the index. */
export function temporaryFolder(repository: Repository): string {
  return path.join(repository.gitDir, 'mlc', 'tmp');
}

/**
 * Takes git's lock on the index, and answers false where somebody else has it; who has it already keeps it. The lock appears with its content in one
 * step (a link to a filled file), so that a crash in between never leaves a lock that nobody can attribute.
 */
export async function lockIndex(repository: Repository, tag: string): Promise<boolean> {
  await mkdir(temporaryFolder(repository), { recursive: true });
  const filled = path.join(temporaryFolder(repository), `lock-${tag}`);
  await writeFile(filled, lockContent(tag));
  try {
    await link(filled, lockPath(repository));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return holdsLock(repository, tag);
    throw error;
  } finally {
    await rm(filled, { force: true });
  }
}

function lockContent(tag: string): string {
  return `mlc ${tag}\n`;
}

async function holdsLock(repository: Repository, tag: string): Promise<boolean> {
  return (await readFile(lockPath(repository), 'utf8').catch(() => '')) === lockContent(tag);
}

/** Gives the lock back, if it is ours. */
export async function unlockIndex(repository: Repository, tag: string): Promise<void> {
  if (await holdsLock(repository, tag)) await rm(lockPath(repository), { force: true });
}

/** Whether the checkout has an index; a clone without checkout has none, and gets none from us. */
export function hasIndex(repository: Repository): boolean {
  return existsSync(path.join(repository.gitDir, 'index'));
}

/** Tells one state of the index from the next: whoever changes it puts another file in its place. */
export async function indexStamp(repository: Repository): Promise<string> {
  const found = await stat(path.join(repository.gitDir, 'index'), { bigint: true }).catch(() => undefined);
  return found ? `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}` : '';
}

/** Copies the index and changes entries in the copy. Answers the copy's path. */
export async function prepareIndex(
  repository: Repository,
  tag: string,
  entries: readonly IndexEntry[],
): Promise<string> {
  const copy = path.join(temporaryFolder(repository), `index-${tag}`);
  await mkdir(temporaryFolder(repository), { recursive: true });
  // A lock on our own copy is left by our own git, killed.
  await rm(`${copy}.lock`, { force: true });
  if (hasIndex(repository)) await copyFile(path.join(repository.gitDir, 'index'), copy);
  await updateEntries(repository, copy, entries);
  return copy;
}

/** A private index that holds a commit's tree with changes on top, as hooks of `git commit --only` see it. */
export async function indexOfCommit(
  repository: Repository,
  tag: string,
  commit: string | null,
  entries: readonly IndexEntry[],
): Promise<string> {
  const file = path.join(temporaryFolder(repository), `hooks-${tag}`);
  await mkdir(temporaryFolder(repository), { recursive: true });
  if (commit !== null) await git(repository, { args: ['read-tree', commit], env: { GIT_INDEX_FILE: file } });
  await updateEntries(repository, file, entries);
  return file;
}

/** The tree that an index file describes. */
export async function treeOfIndex(repository: Repository, indexFile: string): Promise<string> {
  const answer = await git(repository, { args: ['write-tree'], env: { GIT_INDEX_FILE: indexFile } });
  return answer.stdout.toString('utf8').trim();
}

async function updateEntries(
  repository: Repository,
  indexFile: string,
  entries: readonly IndexEntry[],
): Promise<void> {
  const zero = '0'.repeat(repository.objectFormat === 'sha256' ? 64 : 40);
  const lines = entries.map(({ path: file, oid }) =>
    oid === null ? `0 ${zero}\t${file}` : `100644 ${oid}\t${file}`,
  );
  await git(repository, {
    args: ['update-index', '-z', '--index-info'],
    input: `${lines.join('\0')}\0`,
    env: { GIT_INDEX_FILE: indexFile },
  });
}

/** Puts a prepared copy in the index's place. */
export async function installIndex(repository: Repository, copy: string): Promise<void> {
  await rename(copy, path.join(repository.gitDir, 'index'));
}

/** The blobs that the index has for some paths. */
export async function indexEntries(
  repository: Repository,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const { stdout } = await git(repository, { args: ['ls-files', '-s', '-z', '--', ...paths] });
  const entries = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\0')) {
    const match = /^\d+ ([0-9a-f]+) 0\t([^]*)$/.exec(line);
    if (match?.[1] && match[2] !== undefined) entries.set(match[2], match[1]);
  }
  return entries;
}
