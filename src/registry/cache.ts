// What was found out about blobs, kept in the repository's private folder. Never needed: it can be deleted at any time.
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

/** The cache that this mlc reads. */
export function cacheFile(repository: Repository): string {
  return path.join(repository.commonDir, 'mlc', 'cache', `records-${rules}.json`);
}

/** Opens the cache; what cannot be read is as good as empty. */
export async function openCache(repository: Repository): Promise<RecordCache> {
  try {
    const cache = JSON.parse(await readFile(cacheFile(repository), 'utf8')) as RecordCache;
    return typeof cache.entries === 'object' && cache.entries !== null
      ? { entries: cache.entries }
      : { entries: {} };
  } catch {
    return { entries: {} };
  }
}

/** Saves what is known, whole or not at all. */
export async function saveCache(repository: Repository, entries: RecordCache['entries']): Promise<void> {
  const file = cacheFile(repository);
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
