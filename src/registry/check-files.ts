// Checks many files: from the cache what git knows by blob id, the rest here or spread over the machine's cores.
import { existsSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { readObjects } from '../git/objects.js';
import type { Repository } from '../git/repository.js';
import { type CacheName, type RecordCache, readCache, writeCache } from './cache.js';
import { type Problem, problem } from '../lifecycle/problems.js';
import { entryProblem, missingObject } from './entry-problems.js';
import { roleOf } from './paths.js';
import { type CheckedFile, checkContent } from './summaries.js';
import { inThread } from './threads.js';
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
const batchSize = 500;
/** Reading the cache of a large registry takes longer than reading a few files again. */
export const worthCaching = 64;

async function contentOnDisk(repository: Repository, file: string): Promise<Buffer | Problem> {
  const full = path.join(repository.cwd, file);
  const found = await lstat(full).catch(() => undefined);
  // Reading a pipe or a device would wait for somebody to write, or never end.
  if (!found?.isFile()) {
    const message = found
      ? 'the file is a pipe, a socket or a device; records are plain files'
      : 'the file is gone, or cannot be reached';
    return { ...problem('path/not-a-file', message, `git restore ${file}`), file };
  }
  // A larger file is refused for its size; its content is not needed for that, only that it is too long.
  if (found.size > maximumBytes)
    return entryProblem({ mode: '100644', type: 'blob', size: found.size }, file) as Problem;
  return readFile(full);
}

/** Checks one file. `content` is what git has of it; undefined where the working tree alone does, or git has lost it. */
async function checkOne(
  repository: Repository,
  file: FileToCheck,
  content: Buffer | undefined,
): Promise<CheckedFile> {
  const type = file.mode === '160000' ? 'commit' : 'blob';
  const blocked = entryProblem({ mode: file.mode, type }, file.path);
  if (blocked) return { problems: [blocked] };
  if (file.oid !== null)
    return content === undefined
      ? { problems: [missingObject(file.oid, file.path)] }
      : checkContent(roleOf(file.relative), content, file.path);
  const onDisk = await contentOnDisk(repository, file.path);
  return 'code' in onDisk ? { problems: [onDisk] } : checkContent(roleOf(file.relative), onDisk, file.path);
}

/** Checks files one after another in this thread. */
export async function checkHere(
  { repository, files }: CheckTask,
  progress?: (done: number) => void,
): Promise<[string, CheckedFile][]> {
  const checked: [string, CheckedFile][] = [];
  for (let at = 0; at < files.length; at += batchSize) {
    const batch = files.slice(at, at + batchSize);
    const objects = await readObjects(repository, [...new Set(batch.flatMap((file) => file.oid ?? []))]);
    const results: [string, CheckedFile][] = [];
    for (const file of batch) {
      const content = file.oid === null ? undefined : objects.get(file.oid)?.content;
      results.push([file.path, await checkOne(repository, file, content)]);
    }
    // A word cut out of a record's text keeps all of that text in memory; a copy does not.
    checked.push(...structuredClone(results));
    progress?.(checked.length);
  }
  return checked;
}

// Left to itself, a thread lets its heap grow by hundreds of megabytes before it clears up.
const heapLimits = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };
const workerFile = new URL('./check-worker.cjs', import.meta.url);

async function inWorker(task: CheckTask): Promise<[string, CheckedFile][]> {
  return (await inThread(workerFile, task, heapLimits)) as [string, CheckedFile][];
}

/** Checks files without a look at the cache. */
export async function checkAfresh(
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
  kept: CacheName,
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
  for (const [file, result] of await checkAfresh(repository, missing, progress)) checked.set(file, result);
  if (missing.some((file) => file.oid !== null))
    await writeCache(repository, kept, remembered(cache, files, checked));
  // In the order of the files, whatever was known and whoever was first: the same answer comes out the same.
  return new Map(files.map(({ path: file }) => [file, checked.get(file) as CheckedFile]));
}

/**
 * What the cache holds next: what this look found out, and what is known of files that it did not look at. Of a path it
 * keeps one blob, and of a folder that was looked into the files that are still there, so that it never outgrows the
 * registry. (A model's own folder holds two files, and lists look at one of them.)
 */
function remembered(
  cache: RecordCache['entries'],
  files: readonly FileToCheck[],
  checked: ReadonlyMap<string, CheckedFile>,
): RecordCache['entries'] {
  const present = new Set(files.map((file) => file.path));
  const looked = new Set(
    files.filter((file) => file.relative.split('/').length > 3).map((file) => path.posix.dirname(file.path)),
  );
  const kept = Object.entries(cache).filter(([key]) => {
    const file = key.slice(key.indexOf(' ') + 1);
    return !present.has(file) && !looked.has(path.posix.dirname(file));
  });
  const fresh = files.flatMap((file) => {
    const result = file.oid === null ? undefined : checked.get(file.path);
    return result?.problems.every(isLasting) ? [[cacheKey(file), result] as const] : [];
  });
  return Object.fromEntries([...kept, ...fresh]);
}

/** Whether a problem is as true tomorrow: an object that is missing may be fetched. */
export function isLasting({ code }: Problem): boolean {
  return code !== 'object/missing';
}

/** The same blob at another path is another record: its ids would not agree with its path. */
function cacheKey(file: FileToCheck): string {
  return `${file.oid} ${file.path}`;
}
