// Reading git's objects: many in one call, as raw bytes, by id or by a path in a commit.
import { type Repository } from './repository.js';
import { git } from './run.js';
import { parseTree, treeName } from './trees.js';

/** One object as git stores it. */
export interface GitObject {
  oid: string;
  type: string;
  content: Buffer;
}

/** A file in a tree. */
export interface TreeFile {
  mode: string;
  type: string;
  oid: string;
  /** Bytes; 0 where it is not a blob. */
  size: number;
  path: string;
}

/** Trees that were read by a name that can never mean another: `commit:folder`, with the commit's full id. */
const knownTrees = new WeakMap<Repository, Map<string, GitObject>>();
const fixedName = /^[0-9a-f]{40,64}(?::|\^\{tree\}$)/;

function treesOf(repository: Repository): Map<string, GitObject> {
  const known = knownTrees.get(repository) ?? new Map<string, GitObject>();
  knownTrees.set(repository, known);
  return known;
}

/**
 * Reads objects by name (an id, or `commit:path`). Names come from validated parts and hold no line break.
 * What does not exist is missing from the answer. Trees are remembered, for the commit that is built on them.
 */
export async function readObjects(
  repository: Repository,
  names: readonly string[],
): Promise<Map<string, GitObject>> {
  const known = treesOf(repository);
  const objects = new Map<string, GitObject>();
  const unread: string[] = [];
  for (const name of names) {
    const tree = known.get(name);
    if (tree) objects.set(name, tree);
    else unread.push(name);
  }
  if (unread.length === 0) return objects;
  const { stdout } = await git(repository, {
    args: ['cat-file', '--batch', '--buffer'],
    input: `${unread.join('\n')}\n`,
  });
  let at = 0;
  for (const name of unread) {
    const end = stdout.indexOf(0x0a, at);
    const header = stdout.toString('utf8', at, end);
    at = end + 1;
    const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header);
    if (!match) continue;
    const size = Number(match[3]);
    const object = {
      oid: match[1] as string,
      type: match[2] as string,
      content: stdout.subarray(at, at + size),
    };
    objects.set(name, object);
    if (object.type === 'tree' && fixedName.test(name)) known.set(name, object);
    at += size + 1;
  }
  return objects;
}

/** The sizes of objects in bytes, without reading them; what does not exist is missing from the answer. */
export async function readObjectSizes(
  repository: Repository,
  oids: readonly string[],
): Promise<Map<string, number>> {
  if (oids.length === 0) return new Map();
  const { stdout } = await git(repository, {
    args: ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'],
    input: `${oids.join('\n')}\n`,
  });
  const sizes = new Map<string, number>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [oid = '', size = ''] = line.split(' ');
    if (/^\d+$/.test(size)) sizes.set(oid, Number(size));
  }
  return sizes;
}

/** The ids of the blobs that a commit has at some paths; what it has not is missing from the answer. */
export async function readBlobIds(
  repository: Repository,
  commit: string,
  files: readonly string[],
): Promise<Map<string, string>> {
  const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '');
  const names = [...new Set(files.map(folderOf))].map((folder) => treeName(commit, folder));
  const trees = await readObjects(repository, names);
  const ids = new Map<string, string>();
  for (const file of files) {
    const tree = trees.get(treeName(commit, folderOf(file)));
    const entries = tree?.type === 'tree' ? parseTree(tree.content, repository.objectFormat) : [];
    const found = entries.find((entry) => entry.name === file.slice(file.lastIndexOf('/') + 1));
    if (found) ids.set(file, found.oid);
  }
  return ids;
}

/** The files below paths of a commit. An absent path gives nothing. */
export async function listFiles(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<TreeFile[]> {
  const { stdout } = await git(repository, {
    args: ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, '--', ...paths],
  });
  return stdout
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [meta = '', file = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
      const [mode = '', type = '', oid = '', size = '0'] = meta.split(/ +/);
      return { mode, type, oid, size: size === '-' ? 0 : Number(size), path: file };
    });
}

/** The files of a commit's tree without their sizes, which git answers several times faster. */
export async function listNames(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<Omit<TreeFile, 'size'>[]> {
  const { stdout } = await git(repository, {
    args: ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths],
  });
  const files: Omit<TreeFile, 'size'>[] = [];
  for (const line of stdout.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', type = '', oid = ''] = line.slice(0, tab).split(' ');
    files.push({ mode, type, oid, path: line.slice(tab + 1) });
  }
  return files;
}
