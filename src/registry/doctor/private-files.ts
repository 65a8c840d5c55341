// What mlc keeps in a repository while it works, and whether who made it still runs.
import { readFile, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Repository } from '../../git/repository.js';
import { type Journal, isJournal, journalFolder } from '../journal.js';
import { type ProcessMark, isRunning } from '../processes.js';
import { secondsOld } from './examination.js';

/** Nothing that mlc does with one file on its way takes longer than this, in seconds. */
export const longestMoment = 60;

/** A process as far as this machine can tell. */
export type OwnerState = 'running' | 'dead' | 'elsewhere' | 'unknown';

/** Whether the process that left a mark still runs; what is no mark tells nothing. */
export function ownerState(mark: Partial<ProcessMark> | null | undefined): OwnerState {
  if (typeof mark?.pid !== 'number' || typeof mark.host !== 'string') return 'unknown';
  if (mark.host !== hostname()) return 'elsewhere';
  return isRunning({ pid: mark.pid, host: mark.host, started: mark.started ?? '' }) ? 'running' : 'dead';
}

/** A file in a folder of mlc's own. */
export interface PrivateFile {
  full: string;
  name: string;
  /** Seconds. */
  age: number;
}

/** The files of a folder; none where there is no folder. */
export async function filesIn(folder: string): Promise<PrivateFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: PrivateFile[] = [];
  for (const entry of entries.filter((found) => found.isFile())) {
    const full = path.join(folder, entry.name);
    const age = await secondsOld(full);
    // One that is gone again was somebody's at work.
    if (age !== undefined) files.push({ full, name: entry.name, age });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a file of mlc's holds; undefined where it cannot be read. */
export async function readPrivate<T>(file: string): Promise<Partial<T> | undefined> {
  try {
    const data = JSON.parse(await readFile(file, 'utf8')) as unknown;
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

/** A journal, and what became of the transition. */
export interface JournalFound extends PrivateFile {
  owner: OwnerState;
  transaction: string;
  journal: Partial<Journal>;
}

/** The journals of transitions that are not over. */
export async function journals(repository: Repository): Promise<JournalFound[]> {
  const found: JournalFound[] = [];
  for (const file of await filesIn(journalFolder(repository))) {
    if (!file.name.endsWith('.json') || file.name.startsWith('.')) continue;
    const read = await readPrivate<Journal>(file.full);
    const journal: Partial<Journal> = isJournal(read, file.name) ? read : {};
    const transaction = journal.transaction ?? file.name.slice(0, -'.json'.length);
    found.push({ ...file, owner: ownerState(journal.owner), transaction, journal });
  }
  return found;
}

/** The paths that a journal is about. */
export function pathsOf(found: JournalFound): string[] {
  return (found.journal.files ?? []).map((file) => file.path);
}
