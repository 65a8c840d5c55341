// What must stay as it is: the user's files, index, refs and settings; and what must not be left: locks and files on their way.
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { type Arena, git, gitSucceeds } from './arena.js';
import { promise, promiseSame } from './complain.js';

/** All that belongs to the user, by name. */
export interface Work {
  files: Record<string, string>;
  entries: Record<string, string>;
  status: string;
  refs: Record<string, string>;
}

const isRecord = (file: string): boolean => file.startsWith('models/') && file.endsWith('.yaml');

function describe(full: string, name: string): string {
  const found = lstatSync(full, { bigint: true });
  const mode = (found.mode & 0o7777n).toString(8);
  if (found.isSymbolicLink()) return `${mode} link to ${readlinkSync(full)}`;
  const digest = createHash('sha256').update(readFileSync(full)).digest('hex');
  // A record that is put back as it was has a new time; a user's file is never touched at all.
  return isRecord(name) ? `${mode} ${digest}` : `${mode} ${digest} at ${found.mtimeNs}`;
}

function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (relative: string): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (name === '.git') continue;
      if (entry.isDirectory()) walk(name);
      else files[name] = describe(path.join(folder, name), name);
    }
  };
  walk('');
  return files;
}

/** Lines that end in a tab and a name, by that name. */
function byName(text: string): Record<string, string> {
  const lines = text.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split('\t').reverse() as [string, string]));
}

/** What belongs to the user at this moment. */
export function workOf(arena: Arena): Work {
  const { folder } = arena;
  const refs = git(arena, folder, 'for-each-ref', '--format=%(objectname)%09%(refname)');
  return {
    files: filesBelow(folder),
    entries: byName(git(arena, folder, 'ls-files', '-s', '-v')),
    status: git(arena, folder, 'status', '--porcelain', '-uall', '--ignored'),
    refs: { ...byName(refs), HEAD: git(arena, folder, 'symbolic-ref', 'HEAD') },
  };
}

function without(entries: Record<string, string>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !names.has(name)));
}

/** Promises that nothing but some paths (which a transition wrote) and the branch is other than before. */
export function promiseUntouched(
  arena: Arena,
  before: Work,
  after: Work,
  written: ReadonlySet<string>,
): void {
  promiseSame(
    "a user's file is not as it was",
    without(after.files, written),
    without(before.files, written),
  );
  promiseSame(
    'the index is not as it was',
    without(after.entries, written),
    without(before.entries, written),
  );
  promiseSame('git status says something new', after.status.split('\n'), before.status.split('\n'));
  const moving = new Set([`refs/heads/${arena.branch}`, `refs/remotes/origin/${arena.branch}`]);
  promiseSame('a ref was moved', without(after.refs, moving), without(before.refs, moving));
  for (const file of written)
    promise(
      gitSucceeds(arena, arena.folder, 'diff', '--quiet', 'HEAD', '--', file),
      `${file} is not as HEAD has it`,
    );
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

// A lock is waited for, and a journal is acted upon. What was never finished only takes room.
const inTheWay = /\.lock$|(^|\/)mlc\/(journal\/[^.]|tmp\/.)/;
const unfinished = /(^|\/)mlc\/(journal\/\.|queue\/unfinished-)/;

/** Files that were on their way when their writer was killed, and that stand in nobody's way. */
export function litter(arena: Arena): string[] {
  return arena.gitFolders.flatMap((folder) => namesBelow(folder).filter((name) => unfinished.test(name)));
}

/** Makes files on their way as old as those that mlc doctor takes for forgotten: it leaves alone what may be at work. */
export function ageLitter(arena: Arena): void {
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const folder of arena.gitFolders)
    for (const name of namesBelow(folder).filter((found) => unfinished.test(found)))
      utimesSync(path.join(folder, name), longAgo, longAgo);
}

/** Locks, and files on their way, that are left in the folders of git; each with how it begins, which tells whose it is. */
export function leftBehind(arena: Arena): string[] {
  return arena.gitFolders.flatMap((folder) =>
    namesBelow(folder)
      .filter((name) => inTheWay.test(name))
      .map((name) => {
        const full = path.join(folder, name);
        try {
          return `${full}: ${JSON.stringify(readFileSync(full, 'latin1').slice(0, 80))}`;
        } catch {
          return '';
        }
      })
      .filter((line) => line !== ''),
  );
}
