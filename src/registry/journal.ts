// The journal of transitions under way: what a later command needs to bring index and working tree back in line.
import { mkdir, open, readFile, readdir, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../git/repository.js';
import { type ProcessMark, isRunning, ownMark } from './processes.js';

/** One file of a transition: its blob before and after; null where there is none. */
export interface JournalFile {
  path: string;
  old: string | null;
  new: string | null;
}

/** One transition under way. */
export interface Journal {
  transaction: string;
  ref: string;
  owner: ProcessMark;
  files: JournalFile[];
  /** `following`: git itself moves the clone forward, and takes its own lock on the index. */
  kind?: 'following';
}

const objectName = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// A fetch or push writes the copy of the remote's branch.
const branchName = /^refs\/(?:heads|remotes)\/(?!.*(?:\.\.|\/\/|\/\.))[^\\\0]+$/;

/** Whether a path stays in the working tree and out of git's own folder. */
function isInside(file: unknown): boolean {
  return (
    typeof file === 'string' &&
    !/[\\\0]/.test(file) &&
    file.split('/').every((part) => !['', '.', '..'].includes(part) && part.toLowerCase() !== '.git')
  );
}

function isBlob(value: unknown): boolean {
  return value === null || (typeof value === 'string' && objectName.test(value));
}

function isJournalFile(value: unknown): boolean {
  const { path: file, old, new: made } = (value ?? {}) as Partial<JournalFile>;
  return isInside(file) && isBlob(old) && isBlob(made);
}

/**
 * Whether this is a journal as mlc writes it. A git folder that came with a stranger's files may hold anything, and what
 * a journal names is written and deleted.
 */
export function isJournal(value: unknown, name: string): value is Journal {
  const { transaction, ref, owner, files, kind } = (value ?? {}) as Partial<Journal>;
  return (
    typeof transaction === 'string' &&
    uuid.test(transaction) &&
    name === `${transaction}.json` &&
    typeof ref === 'string' &&
    branchName.test(ref) &&
    typeof owner === 'object' &&
    Array.isArray(files) &&
    files.every(isJournalFile) &&
    (kind === undefined || kind === 'following')
  );
}

/** Where the journals of a checkout are. */
export function journalFolder(repository: Repository): string {
  return path.join(repository.gitDir, 'mlc', 'journal');
}

function journalFile(repository: Repository, transaction: string): string {
  return path.join(journalFolder(repository), `${transaction}.json`);
}

/** Writes the journal of a transition, whole or not at all, and on disk before anything else changes. */
export async function openJournal(
  repository: Repository,
  transaction: string,
  ref: string,
  files: JournalFile[],
  kind?: Journal['kind'],
): Promise<Journal> {
  const journal: Journal = { transaction, ref, owner: ownMark(), files, ...(kind ? { kind } : {}) };
  await mkdir(journalFolder(repository), { recursive: true });
  const temporary = path.join(journalFolder(repository), `.${transaction}`);
  const handle = await open(temporary, 'w');
  await handle.writeFile(JSON.stringify(journal));
  await handle.sync();
  await handle.close();
  await rename(temporary, journalFile(repository, transaction));
  return journal;
}

/** Dates a journal anew: hooks may have taken long, and locks are told by the time that passed since. */
export async function touchJournal(repository: Repository, transaction: string): Promise<void> {
  const now = new Date();
  await utimes(journalFile(repository, transaction), now, now);
}

/** Drops a journal. The last step of a transition, after every lock is given back. */
export async function closeJournal(repository: Repository, transaction: string): Promise<void> {
  await rm(journalFile(repository, transaction), { force: true });
}

/** The journals whose owner is no longer there. */
export async function abandonedJournals(repository: Repository): Promise<Journal[]> {
  let names: string[];
  try {
    names = await readdir(journalFolder(repository));
  } catch {
    return [];
  }
  const journals: Journal[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.json'))) {
    try {
      const journal = JSON.parse(
        await readFile(path.join(journalFolder(repository), name), 'utf8'),
      ) as unknown;
      if (isJournal(journal, name) && !isRunning(journal.owner)) journals.push(journal);
    } catch {
      // Somebody else finished it in between.
    }
  }
  return journals;
}

/** When a journal was written, in milliseconds since 1970. */
export async function journalTime(repository: Repository, journal: Journal): Promise<number> {
  const handle = await open(journalFile(repository, journal.transaction), 'r').catch(() => undefined);
  const time = (await handle?.stat())?.mtimeMs ?? 0;
  await handle?.close();
  return time;
}
