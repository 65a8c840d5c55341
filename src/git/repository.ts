// A repository: where it is, what it has checked out, who the user is, and whether it is in the middle of something.
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { GitError, type GitPlace, git, withoutTransport } from './run.js';
import { readSettings } from './settings.js';

/** One checkout of a repository. */
export interface Repository extends GitPlace {
  /** The top of the working tree; git runs here. */
  cwd: string;
  gitDir: string;
  /** Shared by all working trees of the repository. */
  commonDir: string;
  hooksFolder: string;
  shallow: boolean;
  objectFormat: 'sha1' | 'sha256';
  /** The user's environment says that git is running us as a hook. */
  insideHook: boolean;
  /** What was checked out when it was opened; undefined where the branch had no commit. */
  head: Head | undefined;
}

/** What is checked out. */
export interface Head {
  /** Full name of the branch, or null where HEAD is detached. */
  ref: string | null;
  /** Null where the branch has no commit yet. */
  commit: string | null;
}

/** Who commits, and when, as git sees it. */
export interface Identity {
  /** `Name <address>` of the author. */
  actor: string;
  author: { name: string; email: string };
  committer: { name: string; email: string };
  /** Seconds since 1970. */
  seconds: number;
}

/** Opens the repository around a folder. */
export async function openRepository(folder: string, env: NodeJS.ProcessEnv): Promise<Repository> {
  const place = { cwd: folder, env };
  const args = [
    'rev-parse',
    '--show-toplevel',
    '--absolute-git-dir',
    '--git-common-dir',
    '--is-shallow-repository',
    '--show-object-format',
    '--git-path',
    'hooks',
    'HEAD',
    '--symbolic-full-name',
    'HEAD',
  ];
  try {
    // As a write, so that the folder of hooks is the one that the user set. A branch without a commit makes git fail on
    // its last word, after it has answered the others.
    const answer = await git(place, { args, access: 'write', accept: [128], env: withoutTransport });
    const lines = answer.stdout.toString('utf8').split('\n');
    const [top = folder, gitDir = '', common = '', shallow, format, hooks = '', commit = '', name = ''] =
      lines;
    if (answer.exitCode !== 0 && hooks === '') throw new GitError(args, answer.exitCode, answer.stderr);
    if (!(await leadsTo(top, gitDir))) throw elsewhere(folder, top);
    const head = answer.exitCode === 0 ? { ref: name.startsWith('refs/') ? name : null, commit } : undefined;
    return {
      cwd: top,
      env,
      gitDir,
      commonDir: path.resolve(folder, common),
      hooksFolder: path.resolve(folder, hooks),
      shallow: shallow === 'true',
      objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
      insideHook: env.GIT_INDEX_FILE !== undefined || env.GIT_DIR !== undefined,
      head,
    };
  } catch (error) {
    throw explain(error, folder);
  }
}

/** Whether the git folder is the one that the top of the working tree has, or names in a file. */
async function leadsTo(top: string, gitDir: string): Promise<boolean> {
  const link = path.join(top, '.git');
  if (link === path.normalize(gitDir)) return true;
  const text = await readFile(link, 'utf8').catch(() => '');
  const named = /^gitdir: (.+)$/m.exec(text)?.[1];
  const real = (file: string): Promise<string> => realpath(file).catch(() => '');
  return (await real(named === undefined ? link : path.resolve(top, named))) === (await real(gitDir));
}

/** A repository whose settings put its working tree where it would not be found from would be read from one place and written to another. */
function elsewhere(folder: string, top: string): Error {
  return usage(
    'git/elsewhere',
    `the repository of ${folder} says that its files are in ${top}, which does not lead back to it`,
    'if it was not you who set core.worktree: git config --unset core.worktree; else clone it: git clone',
  );
}

function explain(error: unknown, folder: string): unknown {
  if (!(error instanceof GitError)) return error;
  if (/bare repository|must be run in a work tree/.test(error.stderr)) {
    return usage(
      'git/bare',
      `${folder} is a bare repository, which has no working tree for records`,
      'clone it, and work in the clone with --push',
    );
  }
  if (/dubious ownership/.test(error.stderr)) {
    return usage(
      'git/ownership',
      `git does not trust ${folder}: it belongs to another user`,
      `if you trust it: git config --global --add safe.directory ${folder}`,
    );
  }
  if (/not a git repository/.test(error.stderr)) {
    return usage(
      'registry/none',
      `${folder} is not in a git repository, so there is no registry`,
      'start one: mlc init, or name one: -C DIR or --registry DIR',
    );
  }
  return error;
}

