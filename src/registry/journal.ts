// The journal of transitions under way: what a later command needs to bring index and working tree back in line.
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../git/repository.js';
import { type ProcessMark, isRunning, ownMark } from './processes.js';

/** One file of a transition: its blob before (null: there was none) and after. */
export interface JournalFile {
  path: string;
  old: string | null;
  new: string;
}

/** One transition under way. */
export interface Journal {
  transaction: string;
  ref: string;
  owner: ProcessMark;
  files: JournalFile[];
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
): Promise<Journal> {
  const journal: Journal = { transaction, ref, owner: ownMark(), files };
  await mkdir(journalFolder(repository), { recursive: true });
  const temporary = path.join(journalFolder(repository), `.${transaction}`);
  const handle = await open(temporary, 'w');
  await handle.writeFile(JSON.stringify(journal));
  await handle.sync();
  await handle.close();
  await rename(temporary, journalFile(repository, transaction));
  return journal;
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
      ) as Journal;
      if (!isRunning(journal.owner)) journals.push(journal);
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
