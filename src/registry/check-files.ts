// Checks many files: from the cache what git knows by blob id, the rest here or spread over the machine's cores.
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { readObjects } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { type RecordCache, readCache, writeCache } from './cache.js';
import { entryProblem } from './load.js';
import { roleOf } from './paths.js';
import { type CheckedFile, checkContent } from './summaries.js';
import { maximumBytes } from './yaml-text.js';

/** A file to check: a blob that git knows, or a file of the working tree. */
export interface FileToCheck {
  /** Relative to the repository. */
  path: string;
  /** Relative to the registry. */
  relative: string;
  mode: string;
  /** Null where the content is in the working tree alone. */
  oid: string | null;
}

/** What a worker is given: plain data alone. */
export interface CheckTask {
  repository: Repository;
  files: FileToCheck[];
}

// Below this many files a worker's start costs more than it saves.
const worthSpreading = 1500;
const batchSize = 1000;
// Reading the cache of a large registry takes longer than reading a few files again.
const worthCaching = 64;

async function contentOnDisk(repository: Repository, file: string): Promise<Buffer> {
  const full = path.join(repository.cwd, file);
  // A larger file is refused for its size; its content is not needed for that, only that it is too long.
  if ((await stat(full)).size > maximumBytes) return Buffer.alloc(maximumBytes + 1, 0x20);
  return readFile(full);
}

/** Checks files one after another in this thread. */
export async function checkHere(
  { repository, files }: CheckTask,
  progress?: (done: number) => void,
): Promise<[string, CheckedFile][]> {
  const checked: [string, CheckedFile][] = [];
  for (let at = 0; at < files.length; at += batchSize) {
    const batch = files.slice(at, at + batchSize);
    const objects = await readObjects(
      repository,
      batch.flatMap((file) => file.oid ?? []),
    );
    for (const file of batch) {
      const blocked = entryProblem(
        { mode: file.mode, type: file.mode === '160000' ? 'commit' : 'blob' },
        file.path,
      );
      const content = file.oid === null ? undefined : objects.get(file.oid)?.content;
      checked.push([
        file.path,
        blocked
          ? { problems: [blocked] }
          : await checkContent(
              roleOf(file.relative),
              content ?? (await contentOnDisk(repository, file.path)),
              file.path,
            ),
      ]);
    }
    progress?.(checked.length);
  }
  return checked;
}

const workerFile = new URL('./check-worker.js', import.meta.url);

async function inWorker(task: CheckTask): Promise<[string, CheckedFile][]> {
  const { Worker } = await import('node:worker_threads');
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: task });
    worker.once('message', (checked: [string, CheckedFile][]) => resolve(checked));
    worker.once('error', reject);
  });
}

async function checkAll(
  repository: Repository,
  files: FileToCheck[],
  progress?: (done: number) => void,
): Promise<[string, CheckedFile][]> {
  const threads = Math.min(availableParallelism(), 4);
  if (files.length < worthSpreading || threads < 2 || !existsSync(workerFile))
    return checkHere({ repository, files }, progress);
  // This thread takes a share too; the environment holds no functions, so the repository can be handed over as it is.
  const share = Math.ceil(files.length / threads);
  const parts = Array.from({ length: threads }, (_, index) =>
    files.slice(index * share, (index + 1) * share),
  );
  const [own = [], ...others] = parts;
  const scaled = progress ? (done: number): void => progress(done * threads) : undefined;
  const results = await Promise.all([
    ...others.map((part) => inWorker({ repository, files: part })),
    checkHere({ repository, files: own }, scaled),
  ]);
  return results.flat();
}

/** Checks files, and keeps what was found out by blob id for the next time. */
export async function checkFiles(
  repository: Repository,
  files: readonly FileToCheck[],
  progress?: (done: number) => void,
): Promise<Map<string, CheckedFile>> {
  // Reports are many times as many as records, and lists read the records alone.
  const [reports, others] = [files.filter(isReport), files.filter((file) => !isReport(file))];
  const parts = [
    await checkPart(repository, 'records', others, progress),
    await checkPart(repository, 'reports', reports, progress && ((done) => progress(others.length + done))),
  ];
  return new Map(parts.flatMap((part) => [...part]));
}

function isReport({ relative }: FileToCheck): boolean {
  return relative.includes('/monitoring/');
}

async function checkPart(
  repository: Repository,
  kept: string,
  files: readonly FileToCheck[],
  progress?: (done: number) => void,
): Promise<Map<string, CheckedFile>> {
  if (files.length < worthCaching)
    return new Map(await checkHere({ repository, files: [...files] }, progress));
  const cache: RecordCache['entries'] = await readCache(repository, kept);
  const checked = new Map<string, CheckedFile>();
  const missing: FileToCheck[] = [];
  for (const file of files) {
    const known = file.oid === null || file.mode !== '100644' ? undefined : cache[cacheKey(file)];
    if (known) checked.set(file.path, known);
    else missing.push(file);
  }
  for (const [file, result] of await checkAll(repository, missing, progress)) checked.set(file, result);
  const found = missing.filter((file) => file.oid !== null);
  if (found.length > 0) await writeCache(repository, kept, remembered(cache, files, found, checked));
  return checked;
}

/**
 * What the cache holds next: a look at part of a registry adds to what is there; once more has gathered than twice the
 * files there are, only the present ones stay, so that the cache never outgrows the registry.
 */
function remembered(
  cache: RecordCache['entries'],
  files: readonly FileToCheck[],
  found: readonly FileToCheck[],
  checked: ReadonlyMap<string, CheckedFile>,
): RecordCache['entries'] {
  const known = Object.keys(cache).length;
  const [base, kept] = known + found.length > 2 * files.length + 1000 ? [{}, files] : [cache, found];
  const fresh = kept.flatMap((file) => {
    const result = file.oid === null ? undefined : checked.get(file.path);
    return result ? [[cacheKey(file), result] as const] : [];
  });
  return { ...base, ...Object.fromEntries(fresh) };
}

/** The same blob at another path is another record: its ids would not agree with its path. */
function cacheKey(file: FileToCheck): string {
  return `${file.oid} ${file.path}`;
}
