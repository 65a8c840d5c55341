// The remote side of a branch: where it is, what it has, and pushing one commit to it.
import { setTimeout as sleep } from 'node:timers/promises';
import { usage } from '../errors.js';
import { isAncestor } from './commit.js';
import { type Repository, readRef } from './repository.js';
import { GitError, git, gitText } from './run.js';

/** The remote branch that a local branch follows. */
export interface Upstream {
  remote: string;
  /** Full name on the remote. */
  branch: string;
  /** Full name of the local copy. */
  tracking: string;
}

/** The upstream of a branch: the configured one, else the same name on the only remote. */
export async function readUpstream(
  repository: Repository,
  ref: string,
  settings: ReadonlyMap<string, string>,
): Promise<Upstream> {
  const name = ref.replace(/^refs\/heads\//, '');
  const remotes = (await gitText(repository, { args: ['remote'] })).split('\n').filter(Boolean);
  const only = remotes.includes('origin') ? 'origin' : remotes.length === 1 ? remotes[0] : undefined;
  const remote = settings.get(`branch.${name}.remote`) ?? only;
  if (remote === undefined || remote === '.') {
    throw usage(
      'push/no-remote',
      `branch ${name} follows no remote, so there is nowhere to push to`,
      `git push -u REMOTE ${name}`,
    );
  }
  const branch = settings.get(`branch.${name}.merge`) ?? ref;
  return { remote, branch, tracking: `refs/remotes/${remote}/${branch.replace(/^refs\/heads\//, '')}` };
}

/** Fetches the upstream branch and answers its commit; null where the remote has no such branch yet. */
export async function fetchUpstream(repository: Repository, upstream: Upstream): Promise<string | null> {
  try {
    await git(repository, {
      args: [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-recurse-submodules',
        '--no-write-fetch-head',
        '--end-of-options',
        upstream.remote,
        `+${upstream.branch}:${upstream.tracking}`,
      ],
      access: 'write',
    });
  } catch (error) {
    if (error instanceof GitError && /couldn't find remote ref/i.test(error.stderr)) return null;
    throw unreachable(error, upstream);
  }
  return readRef(repository, upstream.tracking);
}

function unreachable(error: unknown, upstream: Upstream): unknown {
  if (!(error instanceof GitError)) return error;
  return usage(
    'push/unreachable',
    `${upstream.remote} could not be reached, and nothing was changed: ${error.stderr.trim()}`,
    `git fetch ${upstream.remote}`,
  );
}

/** What became of a push. `said` is git's own text. */
export interface PushOutcome {
  /** Undefined where the push was cut off, and the remote could not be asked either. */
  landed: boolean | undefined;
  said: string;
}

/**
 * Pushes one commit to the upstream branch. After any failure the remote is asked whether the commit is there: a push
 * that was cut off has often landed. Rejections are not told apart by their text, which depends on timing.
 */
export async function pushCommit(
  repository: Repository,
  upstream: Upstream,
  commit: string,
): Promise<PushOutcome> {
  try {
    await git(repository, {
      args: [
        'push',
        '--quiet',
        '--no-follow-tags',
        '--recurse-submodules=no',
        '--end-of-options',
        upstream.remote,
        `${commit}:${upstream.branch}`,
      ],
      access: 'write',
    });
    return { landed: true, said: '' };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { landed: await hasCommit(repository, upstream, commit), said: error.stderr.trim() };
  }
}

// A line that broke is often back a moment later.
const pausesBeforeAsking = [0, 300, 1000];

/** Whether the upstream branch has a commit; undefined where the remote does not answer. */
async function hasCommit(
  repository: Repository,
  upstream: Upstream,
  commit: string,
): Promise<boolean | undefined> {
  for (const pause of pausesBeforeAsking) {
    await sleep(pause);
    try {
      const theirs = await fetchUpstream(repository, upstream);
      return theirs !== null && (await isAncestor(repository, commit, theirs));
    } catch {
      // Asked once more, or never known.
    }
  }
  return undefined;
}

/** Moves the checked out branch forward to a commit that contains it, with working tree and index. */
export async function fastForward(repository: Repository, commit: string): Promise<string | undefined> {
  try {
    await git(repository, {
      args: ['merge', '--ff-only', '--quiet', '--no-autostash', commit],
      access: 'write',
    });
    return undefined;
  } catch (error) {
    if (error instanceof GitError) return error.stderr.trim();
    throw error;
  }
}

/**
 * Fetches a revision of a remote (`origin/main`, or a commit's id), and the history that a shallow clone lacks.
 *
 * @param revision left out: the missing history alone
 */
export async function fetchHistory(repository: Repository, revision: string | undefined): Promise<void> {
  const remotes = (await gitText(repository, { args: ['remote'] })).split('\n').filter(Boolean);
  const name = revision?.replace(/^refs\/remotes\//, '');
  const named = remotes.find((remote) => name?.startsWith(`${remote}/`));
  const remote = named ?? remotes[0];
  if (remote === undefined)
    throw usage('fetch/no-remote', 'there is no remote to fetch from', 'git remote add origin URL');
  const branch = named === undefined || name === undefined ? undefined : name.slice(named.length + 1);
  const wanted =
    branch === undefined
      ? /^[0-9a-f]{40,64}$/.test(name ?? '')
        ? [name as string]
        : []
      : [`+refs/heads/${branch}:refs/remotes/${remote}/${branch}`];
  const deepen = repository.shallow ? ['--unshallow'] : [];
  try {
    await git(repository, {
      args: [
        ...['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'],
        ...deepen,
        ...['--end-of-options', remote, ...wanted],
      ],
      access: 'write',
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw usage(
      'fetch/failed',
      `${remote} could not be fetched from: ${error.stderr.trim()}`,
      `git fetch ${remote}`,
    );
  }
}
