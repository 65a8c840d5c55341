// What was found out about objects of git, kept in the repository's private folder. Never needed: it can be deleted at any time.
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../git/repository.js';
import { keptText, readKept } from './kept-text.js';
import type { CheckedFile } from './summaries.js';

/** Set by the build: a digest of all the rules, so that nothing found under other rules is believed. */
declare const MLC_RULES: string | undefined;

/** Checked files by blob id and path. */
export interface RecordCache {
  entries: Record<string, CheckedFile>;
}

/** A digest of all the rules; what was found under other rules is not believed. */
export const rules = typeof MLC_RULES === 'undefined' ? 'source' : MLC_RULES;

/** What there is a cache of. */
export const cacheNames = ['records', 'reports', 'surveys', 'books', 'gates'] as const;
export type CacheName = (typeof cacheNames)[number];

/** The file of one cache, as this mlc reads it. */
export function cacheFile(repository: Repository, name: CacheName): string {
  return path.join(repository.commonDir, 'mlc', 'cache', `${name}-${rules}.json`);
}

/** Reads a cache, keyed by the ids of what its entries were found out about; what cannot be read is as good as empty. */
export async function readCache<T extends object>(repository: Repository, name: CacheName): Promise<T> {
  try {
    return (readKept(await readFile(cacheFile(repository, name))) ?? {}) as T;
  } catch {
    return {} as T;
  }
}

/** Writes a cache, whole or not at all. */
export async function writeCache(repository: Repository, name: CacheName, entries: object): Promise<void> {
  const file = cacheFile(repository, name);
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, keptText(entries));
    await rename(temporary, file);
    await dropForgotten(path.dirname(file), `${name}-`, path.basename(file));
  } catch {
    // A read-only repository has no cache, and needs none.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

const day = 86_400_000;

/** Deletes what another version of mlc kept and has not touched for two weeks, and what a killed one half wrote. */
async function dropForgotten(folder: string, prefix: string, own: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || name === own) continue;
    const { mtimeMs } = await stat(path.join(folder, name));
    if (Date.now() - mtimeMs > (name.endsWith('.json') ? 14 * day : day / 24))
      await rm(path.join(folder, name), { force: true });
  }
}
