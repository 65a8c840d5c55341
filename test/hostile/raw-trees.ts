// Trees and commits that git's own commands refuse to make, written as raw objects, as a stranger's server may send them.
import { execFileSync } from 'node:child_process';
import { buildPack } from '../../src/git/pack.js';
import { type NewObject, objectId } from '../../src/git/trees.js';
import type { World } from '../support/world.js';

/** One entry: the names on the way to it, each a name in a tree, whatever is in it. */
export interface RawEntry {
  names: readonly (string | Buffer)[];
  mode: string;
  oid: string;
}

const dated = { GIT_AUTHOR_DATE: '2026-03-02T10:00:00Z', GIT_COMMITTER_DATE: '2026-03-02T10:00:00Z' };

function gitWith(world: World, args: readonly string[], input: Buffer | string): string {
  return execFileSync('git', [...args], {
    cwd: world.folder,
    input,
    env: { ...process.env, ...dated },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  }).trim();
}

/** Stores a blob and answers its id. */
export function blob(world: World, content: Buffer | string): string {
  return gitWith(world, ['hash-object', '-w', '--stdin'], content);
}

interface Folder {
  entries: { name: Buffer; mode: string; oid: string }[];
  folders: Map<string, Folder>;
}

const empty = (): Folder => ({ entries: [], folders: new Map() });

function build(folder: Folder, made: NewObject[]): string {
  const entries = [
    ...folder.entries,
    ...[...folder.folders].map(([name, inner]) => ({
      name: Buffer.from(name, 'latin1'),
      mode: '40000',
      oid: build(inner, made),
    })),
  ];
  const sorted = entries
    .map((entry) => ({
      entry,
      key: Buffer.concat([entry.name, Buffer.from(entry.mode === '40000' ? '/' : '')]),
    }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
  const bytes = sorted.flatMap(({ name, mode, oid }) => [
    Buffer.from(`${mode} `),
    name,
    Buffer.from([0]),
    Buffer.from(oid, 'hex'),
  ]);
  const content = Buffer.concat(bytes);
  const oid = objectId('tree', content, 'sha1');
  made.push({ type: 'tree', oid, content });
  return oid;
}

/** Stores trees in one go: a thousand levels would be a thousand calls of git. */
function store(world: World, root: Folder): string {
  const made: NewObject[] = [];
  const oid = build(root, made);
  gitWith(world, ['unpack-objects', '-q'], buildPack(made, 'sha1'));
  return oid;
}

/** Commits what HEAD has with entries added or put in the place of others, and leaves index and working tree alone. */
export function commitEntries(world: World, added: readonly RawEntry[], message = 'a stranger'): void {
  const root = empty();
  const present = world
    .git('ls-tree', '-r', '-z', 'HEAD')
    .split('\0')
    .filter(Boolean)
    .map((line): RawEntry => {
      const [, mode = '', oid = '', file = ''] = /^(\d+) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
      return { names: file.split('/'), mode, oid };
    });
  const key = ({ names }: RawEntry): string =>
    names.map((name) => Buffer.from(name as string).toString('latin1')).join('/');
  const replaced = added.map(key);
  const kept = present.filter(
    (entry) => !replaced.some((name) => key(entry) === name || key(entry).startsWith(`${name}/`)),
  );
  for (const { names, mode, oid } of [...kept, ...added]) {
    let folder = root;
    const parts = names.map((name) => Buffer.from(name as string));
    for (const part of parts.slice(0, -1)) {
      const name = part.toString('latin1');
      const next = folder.folders.get(name) ?? empty();
      folder.folders.set(name, next);
      folder = next;
    }
    folder.entries.push({ name: parts.at(-1) ?? Buffer.alloc(0), mode, oid });
  }
  const commit = gitWith(
    world,
    [
      '-c',
      'user.name=Eve',
      '-c',
      'user.email=eve@example.com',
      'commit-tree',
      '-p',
      'HEAD',
      '-F',
      '-',
      store(world, root),
    ],
    message,
  );
  world.git('update-ref', 'refs/heads/main', commit);
}
