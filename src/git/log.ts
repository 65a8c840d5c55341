// Reading history: commits with their trailers, and the commit that was current at some moment.
import type { Repository } from './repository.js';
import { git, gitText } from './run.js';

/** One commit. */
export interface LogEntry {
  commit: string;
  parents: string[];
  /** `Name <address>`. */
  author: string;
  /** Seconds since 1970, of the committer. */
  seconds: number;
  subject: string;
  /** Everything after the subject, trailers included. */
  body: string;
}

/** Which commits to read. */
export interface LogRequest {
  paths: readonly string[];
  /** At most so many, newest first. */
  limit?: number | undefined;
}

/** Commits that touch some paths, newest first. */
export async function readLog(repository: Repository, request: LogRequest): Promise<LogEntry[]> {
  const args = [
    'log',
    '-z',
    '--format=%H%x00%P%x00%an <%ae>%x00%ct%x00%s%x00%b',
    '--no-ext-diff',
    '--full-history',
    '--no-merges',
  ];
  if (request.limit !== undefined) args.push(`--max-count=${request.limit}`);
  const { stdout, exitCode } = await git(repository, {
    args: [...args, 'HEAD', '--', ...request.paths],
    accept: [128],
  });
  if (exitCode !== 0) return [];
  const fields = stdout.toString('utf8').split('\0');
  const entries: LogEntry[] = [];
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [commit = '', parents = '', author = '', seconds = '0', subject = '', body = ''] = fields.slice(
      at,
      at + 6,
    );
    entries.push({
      commit,
      parents: parents.split(' ').filter(Boolean),
      author,
      seconds: Number(seconds),
      subject,
      body,
    });
  }
  return entries;
}

/** When a path was last changed in the history of a commit, by its committer and by its author, in seconds since 1970. */
export async function lastChange(
  repository: Repository,
  commit: string,
  file: string,
): Promise<{ seconds: number; authored: number; parents: number } | undefined> {
  const text = await gitText(repository, {
    args: ['log', '-1', '--format=%ct %at %P', commit, '--', file],
  });
  const [seconds, authored, ...parents] = text.split(' ');
  return seconds
    ? { seconds: Number(seconds), authored: Number(authored), parents: parents.filter(Boolean).length }
    : undefined;
}

/** A commit on a line of first parents, and what it changed. */
export interface MainlineCommit {
  parents: string[];
  /** Seconds since 1970, of the committer. */
  seconds: number;
  /** Where it differs from its first parent. */
  files: string[];
}

/** A part of a line of first parents. */
export interface MainlineRequest {
  /** The newest commit. */
  to: string;
  /** Only what came after this commit, where it is on the line. */
  after?: string | undefined;
  /** Which files are told. */
  folder: string;
  /** At most so many commits, newest first. */
  limit: number;
}

// Enough for the changes of 20,000 commits, and for the import of a large registry.
const mostOfLine = 64 * 1024 * 1024;

/** The commits of a line of first parents, newest first. Fails where git does not know one of its ends. */
export async function readMainline(
  repository: Repository,
  request: MainlineRequest,
): Promise<MainlineCommit[]> {
  const { to, after, folder, limit } = request;
  const shape = ['-z', '--format=%H %P %ct', '--name-only', '--no-renames', '--no-relative'];
  // Sparse: the commits that change nothing in the folder are told too.
  const line = ['--first-parent', '--diff-merges=first-parent', '--sparse', `--max-count=${limit}`];
  const range = after === undefined ? to : `${after}..${to}`;
  const { stdout } = await git(repository, {
    args: ['log', ...shape, ...line, range, '--', folder],
    most: mostOfLine,
  });
  const entries: MainlineCommit[] = [];
  for (const field of stdout.toString('utf8').split('\0')) {
    const [, parents = '', seconds] = /^[0-9a-f]{40,64} ([0-9a-f ]*) (\d+)$/.exec(field) ?? [];
    if (seconds)
      entries.push({ parents: parents.split(' ').filter(Boolean), seconds: Number(seconds), files: [] });
    else if (field !== '') entries.at(-1)?.files.push(field.replace(/^\n/, ''));
  }
  return entries;
}

/** The committer's date of a revision, and its full id; undefined where git cannot resolve it here. */
export async function resolveCommit(
  repository: Repository,
  revision: string,
): Promise<{ commit: string; seconds: number } | undefined> {
  const answer = await git(repository, {
    args: ['log', '-1', '--format=%H %ct', '--end-of-options', revision, '--'],
    accept: [128],
  });
  const [commit, seconds] = answer.stdout.toString('utf8').trim().split(' ');
  return answer.exitCode === 0 && commit && seconds ? { commit, seconds: Number(seconds) } : undefined;
}

/** The last commit on the first-parent line at a moment; undefined where history begins later. */
export async function commitAt(repository: Repository, seconds: number): Promise<string | undefined> {
  const text = await gitText(repository, {
    args: ['rev-list', '-1', '--first-parent', `--before=${seconds}`, 'HEAD'],
  });
  return text === '' ? undefined : text;
}

/** Which of some paths the history of a commit ever held. */
export async function everChanged(
  repository: Repository,
  commit: string,
  files: readonly string[],
): Promise<string[]> {
  const { stdout } = await git(repository, {
    args: ['log', '--format=', '--name-only', '-z', '--no-renames', '-m', commit, '--', ...files],
  });
  const named = new Set(stdout.toString('utf8').split('\0'));
  return files.filter((file) => named.has(file));
}

/** The messages in the history of a commit that hold a text. */
export async function readMessages(repository: Repository, commit: string, text: string): Promise<string[]> {
  const { stdout } = await git(repository, {
    args: ['log', '-z', '--format=%B', '--fixed-strings', `--grep=${text}`, '--end-of-options', commit, '--'],
  });
  return stdout.toString('utf8').split('\0').filter(Boolean);
}
