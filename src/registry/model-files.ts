// The files of a model in a commit: which there are, what each is for, and the content of those that are read.
import { type GitObject, type TreeFile, listFiles, readObjects } from '../git/objects.js';
import { parseTree, treeName } from '../git/trees.js';
import type { Problem } from '../lifecycle/problems.js';
import { entryProblem } from './entry-problems.js';
import { isReadWhole } from './load-ledger.js';
import { type FileRole, roleOf } from './paths.js';
import type { Registry } from './registry.js';
import { maximumBytes } from './yaml-text.js';

/** A file of a commit, and what it is for. */
interface ModelFile {
  entry: TreeFile;
  role: FileRole;
  /** Why it is not read. */
  blocked: Problem | undefined;
}

/** The files of a model. */
interface ModelFiles {
  /** What every file is for, read or not. */
  roles: FileRole[];
  /** The files that a decision is read from. */
  entries: ModelFile[];
  /** By id, those that are plain files and not too large. */
  objects: ReadonlyMap<string, GitObject>;
}

/**
 * The files of a model that has nothing but versions, by trees that were read already, without their sizes. Undefined
 * where there is more: then one call of git lists all.
 */
async function listByTrees(
  { repository }: Registry,
  commit: string,
  folder: string,
): Promise<TreeFile[] | undefined> {
  const versions = `${folder}/versions`;
  const inFolder = async (path: string): Promise<TreeFile[] | undefined> => {
    const name = treeName(commit, path);
    const tree = (await readObjects(repository, [name])).get(name);
    if (tree?.type !== 'tree') return undefined;
    const files: TreeFile[] = [];
    for (const { mode, name: own, oid } of parseTree(tree.content, repository.objectFormat)) {
      const inner = `${path}/${own}`;
      const below = mode === '40000' && inner === versions ? await inFolder(inner) : undefined;
      if (below) files.push(...below);
      else if (mode === '40000') return undefined;
      else files.push({ mode, type: mode === '160000' ? 'commit' : 'blob', oid, size: 0, path: inner });
    }
    return files;
  };
  return inFolder(folder);
}

async function readListed(
  { repository, prefix }: Registry,
  listed: readonly TreeFile[],
): Promise<ModelFiles> {
  const known = listed.map((entry) => ({ entry, role: roleOf(entry.path.slice(prefix.length)) }));
  const entries = known
    .filter(
      ({ role }) =>
        role.kind === 'model' || role.kind === 'gate' || role.kind === 'version' || isReadWhole(role),
    )
    .map((file) => ({ ...file, blocked: entryProblem(file.entry, file.entry.path) }));
  const objects = await readObjects(
    repository,
    entries.filter(({ blocked }) => !blocked).map(({ entry }) => entry.oid),
  );
  return { roles: known.map(({ role }) => role), entries, objects };
}

/**
 * Reads the files of a model.
 *
 * @param folder the model's, relative to the repository
 */
export async function readModelFiles(
  registry: Registry,
  commit: string,
  folder: string,
): Promise<ModelFiles> {
  const listed = await listByTrees(registry, commit, folder);
  const found = listed && (await readListed(registry, listed));
  // What is too large is told with its size, which git knows without reading it.
  if (found && [...found.objects.values()].every(({ content }) => content.length <= maximumBytes))
    return found;
  return readListed(registry, await listFiles(registry.repository, commit, [`${folder}/`]));
}
