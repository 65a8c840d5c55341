// One transition, one commit. Here, and in landing.ts and recover.ts that it drives, files and git meet.
//
// Why it is built so. A commit made with `git add` and `git commit` fails in three ways that were measured: a kill leaves
// index.lock behind and the next command stops; the user's staged files are swept along; and two writers that both read
// before either commits lose one update without a word. So:
//   - records are read from the commit, and the commit is built beside the user's index, from objects in memory;
//   - it lands by compare-and-swap on the branch: a writer that was overtaken reads again and decides again;
//   - git's own index lock is held over that swap, as `git commit` holds it, or a `git commit` of the user's that runs
//     beside it could put the old index on top of the new commit and so revert the transition;
//   - all that can fail is done before the swap (objects, private index, files beside their targets), and after it come
//     only renames;
//   - a journal, written first and dropped last, lets the next command finish or undo what a kill cut short (recover.ts).
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, refusal, usage } from '../errors.js';
import { isAncestor } from '../git/commit.js';
import { type Upstream, fastForward, fetchUpstream, pushCommit, readUpstream } from '../git/remote.js';
import { type Head, type Identity, type Repository, readHead, isOn, readUser } from '../git/repository.js';
import type { Warning } from '../lifecycle/problems.js';
import { closeJournal, openJournal } from './journal.js';
import {
  type Landing,
  type Prepared,
  buildCommit,
  commitLanding,
  landLocally,
  tellHooks,
} from './landing.js';
import { checkClean, preflight } from './preflight.js';
import { inTurn } from './queue.js';
import { settle } from './recover.js';

/** A transition to be. `prepare` is called again, on newer records, whenever another writer was faster. */
export interface TransactionRequest<T> {
  prepare: (base: string | null, identity: Identity, transaction: string) => Promise<Prepared<T>>;
  dryRun: boolean;
  push: boolean;
  onRetry?: (attempt: number) => void;
}

/** What became of it. */
export interface TransactionOutcome<T> {
  result: T;
  /** Null where nothing was committed: a dry run, or nothing to change. */
  commit: string | null;
  transaction: string;
  pushed: boolean;
  warnings: Warning[];
}

const maximumTries = 25;
const longestPush = 120_000;
const longestLocal = 60_000;

/** Full jitter: anywhere up to a bound that doubles, so that writers who collided once do not collide again. */
async function backOff(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(2000, 10 * 2 ** attempt));
}

interface Remote {
  upstream: Upstream;
  startedAt: number;
}

async function baseOf(
  repository: Repository,
  head: Head,
  ref: string,
  remote: Remote | undefined,
): Promise<string | null> {
  if (!remote) return head.commit;
  const theirs = await fetchUpstream(repository, remote.upstream);
  if (theirs === null || theirs === head.commit) return head.commit;
  if (head.commit === null || (await isAncestor(repository, head.commit, theirs))) return theirs;
  if (await isAncestor(repository, theirs, head.commit)) return head.commit;
  throw usage(
    'push/diverged',
    `${ref.replace('refs/heads/', '')} and ${remote.upstream.remote} have each moved on, and records are never merged as text`,
    `see what differs: git log --oneline --left-right ${ref}...${remote.upstream.tracking}; then git rebase ${remote.upstream.tracking}`,
  );
}

/** Lands one attempt. Undefined: another writer was faster, decide again. */
async function attempt(
  landing: Landing,
  remote: Remote | undefined,
): Promise<{ commit: string; warnings: Warning[] } | undefined> {
  const { repository, base } = landing;
  const { commit, setting } = await commitLanding(landing);
  const warnings: Warning[] = [];
  if (remote) {
    const pushed = await pushCommit(repository, remote.upstream, commit);
    if (!pushed.landed) return undefined;
  }
  if (base === landing.head) {
    const landed = await landLocally(landing, commit).catch((error: unknown) => {
      if (remote && error instanceof Failure) return false;
      throw error;
    });
    if (!landed && !remote) return undefined;
    if (!landed) warnings.push(behind(remote?.upstream, 'another command held it'));
  } else {
    await settle(repository, landing.journal);
    const refused = await fastForward(repository, commit);
    if (refused !== undefined) warnings.push(behind(remote?.upstream, refused));
  }
  await tellHooks(landing, setting);
  return { commit, warnings };
}

