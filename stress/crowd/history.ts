// A branch's history as git tells it, without mlc: its commits, their trailers, and the paths and lines that each changes.
import { git } from './program.js';

/** One commit. */
export interface Commit {
  id: string;
  parents: string[];
  author: string;
  transaction: string;
  operation: string;
  model: string;
  version: string;
  body: string;
  /** Paths with what became of each: A, M, D. */
  changes: { state: string; path: string }[];
}

const fields = [
  '%H',
  '%P',
  '%ae',
  ...['Mlc-Transaction', 'Mlc-Operation', 'Mlc-Model', 'Mlc-Version'].map(
    (key) => `%(trailers:key=${key},valueonly,separator=%x2C)`,
  ),
  '%B',
];

/** Reads the commits of a branch, the newest first. */
export async function readHistory(folder: string, branch: string): Promise<Commit[]> {
  const format = `--format=%x01${fields.join('%x00')}%x00`;
  const text = await git(
    folder,
    'log',
    '--no-renames',
    '--name-status',
    '-m',
    '--first-parent',
    format,
    branch,
  );
  return text
    .split('\u0001')
    .slice(1)
    .map((entry) => {
      const [
        id = '',
        parents = '',
        author = '',
        transaction = '',
        operation = '',
        model = '',
        version = '',
        body = '',
        names = '',
      ] = entry.split('\0');
      const changes = names
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [state = '', path = ''] = line.split('\t');
          return { state, path };
        });
      return {
        id,
        parents: parents.split(' ').filter(Boolean),
        ...{ author, transaction, operation, model, version, body, changes },
      };
    });
}

/** How often each of some marks stands in the files below models/ of a commit. */
export async function marksIn(folder: string, commit: string, pattern: RegExp): Promise<Map<string, number>> {
  const text = await git(folder, 'grep', '-hIE', pattern.source, commit, '--', 'models');
  const found = new Map<string, number>();
  for (const [mark] of text.matchAll(new RegExp(pattern, 'g'))) found.set(mark, (found.get(mark) ?? 0) + 1);
  return found;
}

/** The marks that stand in lines which each commit adds. */
export async function marksAdded(
  folder: string,
  branch: string,
  pattern: RegExp,
): Promise<Map<string, Set<string>>> {
  const text = await git(
    folder,
    'log',
    '-p',
    '-m',
    '--first-parent',
    '--no-renames',
    '--format=%x01%H',
    branch,
    '--',
    'models',
  );
  const added = new Map<string, Set<string>>();
  for (const entry of text.split('\u0001').slice(1)) {
    const lines = entry.split('\n');
    const marks = lines
      .slice(1)
      .filter((line) => line.startsWith('+'))
      .join('\n')
      .matchAll(new RegExp(pattern, 'g'));
    added.set(lines[0] ?? '', new Set([...marks].map(([mark]) => mark)));
  }
  return added;
}
