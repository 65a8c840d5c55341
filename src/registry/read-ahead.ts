// Reads what a transition will decide on while git is still asked other things.
import { indexEntries, indexStamp } from '../git/index-file.js';
import type { Repository } from '../git/repository.js';
import { type LoadedModel, loadModel } from './load.js';
import { configFile, modelFolder } from './paths.js';
import type { Registry } from './registry.js';

/** The blobs that the index has for some files, and which index that was. */
export interface StagedBlobs {
  stamp: string;
  blobs: ReadonlyMap<string, string>;
}

/** What a transition of one model decides on. */
export interface Reading {
  loaded: Promise<LoadedModel>;
  /** The model's files in the user's index, where they were asked for ahead. */
  staged?: Promise<StagedBlobs | undefined>;
}

async function readStaged(repository: Repository, files: readonly string[]): Promise<StagedBlobs> {
  const stamp = await indexStamp(repository);
  return { stamp, blobs: await indexEntries(repository, files) };
}

/** Reads a model at the commit that is checked out, and its files in the index, while git is asked who the user is. */
export function readAhead(registry: Registry, model: string): (base: string) => Reading {
  const { repository, prefix } = registry;
  const commit = repository.head?.commit;
  if (!commit) return (base) => ({ loaded: loadModel(registry, base, model) });
  const loaded = loadModel(registry, commit, model);
  // Who the user is may be refused first; then nobody waits for this.
  loaded.catch(() => undefined);
  const files = [`${prefix}${configFile}`, `${prefix}${modelFolder(model)}/`];
  const staged = readStaged(repository, files).catch(() => undefined);
  return (base) => (base === commit ? { loaded, staged } : { loaded: loadModel(registry, base, model) });
}
