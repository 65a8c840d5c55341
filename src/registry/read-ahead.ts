// Reads what a transition will decide on while git is still asked other things.
import { indexEntries } from '../git/index-file.js';
import { type LoadedModel, loadModel } from './load.js';
import { configFile, modelFolder } from './paths.js';
import type { Registry } from './registry.js';

/** What a transition of one model decides on. */
export interface Reading {
  loaded: Promise<LoadedModel>;
  /** The blobs that the user's index has, where they were asked for ahead. */
  staged?: Promise<ReadonlyMap<string, string> | undefined>;
}

// What the user stages while a transition waits for another is asked anew.
const longestTrust = 1000;

/** Reads a model at the commit that is checked out, and its files in the index, while git is asked who the user is. */
export function readAhead(registry: Registry, model: string): (base: string) => Reading {
  const { repository, prefix } = registry;
  const commit = repository.head?.commit;
  if (!commit) return (base) => ({ loaded: loadModel(registry, base, model) });
  const begun = Date.now();
  const loaded = loadModel(registry, commit, model);
  // Who the user is may be refused first; then nobody waits for this.
  loaded.catch(() => undefined);
  const files = [`${prefix}${configFile}`, `${prefix}${modelFolder(model)}/`];
  const staged = indexEntries(repository, files).catch(() => undefined);
  return (base) => {
    if (base !== commit) return { loaded: loadModel(registry, base, model) };
    return Date.now() - begun < longestTrust ? { loaded, staged } : { loaded };
  };
}
