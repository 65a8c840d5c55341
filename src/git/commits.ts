// Commits as they are stored: which there are between two points, and every field of each, from the raw object.
import { createHash } from 'node:crypto';
import { readObjects } from './objects.js';
import type { Repository } from './repository.js';
import { git, gitText } from './run.js';

/** One commit, read from its raw object; replace refs and grafts have no say in it. */
export interface StoredCommit {
  id: string;
  tree: string;
  parents: string[];
  /** `Name <address>`. */
  author: string;
  /** Seconds since 1970. */
  authoredAt: number;
  committedAt: number;
  message: string;
  raw: Buffer;
  /** Whether the object is what its id says. */
  intact: boolean;
}

/** The ids of the commits of `to` that are not reachable from `from`, parents before children. */
export async function listCommits(
  repository: Repository,
  to: string,
  from: readonly string[],
): Promise<string[]> {
  const text = await gitText(repository, {
    args: ['rev-list', '--topo-order', '--reverse', '--stdin'],
    input: `${[to, ...from.map((commit) => `^${commit}`)].join('\n')}\n`,
  });
  return text === '' ? [] : text.split('\n');
}

/** The commits on the first-parent line of a commit that changed a file, oldest first. */
export async function listChangesOf(repository: Repository, head: string, file: string): Promise<string[]> {
  const text = await gitText(repository, {
    args: ['rev-list', '--first-parent', '--reverse', head, '--', file],
  });
  return text === '' ? [] : text.split('\n');
}

/** The commits on the first-parent line of a commit, newest first. */
export async function listMainline(repository: Repository, head: string): Promise<string[]> {
  return (await gitText(repository, { args: ['rev-list', '--first-parent', head] })).split('\n');
}

const personPattern = /^(.*<[^<>]*>) (\d+) [+-]\d{4}$/;

/** Reads one raw commit object. */
function parseCommit(id: string, raw: Buffer, intact: boolean): StoredCommit {
  const text = raw.toString('utf8');
  const end = text.indexOf('\n\n');
  const commit: StoredCommit = {
    id,
    tree: '',
    parents: [],
    author: '',
    authoredAt: 0,
    committedAt: 0,
    message: end < 0 ? '' : text.slice(end + 2),
    raw,
    intact,
  };
  for (const line of text.slice(0, end < 0 ? text.length : end).split('\n')) {
    const space = line.indexOf(' ');
    const [key, value] = [line.slice(0, space), line.slice(space + 1)];
    if (key === 'tree') commit.tree = value;
    if (key === 'parent') commit.parents.push(value);
    const person = key === 'author' || key === 'committer' ? personPattern.exec(value) : null;
    if (!person) continue;
    if (key === 'author') Object.assign(commit, { author: person[1], authoredAt: Number(person[2]) });
    else commit.committedAt = Number(person[2]);
  }
  return commit;
}

/** Reads commits by id; what is not there is missing from the answer. */
export async function readCommits(
  repository: Repository,
  ids: readonly string[],
): Promise<Map<string, StoredCommit>> {
  const commits = new Map<string, StoredCommit>();
  const objects = await readObjects(repository, ids);
  for (const [id, object] of objects) {
    if (object.type !== 'commit') continue;
    commits.set(id, parseCommit(id, object.content, isIntact(id, 'commit', object.content, repository)));
  }
  return commits;
}

/** Whether an object has the id that it goes by. */
export function isIntact(id: string, type: string, content: Buffer, repository: Repository): boolean {
  const digest = createHash(repository.objectFormat).update(`${type} ${content.length}\0`).update(content);
  return digest.digest('hex') === id;
}

/** The best common ancestors of two commits. */
export async function mergeBases(repository: Repository, a: string, b: string): Promise<string[]> {
  const answer = await git(repository, { args: ['merge-base', '--all', a, b], accept: [1] });
  return answer.stdout.toString('utf8').split('\n').filter(Boolean);
}