/** What is checked out. */
export async function readHead(repository: Repository): Promise<Head> {
  const answer = await git(repository, {
    args: ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'],
    accept: [128],
  });
  const [commit = '', name = ''] = answer.stdout.toString('utf8').split('\n');
  if (answer.exitCode === 0) return { ref: name.startsWith('refs/') ? name : null, commit };
  // A branch without a commit: git cannot resolve HEAD, and still knows what it is called.
  const symbolic = await git(repository, { args: ['symbolic-ref', '-q', 'HEAD'], accept: [1] });
  return { ref: symbolic.exitCode === 0 ? symbolic.stdout.toString('utf8').trim() : null, commit: null };
}

/** The commit that a ref points to, or null. */
export async function readRef(repository: Repository, ref: string): Promise<string | null> {
  const answer = await git(repository, {
    args: ['rev-parse', '-q', '--verify', '--end-of-options', `${ref}^{commit}`],
    accept: [1, 128],
  });
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : null;
}

const identityPattern = /^(.*) <([^<>]*)> (\d+) [+-]\d{4}$/;

/** The user: who they are, and how they want git to work. */
export interface User {
  identity: Identity;
  /** Every setting of git, the last value of each. */
  settings: ReadonlyMap<string, string>;
}

/** One of the two identities, where somebody said who that is; git would otherwise make one up from the machine. */
function identityOf(
  role: 'AUTHOR' | 'COMMITTER',
  place: GitPlace,
  variables: ReadonlyMap<string, string>,
): RegExpExecArray | null {
  const lower = role.toLowerCase();
  const said = (part: 'name' | 'email'): boolean =>
    Boolean(
      place.env[`GIT_${role}_${part.toUpperCase()}`] ??
      variables.get(`${lower}.${part}`) ??
      variables.get(`user.${part}`),
    ) ||
    (part === 'email' && Boolean(place.env.EMAIL));
  return said('name') && said('email')
    ? identityPattern.exec(variables.get(`GIT_${role}_IDENT`) ?? '')
    : null;
}

// The last second of the year 9999, after which a date has no four digits of a year.
const latestDate = 253_402_300_799;

/** The user's identity, git's clock, and the user's settings. Refuses where nobody said who the user is. */
export async function readUser(repository: GitPlace): Promise<User> {
  let variables: Map<string, string>;
  try {
    variables = await readSettings(repository);
  } catch (error) {
    if (!(error instanceof GitError) || !/invalid date/.test(error.stderr)) throw error;
    throw usage('git/date', error.stderr.trim(), 'write GIT_COMMITTER_DATE as 2026-03-01T09:30:00Z');
  }
  const [author, committer] = [
    identityOf('AUTHOR', repository, variables),
    identityOf('COMMITTER', repository, variables),
  ];
  if (Number(committer?.[3] ?? 0) > latestDate)
    throw usage(
      'git/date',
      `git's clock says ${committer?.[3]} seconds since 1970, which is no date`,
      'write GIT_COMMITTER_DATE as 2026-03-01T09:30:00Z',
    );
  if (!author?.[1] || !author[2] || !committer?.[1] || !committer[2]) {
    throw usage(
      'git/no-identity',
      'git does not know who you are, and a transition needs an actor',
      'git config --global user.name "Your Name" && git config --global user.email you@example.com',
    );
  }
  const identity: Identity = {
    actor: `${author[1]} <${author[2]}>`,
    author: { name: author[1], email: author[2] },
    committer: { name: committer[1], email: committer[2] },
    seconds: Number(committer[3]),
  };
  return { identity, settings: variables };
}

/** Whether a setting is on, as git reads truth values. */
export function isOn(settings: ReadonlyMap<string, string>, key: string): boolean {
  return ['true', 'yes', 'on', '1'].includes(settings.get(key)?.toLowerCase() ?? '');
}

const operations: readonly (readonly [file: string, name: string, wayOut: string])[] = [
  ['MERGE_HEAD', 'a merge', 'git merge --continue or git merge --abort'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --continue or --abort'],
  ['REVERT_HEAD', 'a revert', 'git revert --continue or --abort'],
  ['rebase-merge', 'a rebase', 'git rebase --continue or --abort'],
  ['rebase-apply', 'a rebase', 'git rebase --continue or --abort'],
  ['BISECT_LOG', 'a bisect', 'git bisect reset'],
];

/** What the repository is in the middle of, if anything. */
export function operationInProgress(repository: Repository): { name: string; wayOut: string } | undefined {
  const found = operations.find(([file]) => existsSync(path.join(repository.gitDir, file)));
  return found ? { name: found[1], wayOut: found[2] } : undefined;
}
