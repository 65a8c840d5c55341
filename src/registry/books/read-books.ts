// The books of a registry as one commit has it: those that are known by the id of the model's tree, the rest built.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { RegistryConfiguration } from '../../generated/types.js';
import { readObjects } from '../../git/objects.js';
import { parseTree } from '../../git/trees.js';
import { modelIdProblem } from '../../lifecycle/identifiers.js';
import type { Problem } from '../../lifecycle/problems.js';
import { readCache, writeCache } from '../cache.js';
import { loadConfig, unknownModel } from '../load.js';
import { inThread } from '../threads.js';
import type { Registry } from '../registry.js';
import type { WatchedModel } from '../../lifecycle/health/watched-model.js';
import { type BookEntry, type PackedEntry, unpackEntry } from './book.js';
import { type BookTask, buildBooks } from './build-books.js';

/** A registry's books. */
export interface Books {
  config: RegistryConfiguration;
  /** By model, in order of their ids. */
  books: WatchedModel[];
  /** What could not be read, and is left out. */
  problems: Problem[];
}

type Kept = Record<string, PackedEntry>;

const cacheName = 'books';
const workerFile = new URL('./book-worker.cjs', import.meta.url);
// Below this many models a thread's start costs more than it saves.
const worthSpreading = 40;

async function inWorker(task: BookTask): Promise<[string, PackedEntry][]> {
  return JSON.parse((await inThread(workerFile, task)) as string) as [string, PackedEntry][];
}

async function build(
  task: BookTask,
  progress: ((done: number) => void) | undefined,
): Promise<[string, PackedEntry][]> {
  const threads = Math.min(availableParallelism(), 4);
  if (task.models.length < worthSpreading || threads < 2 || !existsSync(workerFile))
    return buildBooks(task, progress);
  const parts = Array.from({ length: threads }, (_, part) =>
    task.models.filter((__, index) => index % threads === part),
  );
  const [own = [], ...others] = parts;
  const scaled = progress ? (done: number): void => progress(done * threads) : undefined;
  const built = await Promise.all([
    ...others.map((models) => inWorker({ ...task, models })),
    buildBooks({ ...task, models: own }, scaled),
  ]);
  return built.flat();
}

/** The book of an entry; undefined where there is none, or what was kept is not what was written. */
function opened(entry: PackedEntry | undefined): BookEntry | undefined {
  try {
    return entry && unpackEntry(entry);
  } catch {
    return undefined;
  }
}

/** Whether an entry is as true tomorrow: an object that is missing may be fetched. */
function isLasting(entry: PackedEntry | undefined): boolean {
  return entry !== undefined && entry.problems.every(({ code }) => code !== 'object/missing');
}

/** Reads the books of all models, or of one. What is kept for the next time is never needed for the answer. */
export async function readBooks(
  registry: Registry,
  commit: string,
  only?: string,
  progress?: (done: number) => void,
): Promise<Books> {
  const { repository, prefix } = registry;
  const folder = `${commit}:${prefix}models`;
  const [config, trees] = await Promise.all([
    loadConfig(registry, commit),
    readObjects(repository, [folder]),
  ]);
  const tree = trees.get(folder);
  const folders = tree?.type === 'tree' ? parseTree(tree.content, repository.objectFormat) : [];
  const models = folders.filter(
    ({ mode, name }) => mode === '40000' && !modelIdProblem(name) && (only === undefined || name === only),
  );
  if (only !== undefined && models.length === 0) throw await unknownModel(registry, commit, only);
  const keyOf = ({ oid, name }: { oid: string; name: string }): string => `${oid} ${name}`;
  // A single model is read sooner than what is kept of all of them.
  const kept = only === undefined ? await readCache<Kept>(repository, cacheName) : {};
  const known = new Map(models.map((entry) => [entry.name, opened(kept[keyOf(entry)])]));
  const missing = models.filter(({ name }) => !known.get(name)).map(({ name }) => name);
  const built = new Map(
    missing.length === 0 ? [] : await build({ repository, prefix, commit, models: missing }, progress),
  );
  if (built.size > 0 && only === undefined) {
    const present = models.map(
      (entry) => [keyOf(entry), built.get(entry.name) ?? kept[keyOf(entry)]] as const,
    );
    await writeCache(
      repository,
      cacheName,
      Object.fromEntries(present.filter(([, entry]) => isLasting(entry))),
    );
  }
  const entries = models.flatMap(({ name }) => known.get(name) ?? opened(built.get(name)) ?? []);
  return {
    config,
    books: entries.flatMap(({ book }) => book ?? []),
    problems: entries.flatMap(({ problems }) => problems),
  };
}
