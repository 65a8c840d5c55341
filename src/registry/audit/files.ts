// Files of past commits: from blobs to checked data.
import { createHash } from 'node:crypto';
import { isIntact } from '../../git/commits.js';
import { type GitObject, readObjectSizes, readObjects } from '../../git/objects.js';
import type { AuditedFile, AuditedRole } from '../../lifecycle/audit/registry-state.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import { entryProblem } from '../entry-problems.js';
import { roleOf, signersFile } from '../paths.js';
import { readRecord } from '../read-record.js';
import type { Registry } from '../registry.js';
import type { KnownPieces } from '../yaml-pieces.js';
import { maximumBytes } from '../yaml-text.js';

/** One file to read. */
export interface FileEntry {
  /** Relative to the repository. */
  path: string;
  mode: string;
  oid: string;
}

function roleIn(registry: Registry, file: string): AuditedRole | undefined {
  if (!file.startsWith(registry.prefix)) return undefined;
  const relative = file.slice(registry.prefix.length);
  if (relative === signersFile) return { kind: 'signers' };
  const role = roleOf(relative);
  return role.kind === 'other' ? undefined : role;
}

const knownRoles = new WeakMap<Registry, Map<string, AuditedRole | undefined>>();

/** What a path of the repository holds; undefined where it is not the registry's. The same paths are asked for many times. */
export function auditedRole(registry: Registry, file: string): AuditedRole | undefined {
  const known = knownRoles.get(registry) ?? new Map<string, AuditedRole | undefined>();
  knownRoles.set(registry, known);
  if (!known.has(file)) known.set(file, roleIn(registry, file));
  return known.get(file);
}

/** The paths of the repository that an audit looks at. */
export function auditedPaths(registry: Registry): string[] {
  return ['models', 'mlc.yaml', signersFile].map((file) => `${registry.prefix}${file}`);
}

const knownPieces: KnownPieces = new Map();

export function fileKey({ path, mode, oid }: FileEntry): string {
  return `${mode} ${oid} ${path}`;
}

/** A file that is known by its name and object alone. */
export function unreadFile(
  entry: FileEntry,
  role: AuditedRole,
  problems: readonly Problem[] = [],
): AuditedFile {
  const { path, oid } = entry;
  return { path, role, oid, sha256: '', data: undefined, text: '', problems, changed: undefined };
}

async function readFile(
  entry: FileEntry,
  role: AuditedRole,
  object: GitObject,
  registry: Registry,
): Promise<AuditedFile> {
  const { content } = object;
  const file = unreadFile(entry, role, []);
  file.sha256 = createHash('sha256').update(content).digest('hex');
  if (!isIntact(entry.oid, 'blob', content, registry.repository)) {
    const message = `the object ${entry.oid} is not what its id says`;
    file.problems = [{ ...problem('object/corrupt', message, 'git fsck --full'), file: entry.path }];
    return file;
  }
  if (role.kind === 'signers') return { ...file, text: content.toString('utf8') };
  if (role.kind === 'unknown') {
    file.problems = [
      { ...problem('path/unknown', role.reason, 'move the file out of models/'), file: entry.path },
    ];
    return file;
  }
  const read = await readRecord(role.kind, role, content, entry.path, knownPieces);
  return { ...file, data: read.data, problems: read.problems };
}

/** Files whose objects were read, and wait to be taken apart. */
interface FetchedFiles {
  wanted: Map<string, { entry: FileEntry; role: AuditedRole }>;
  sizes: ReadonlyMap<string, number>;
  objects: ReadonlyMap<string, GitObject>;
}

/** Reads the objects of files from git. What is too large, a link or a submodule is not read. */
export async function fetchFiles(registry: Registry, entries: readonly FileEntry[]): Promise<FetchedFiles> {
  const wanted: FetchedFiles['wanted'] = new Map();
  for (const entry of entries) {
    const role = auditedRole(registry, entry.path);
    if (role) wanted.set(fileKey(entry), { entry, role });
  }
  const oids = [...wanted.values()]
    .filter(({ entry }) => entry.mode !== '160000')
    .map(({ entry }) => entry.oid);
  const sizes = await readObjectSizes(registry.repository, [...new Set(oids)]);
  const readable = oids.filter((oid) => (sizes.get(oid) ?? 0) <= maximumBytes);
  return { wanted, sizes, objects: await readObjects(registry.repository, [...new Set(readable)]) };
}

/** Takes files apart, each by its key. What was not read says why. */
export async function parseFiles(
  registry: Registry,
  { wanted, sizes, objects }: FetchedFiles,
): Promise<Map<string, AuditedFile>> {
  const files = new Map<string, AuditedFile>();
  for (const [key, { entry, role }] of wanted) {
    const { mode, oid, path } = entry;
    const type = mode === '160000' ? 'commit' : 'blob';
    const blocked = entryProblem({ mode, type, size: sizes.get(oid) ?? 0 }, path);
    const object = objects.get(oid);
    if (blocked) files.set(key, unreadFile(entry, role, [blocked]));
    else if (object) files.set(key, await readFile(entry, role, object, registry));
    else {
      const missing = problem('object/missing', `the object ${oid} is missing`, 'git fetch');
      files.set(key, unreadFile(entry, role, [{ ...missing, file: path }]));
    }
  }
  return files;
}

/** Reads files, each by its key. */
export async function readFiles(
  registry: Registry,
  entries: readonly FileEntry[],
): Promise<Map<string, AuditedFile>> {
  return parseFiles(registry, await fetchFiles(registry, entries));
}
