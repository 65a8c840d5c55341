// A repository: where it is, what it has checked out, who the user is, and whether it is in the middle of something.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { usage } from '../errors.js';
import { GitError, type GitPlace, git, gitText } from './run.js';

/** One checkout of a repository. */
export interface Repository extends GitPlace {
  /** The top of the working tree; git runs here. */
  cwd: string;
  gitDir: string;
  /** Shared by all working trees of the repository. */
  commonDir: string;
  shallow: boolean;
  objectFormat: 'sha1' | 'sha256';
  /** The user's environment says that git is running us as a hook. */
  insideHook: boolean;
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
  ];
  try {
    const [top = folder, gitDir = '', common = '', shallow, format] = (await gitText(place, { args })).split(
      '\n',
    );
    return {
      cwd: top,
      env,
      gitDir,
      commonDir: path.resolve(folder, common),
      shallow: shallow === 'true',
      objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
      insideHook: env.GIT_INDEX_FILE !== undefined || env.GIT_DIR !== undefined,
    };
  } catch (error) {
    throw explain(error, folder);
  }
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
  const [symbolic, commit] = await Promise.all([
    git(repository, { args: ['symbolic-ref', '-q', 'HEAD'], accept: [1] }),
    git(repository, { args: ['rev-parse', '-q', '--verify', 'HEAD^{commit}'], accept: [1, 128] }),
  ]);
  const oid = commit.stdout.toString('utf8').trim();
  return {
    ref: symbolic.exitCode === 0 ? symbolic.stdout.toString('utf8').trim() : null,
    commit: commit.exitCode === 0 && oid !== '' ? oid : null,
  };
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

/** The user's identity and git's clock. Refuses where git knows no name or address, rather than invent one. */
export async function readIdentity(repository: GitPlace): Promise<Identity> {
  const read = async (variable: string): Promise<RegExpExecArray> => {
    try {
      const match = identityPattern.exec(await gitText(repository, { args: ['var', variable] }));
      if (match?.[1]) return match;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (/invalid date/.test(error.stderr))
        throw usage('git/date', error.stderr.trim(), 'write GIT_COMMITTER_DATE as 2026-03-01T09:30:00Z');
    }
    throw usage(
      'git/no-identity',
      'git does not know who you are, and a transition needs an actor',
      'git config --global user.name "Your Name" && git config --global user.email you@example.com',
    );
  };
  const [author, committer] = await Promise.all([read('GIT_AUTHOR_IDENT'), read('GIT_COMMITTER_IDENT')]);
  return {
    actor: `${author[1]} <${author[2]}>`,
    author: { name: author[1] as string, email: author[2] as string },
    committer: { name: committer[1] as string, email: committer[2] as string },
    seconds: Number(committer[3]),
  };
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

/** Settings of git, by key; the last value of each. */
export async function readSettings(repository: GitPlace, pattern: string): Promise<Map<string, string>> {
  const answer = await git(repository, { args: ['config', '-z', '--get-regexp', pattern], accept: [1] });
  const settings = new Map<string, string>();
  for (const entry of answer.stdout.toString('utf8').split('\0')) {
    if (entry === '') continue;
    const newline = entry.indexOf('\n');
    settings.set(
      newline < 0 ? entry : entry.slice(0, newline),
      newline < 0 ? 'true' : entry.slice(newline + 1),
    );
  }
  return settings;
}