function behind(upstream: Upstream | undefined, why: string): Warning {
  return {
    code: 'push/local-behind',
    message: `the transition is on ${upstream?.remote ?? 'the remote'}, and this clone could not follow: ${why}`,
    hint: 'git pull --ff-only',
  };
}

/** Runs one transition: decides, commits, and decides again when another writer was faster. */
export async function transact<T>(
  repository: Repository,
  request: TransactionRequest<T>,
): Promise<TransactionOutcome<T>> {
  const head = repository.head ?? (await readHead(repository));
  const user = await readUser(repository);
  const ref = preflight(repository, head);
  const transaction = randomUUID();
  const { identity, settings } = user;
  const sign = isOn(settings, 'commit.gpgsign');
  const remote = request.push
    ? { upstream: await readUpstream(repository, ref, settings), startedAt: Date.now() }
    : undefined;
  if (request.dryRun) {
    const prepared = await request.prepare(
      await baseOf(repository, head, ref, remote),
      identity,
      transaction,
    );
    await checkClean(repository, head.commit, prepared);
    return { result: prepared.result, commit: null, transaction, pushed: false, warnings: [] };
  }
  return inTurn(repository, (waited) =>
    tryUntilLanded(repository, request, {
      head: waited ? undefined : head,
      ref,
      transaction,
      identity,
      sign,
      remote,
    }),
  );
}

interface Setting {
  /** What was checked out a moment ago; read again where another writer may have moved it. */
  head: Head | undefined;
  ref: string;
  transaction: string;
  identity: Identity;
  sign: boolean;
  remote: Remote | undefined;
}

/** The identity at this moment: a writer that waited must not date its transition before the one it waited for. */
function currentIdentity(repository: Repository, identity: Identity): Identity {
  return repository.env.GIT_COMMITTER_DATE
    ? identity
    : { ...identity, seconds: Math.floor(Date.now() / 1000) };
}

async function tryUntilLanded<T>(
  repository: Repository,
  request: TransactionRequest<T>,
  setting: Setting,
): Promise<TransactionOutcome<T>> {
  const { ref, transaction, sign, remote } = setting;
  const deadline = Date.now() + (remote ? longestPush : longestLocal);
  for (let tries = 1; tries <= maximumTries && Date.now() < deadline; tries++) {
    if (tries > 1) {
      request.onRetry?.(tries);
      await backOff(tries);
    }
    const head = (tries === 1 ? setting.head : undefined) ?? (await readHead(repository));
    const identity = currentIdentity(repository, setting.identity);
    const base = await baseOf(repository, head, ref, remote);
    const prepared = await request.prepare(base, identity, transaction);
    const done = { result: prepared.result, transaction, pushed: remote !== undefined };
    if (prepared.files.length === 0) return { ...done, commit: null, pushed: false, warnings: [] };
    await checkClean(repository, head.commit, prepared);
    const built = await buildCommit(repository, base, prepared.files);
    const journal = await openJournal(repository, transaction, ref, built.journalFiles);
    const landing: Landing = {
      repository,
      ref,
      head: head.commit,
      base,
      identity,
      transaction,
      prepared,
      built,
      journal,
      sign,
    };
    let landed: Awaited<ReturnType<typeof attempt>>;
    try {
      landed = await attempt(landing, remote);
    } catch (error) {
      await settle(repository, journal);
      throw error;
    }
    if (landed) {
      await closeJournal(repository, transaction);
      return { ...done, commit: landed.commit, warnings: landed.warnings };
    }
    await settle(repository, journal);
  }
  throw refusal(
    'git/contended',
    `other writers were faster ${maximumTries} times, and nothing was changed`,
    'run the command again',
  );
}
