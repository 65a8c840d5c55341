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
import { presentHooks } from '../git/hooks.js';
import { hasIndex } from '../git/index-file.js';
import { type Upstream, pushCommit, readUpstream } from '../git/remote.js';
import { type Head, type Identity, type Repository, readHead, isOn, readUser } from '../git/repository.js';
import type { Warning } from '../lifecycle/problems.js';
import { baseOf, withUpstream } from './fetching.js';
import { followTo } from './following.js';
import { interruptible, stopIfInterrupted } from './interruption.js';
import { closeJournal, openJournal } from './journal.js';
import {
  type Built,
  type Landing,
  type Prepared,
  buildCommit,
  clockWarnings,
  commitAndLand,
  commitLanding,
  landLocally,
  takeBack,
  tellHooks,
} from './landing.js';
import { checkClean, preflight } from './preflight.js';
import { inTurn } from './queue.js';
import { contended, hookRefusal, rejected, unknownOutcome } from './refusals.js';
import { giveBack, reserve } from './reservation.js';

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
// Whoever was overtaken this often stops racing, and keeps the branch still while it decides.
const patience = 4;
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

/** What became of one attempt. */
type Attempt =
  | { kind: 'landed'; commit: string; warnings: Warning[] }
  /** Another writer moved the branch, here or at the remote: decide again. */
  | { kind: 'overtaken' }
  /** The remote refused; `said` is git's word for why. */
  | { kind: 'rejected'; said: string };

/** Brings this clone to a commit that the remote has. Answers why it could not, if it could not. */
async function follow(landing: Landing, commit: string): Promise<string | undefined> {
  const { repository } = landing;
  if (landing.base !== landing.head) {
    await takeBack(landing);
    return followTo(repository, landing.ref, landing.head, commit);
  }
  // The remote has it, so being interrupted is no reason not to follow.
  const refused = await landLocally(landing, commit, () => undefined).then(
    (landed) => (landed ? undefined : 'its branch has moved'),
    (error: unknown) => (error as Error).message,
  );
  if (refused !== undefined) await takeBack(landing);
  return refused;
}

async function attempt(landing: Landing, remote: Remote | undefined): Promise<Attempt> {
  if (!remote) {
    const { landed, commit, setting } = await commitAndLand(landing, stopIfInterrupted);
    if (!landed) return { kind: 'overtaken' };
    await tellHooks(landing, setting);
    return { kind: 'landed', commit, warnings: [] };
  }
  const { commit, setting } = await commitLanding(landing);
  stopIfInterrupted();
  const pushed = await pushCommit(landing.repository, remote.upstream, commit);
  if (pushed.landed === undefined) throw unknownOutcome(remote.upstream, landing.transaction, pushed.said);
  if (!pushed.landed) return { kind: 'rejected', said: pushed.said };
  const refused = await follow(landing, commit);
  const warnings = refused === undefined ? [] : [behind(remote.upstream, refused)];
  await tellHooks(landing, setting);
  return { kind: 'landed', commit, warnings };
}

function behind(upstream: Upstream, why: string): Warning {
  return {
    code: 'push/local-behind',
    message: `the transition is on ${upstream.remote}, and this clone could not follow: ${why}`,
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
    const base = await withUpstream(repository, remote?.upstream, () =>
      baseOf(repository, head, ref, remote?.upstream),
    );
    const prepared = await request.prepare(base, identity, transaction);
    await checkClean(repository, head.commit, prepared);
    const warnings =
      prepared.files.length === 0
        ? []
        : clockWarnings(identity.seconds, await buildCommit(repository, base, prepared.files));
    return { result: prepared.result, commit: null, transaction, pushed: false, warnings };
  }
  return interruptible(() =>
    inTurn(repository, (waited) =>
      withUpstream(repository, remote?.upstream, () =>
        tryUntilLanded(repository, request, {
          head: waited ? undefined : head,
          ref,
          transaction,
          identity,
          sign,
          remote,
        }),
      ),
    ),
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

interface Decided<T> {
  head: Head;
  identity: Identity;
  base: string | null;
  prepared: Prepared<T>;
  /** Undefined where there is nothing to change. */
  built: Built | undefined;
}

/** Decides on the records of this moment. */
async function decide<T>(
  repository: Repository,
  request: TransactionRequest<T>,
  setting: Setting,
  tries: number,
): Promise<Decided<T>> {
  const { ref, transaction, remote } = setting;
  const head = (tries === 1 ? setting.head : undefined) ?? (await readHead(repository));
  const identity = currentIdentity(repository, setting.identity);
  const base = await baseOf(repository, head, ref, remote?.upstream);
  const prepared = await request.prepare(base, identity, transaction);
  if (prepared.files.length === 0) return { head, identity, base, prepared, built: undefined };
  const building = buildCommit(repository, base, prepared.files);
  // That the user has changes of their own is what matters, if both fail.
  building.catch(() => undefined);
  await checkClean(repository, head.commit, prepared);
  const built = await building;
  return { head, identity, base, prepared, built };
}

async function tryUntilLanded<T>(
  repository: Repository,
  request: TransactionRequest<T>,
  setting: Setting,
): Promise<TransactionOutcome<T>> {
  const { ref, transaction, sign, remote } = setting;
  const deadline = Date.now() + (remote ? longestPush : longestLocal);
  let [inVain, lastBase]: [number, string | null] = [0, null];
  for (let tries = 1; tries <= maximumTries && Date.now() < deadline; tries++) {
    if (tries > 1) {
      request.onRetry?.(tries);
      await backOff(tries);
    }
    stopIfInterrupted();
    const reserved = tries > patience && !remote && hasIndex(repository);
    if (reserved) await reserve(repository, ref, transaction);
    const decided = await decide(repository, request, setting, tries).catch(async (error: unknown) => {
      if (reserved) await giveBack(repository, transaction);
      throw error;
    });
    const { head, identity, base, prepared } = decided;
    const done = { result: prepared.result, transaction, pushed: remote !== undefined };
    if (decided.built === undefined) {
      if (reserved) await giveBack(repository, transaction);
      repository.head = undefined;
      return { ...done, commit: null, pushed: false, warnings: [] };
    }
    const { built } = decided;
    const journal = await openJournal(repository, transaction, ref, built.journalFiles);
    const landing: Landing = {
      repository,
      ref,
      head: head.commit,
      base,
      hooks: prepared.hooks === 'skip' ? new Set() : await presentHooks(repository),
      identity,
      transaction,
      prepared,
      built,
      journal,
      sign,
      placed: false,
      settled: false,
    };
    let outcome: Attempt;
    try {
      outcome = await attempt(landing, remote);
    } catch (error) {
      await takeBack(landing);
      throw hookRefusal(error) ?? error;
    }
    if (outcome.kind === 'landed') {
      // The transition happened, and the next command drops a journal that stays.
      if (!landing.settled) await closeJournal(repository, transaction).catch(() => undefined);
      // A command that makes several transitions makes each on the commit of the one before.
      repository.head = undefined;
      const warnings = [...clockWarnings(identity.seconds, built), ...outcome.warnings];
      return { ...done, commit: outcome.commit, warnings };
    }
    await takeBack(landing);
    if (outcome.kind === 'rejected') {
      // A remote that has not moved refuses for a reason of its own; once or twice it may have been in the middle of a push.
      inVain = base === lastBase ? inVain + 1 : 1;
      lastBase = base;
      if (inVain >= 3) throw rejected(remote?.upstream.remote, outcome.said);
    }
  }
  throw contended();
}
