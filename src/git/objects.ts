// Reading git's objects: many in one call, as raw bytes, by id or by a path in a commit.
import { type Repository } from './repository.js';
import { type GitAnswer, GitError, TooMuchOutput, git } from './run.js';
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

/** Commits and trees that were read by a name that can never mean another: a full id, or `commit:folder` with one. */
const knownTrees = new WeakMap<Repository, Map<string, GitObject>>();
const fixedName = /^[0-9a-f]{40,64}(?::|\^\{tree\}$)/;

function treesOf(repository: Repository): Map<string, GitObject> {
  const known = knownTrees.get(repository) ?? new Map<string, GitObject>();
  knownTrees.set(repository, known);
  return known;
}

/**
 * Reads objects by name (an id, or `commit:path`). Names come from validated parts and hold no line break.
 * What does not exist is missing from the answer. Trees and commits are remembered, for the commit that is built on them.
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
  for (const [name, object] of await readBatch(repository, unread)) {
    objects.set(name, object);
    if (object.type === 'commit' ? object.oid === name : object.type === 'tree' && fixedName.test(name))
      known.set(name, object);
  }
  return objects;
}

// What one call of git may answer. A thousand records of the largest size come to as much.
const mostAtOnce = 64 * 1024 * 1024;
/** Bytes beyond which a blob is nothing that mlc reads. */
const largestBlob = 1024 * 1024;

async function readBatch(repository: Repository, names: readonly string[]): Promise<Map<string, GitObject>> {
  const args = ['cat-file', '--batch', '--buffer'];
  let answer: GitAnswer;
  try {
    answer = await git(repository, { args, input: `${names.join('\n')}\n`, most: mostAtOnce });
  } catch (error) {
    if (error instanceof TooMuchOutput) return readBySize(repository, names);
    throw error;
  }
  // git calls a damaged object missing, and a record that cannot be read is no record that is not there.
  if (/^error: /m.test(answer.stderr)) throw new GitError(args, 0, answer.stderr);
  const objects = new Map<string, GitObject>();
  let at = 0;
  for (const name of names) {
    const end = answer.stdout.indexOf(0x0a, at);
    const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(answer.stdout.toString('utf8', at, end));
    at = end + 1;
    if (!match) continue;
    const [, oid = '', type = '', size = ''] = match;
    objects.set(name, { oid, type, content: answer.stdout.subarray(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return objects;
}

/**
 * Reads objects that are too much for one call: a part at a time. A blob larger than any record is not read; what stands
 * for its content is as long as is needed to be refused for its length.
 */
async function readBySize(repository: Repository, names: readonly string[]): Promise<Map<string, GitObject>> {
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  const { stdout } = await git(repository, {
    args: ['cat-file', format, '--buffer'],
    input: `${names.join('\n')}\n`,
  });
  const lines = stdout.toString('utf8').split('\n');
  const objects = new Map<string, GitObject>();
  const tooLarge = Buffer.alloc(largestBlob, ' ');
  let [part, room]: [string[], number] = [[], mostAtOnce];
  const readPart = async (): Promise<void> => {
    if (part.length > 0)
      for (const [name, object] of await readBatch(repository, part)) objects.set(name, object);
    [part, room] = [[], mostAtOnce];
  };
  for (const [index, name] of names.entries()) {
    const [, oid = '', type = '', digits] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(lines[index] ?? '') ?? [];
    const size = Number(digits) + 200;
    if (oid === '') continue;
    if (size > mostAtOnce || (type === 'blob' && size > largestBlob)) {
      objects.set(name, { oid, type, content: tooLarge });
      continue;
    }
    if (size > room) await readPart();
    part.push(name);
    room -= size;
  }
  await readPart();
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
