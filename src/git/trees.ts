// Building the objects of a commit in memory: blobs, and the trees on the way to them.
import { createHash } from 'node:crypto';

export type ObjectFormat = 'sha1' | 'sha256';

/** An object that is not in the repository yet. */
export interface NewObject {
  oid: string;
  type: 'blob' | 'tree' | 'commit';
  content: Buffer;
}

interface TreeEntry {
  mode: string;
  name: string;
  oid: string;
}

/** A file to put into a tree. */
export interface FileChange {
  path: string;
  content: Buffer;
}

/** The id that git gives to an object. */
export function objectId(type: string, content: Buffer, format: ObjectFormat): string {
  return createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** Reads a tree object. */
export function parseTree(content: Buffer, format: ObjectFormat): TreeEntry[] {
  const size = format === 'sha256' ? 32 : 20;
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const zero = content.indexOf(0, space);
    entries.push({
      mode: content.toString('utf8', at, space),
      name: content.toString('utf8', space + 1, zero),
      oid: content.toString('hex', zero + 1, zero + 1 + size),
    });
    at = zero + 1 + size;
  }
  return entries;
}

/** git orders a tree by bytes, and a folder as if its name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name, 'utf8');
}

function serializeTree(entries: readonly TreeEntry[]): Buffer {
  const keyed = entries.map((entry) => ({ entry, key: sortKey(entry) }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(
    keyed.flatMap(({ entry }) => [
      Buffer.from(`${entry.mode} ${entry.name}\0`, 'utf8'),
      Buffer.from(entry.oid, 'hex'),
    ]),
  );
}

/**
 * Puts files into a tree and answers the new root with every object that has to be written.
 *
 * @param treeAt the content of the tree at a folder (`''` is the root), or undefined where there is none
 */
export function buildTrees(
  changes: readonly FileChange[],
  treeAt: (folder: string) => Buffer | undefined,
  format: ObjectFormat,
): { root: string; objects: NewObject[] } {
  const objects: NewObject[] = [];
  const build = (folder: string, below: readonly FileChange[]): string => {
    const present = treeAt(folder);
    const entries = new Map((present ? parseTree(present, format) : []).map((entry) => [entry.name, entry]));
    const groups = new Map<string, FileChange[]>();
    for (const change of below) {
      const rest = folder === '' ? change.path : change.path.slice(folder.length + 1);
      const [name = rest] = rest.split('/');
      groups.set(name, [...(groups.get(name) ?? []), change]);
    }
    for (const [name, group] of groups) {
      const full = folder === '' ? name : `${folder}/${name}`;
      const [only] = group;
      if (only?.path === full) {
        const oid = objectId('blob', only.content, format);
        objects.push({ oid, type: 'blob', content: only.content });
        entries.set(name, { mode: '100644', name, oid });
      } else {
        entries.set(name, { mode: '40000', name, oid: build(full, group) });
      }
    }
    const content = serializeTree([...entries.values()]);
    const oid = objectId('tree', content, format);
    objects.push({ oid, type: 'tree', content });
    return oid;
  };
  return { root: build('', changes), objects };
}

/** The name by which git finds the tree of a folder in a commit; `''` is the root. */
export function treeName(commit: string, folder: string): string {
  return folder === '' ? `${commit}^{tree}` : `${commit}:${folder}`;
}

/** Every folder on the way to some files, root first. */
export function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>(['']);
  for (const file of paths) {
    const parts = file.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) folders.add(parts.slice(0, depth).join('/'));
  }
  return [...folders];
}
