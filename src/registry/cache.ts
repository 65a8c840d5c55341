// What was found out about objects of git, kept in the repository's private folder. Never needed: it can be deleted at any time.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../git/repository.js';
import type { CheckedFile } from './summaries.js';

/** Set by the build: a digest of all the rules, so that nothing found under other rules is believed. */
declare const MLC_RULES: string | undefined;

/** Checked files by blob id and path. */
export interface RecordCache {
  entries: Record<string, CheckedFile>;
}

/** A digest of all the rules; what was found under other rules is not believed. */
export const rules = typeof MLC_RULES === 'undefined' ? 'source' : MLC_RULES;

/** The file of one cache, as this mlc reads it. */
export function cacheFile(repository: Repository, name: string): string {
  return path.join(repository.commonDir, 'mlc', 'cache', `${name}-${rules}.json`);
}

/** Reads a cache, keyed by the ids of what its entries were found out about; what cannot be read is as good as empty. */
export async function readCache<T extends object>(repository: Repository, name: string): Promise<T> {
  try {
    const { entries } = JSON.parse(await readFile(cacheFile(repository, name), 'utf8')) as { entries?: T };
    return typeof entries === 'object' && entries !== null ? entries : ({} as T);
  } catch {
    return {} as T;
  }
}

/** Writes a cache, whole or not at all. */
export async function writeCache(repository: Repository, name: string, entries: object): Promise<void> {
  const file = cacheFile(repository, name);
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, JSON.stringify({ entries }));
    await rename(temporary, file);
  } catch {
    // A read-only repository has no cache, and needs none.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
