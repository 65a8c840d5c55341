// Landing one transition: its objects, the user's hooks, the commit, and then branch, index and working tree together.
import { refusal } from '../errors.js';
import { commitObject, moveBranch, writeCommit, writeObjects } from '../git/commit.js';
import {
  type CommitHook,
  type HookSetting,
  dropHookIndex,
  runHookAfterCommit,
  runHooksBeforeCommit,
} from '../git/hooks.js';
import {
  hasIndex,
  indexOfCommit,
  installIndex,
  prepareIndex,
  treeOfIndex,
  unlockIndex,
} from '../git/index-file.js';
import { readBlobIds, readObjects } from '../git/objects.js';
import type { Identity, Repository } from '../git/repository.js';
import { type NewObject, buildTrees, foldersOf, objectId, treeName } from '../git/trees.js';
import { parseTrailers } from '../lifecycle/commit-message.js';
import type { Warning } from '../lifecycle/problems.js';
import { type Journal, type JournalFile, touchJournal } from './journal.js';
import type { StagedBlobs } from './read-ahead.js';
import { settle, undo } from './recover.js';
import { takeIndexLock } from './reservation.js';
import { type PreparedFile, installFile, prepareFile } from './working-tree.js';

/** What one attempt decided, on the records of one commit. Paths are relative to the repository. */
export interface Prepared<T> {
  /** Files to write. Where there are none, nothing is committed. */
  files: readonly { path: string; content: Buffer }[];
  /** Files that the decision was read from: the user's own changes to them have to be committed first. */
  needs: readonly string[];
  /** What the index had of all of these a moment ago. */
  staged?: StagedBlobs | undefined;
  message: string;
  /** `mlc.yaml` may leave the user's commit hooks out. */
  hooks: 'run' | 'skip';
  result: T;
}

/** The objects of a commit, not written yet. */
export interface Built {
  tree: string;
  journalFiles: JournalFile[];
  objects: NewObject[];
  /** When the commit that it is built on was made, in seconds since 1970; 0 where there is none. */
  after: number;
}

/** Builds the objects of a commit in memory, on top of `base`. */
export async function buildCommit(
  repository: Repository,
  base: string | null,
  files: Prepared<unknown>['files'],
): Promise<Built> {
  const { objectFormat } = repository;
  const names =
    base === null ? [] : foldersOf(files.map((file) => file.path)).map((folder) => treeName(base, folder));
  const present = await readObjects(repository, base === null ? [] : [...names, base]);
  const treeAt = (folder: string): Buffer | undefined => {
    const object = base === null ? undefined : present.get(treeName(base, folder));
    return object?.type === 'tree' ? object.content : undefined;
  };
  const paths = files.map((file) => file.path);
  const old = base === null ? new Map<string, string>() : await readBlobIds(repository, base, paths);
  const { root, objects } = buildTrees(files, treeAt, objectFormat);
  const journalFiles = files.map((file) => ({
    path: file.path,
    old: old.get(file.path) ?? null,
    new: objectId('blob', file.content, objectFormat),
  }));
  const header = base === null ? '' : (present.get(base)?.content.toString('utf8') ?? '');
  const after = Number(/^committer .* (\d+) [+-]\d{4}$/m.exec(header)?.[1] ?? 0);
  return { tree: root, journalFiles, objects, after };
}

// Clocks of different machines differ; by more than this, one of them is wrong. The audit counts it the same way.
const largestSkew = 86_400;

/** Warns of a transition that is dated before the commit that it comes after: the audit will find it. */
export function clockWarnings(seconds: number, { after }: Built): Warning[] {
  if (seconds >= after - largestSkew) return [];
  const at = (moment: number): string => new Date(moment * 1000).toISOString().replace('.000', '');
  return [
    {
      code: 'time/backward',
      message: `the clock says ${at(seconds)}, and the commit before is of ${at(after)}: mlc audit will find that this one is dated too early`,
      hint: 'set the clock, or GIT_COMMITTER_DATE; and see the last commit: git log -1 --format=fuller',
    },
  ];
}

/** One attempt to land a transition. */
export interface Landing {
  repository: Repository;
  ref: string;
  head: string | null;
  base: string | null;
  /** The user's hooks that are to see it. */
  hooks: ReadonlySet<CommitHook>;
  identity: Identity;
  transaction: string;
  prepared: Prepared<unknown>;
  built: Built;
  journal: Journal;
  sign: boolean;
  /** Whether the files stand in the working tree already, for hooks to see; hooks may rewrite them. */
  placed: boolean;
  /** Whether what had to be done after the branch moved was tried a second time, which drops the journal itself. */
  settled: boolean;
}

/** Takes an attempt back. What a user writes meanwhile is kept; what hooks made of files that were placed for them is not. */
export async function takeBack({ repository, journal, placed }: Landing): Promise<void> {
  await (placed ? undo(repository, journal) : settle(repository, journal));
}

/** Shows the user's hooks what `git commit --only` would show them, and answers the message as they leave it. */
async function consultHooks(
  landing: Landing,
): Promise<{ message: string; setting: HookSetting | undefined }> {
  const { repository, hooks, prepared, identity, transaction, built } = landing;
  if (hooks.size === 0) return { message: prepared.message, setting: undefined };
  landing.placed = true;
  await placeFiles(landing);
  const entries = built.journalFiles.map((file) => ({ path: file.path, oid: file.new }));
  const indexFile = await indexOfCommit(repository, transaction, landing.base, entries);
  const setting: HookSetting = { hooks, identity, indexFile, message: prepared.message, transaction };
  const message = await runHooksBeforeCommit(repository, setting);
  if ((await treeOfIndex(repository, indexFile)) !== built.tree) {
    throw refusal(
      'git/hook-changed',
      'the pre-commit hook changed what is to be committed, and a transition commits its own changes alone',
      'have the hook check the files, not rewrite them',
    );
  }
  const [before, after] = [parseTrailers(prepared.message), parseTrailers(message)];
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    throw refusal(
      'git/hook-changed',
      'the commit-msg hook changed the trailers that the history is read from',
      'have the hook keep the lines that begin with Mlc-',
    );
  }
  return { message, setting };
}

async function placeFiles(landing: Landing): Promise<void> {
  for (const file of await prepareFiles(landing)) await installFile(file);
}

async function prepareFiles({ repository, transaction, prepared }: Landing): Promise<PreparedFile[]> {
  return allEnded(
    prepared.files.map((file, index) => prepareFile(repository, transaction, index, file.path, file.content)),
  );
}

/** Whether nobody has a word in the commit: neither hooks nor whoever signs. */
function isQuiet({ hooks, sign }: Landing): boolean {
  return hooks.size === 0 && !sign;
}

/** A commit that no branch has yet, with what the hook after it needs. */
export interface Committed {
  commit: string;
  setting: HookSetting | undefined;
}

/** Writes the commit of an attempt, after the user's hooks have had their say. The branch is not moved. */
export async function commitLanding(landing: Landing): Promise<Committed> {
  const { repository, base: parent, identity, prepared, sign, built } = landing;
  const { tree, objects } = built;
  if (isQuiet(landing)) {
    const details = { tree, parent, message: prepared.message, identity };
    const made = commitObject(details, repository.objectFormat);
    await writeObjects(repository, [...objects, made]);
    return { commit: made.oid, setting: undefined };
  }
  await writeObjects(repository, objects);
  const { message, setting } = await consultHooks(landing);
  const commit = await writeCommit(repository, { tree, parent, message, identity, sign });
  if (setting) await dropHookIndex(setting);
  return { commit, setting };
}

/** Runs the hook that comes after a commit, where there is one. */
export async function tellHooks(landing: Landing, setting: HookSetting | undefined): Promise<void> {
  if (setting) await runHookAfterCommit(landing.repository, setting);
}

/** What waits beside its place until the branch has moved. */
interface Staged {
  files: PreparedFile[];
  /** Undefined where nothing is checked out. */
  index: string | undefined;
}

/** Takes git's index lock, and prepares index and working tree. */
async function stageLanding(landing: Landing): Promise<Staged> {
  const { repository, transaction, built } = landing;
  if (!hasIndex(repository) && landing.head !== null) return { files: [], index: undefined };
  await takeIndexLock(repository, transaction);
  const entries = built.journalFiles.map((file) => ({ path: file.path, oid: file.new }));
  const [files, index] = await allEnded([
    prepareFiles(landing),
    prepareIndex(repository, transaction, entries),
  ]);
  return { files, index };
}

/** All answers, when all have come to an end: what fails is taken back only when nothing is under way any more. */
async function allEnded<T extends readonly Promise<unknown>[] | []>(
  work: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/**
 * Moves the branch, the index and the working tree together. Answers false where another writer moved the branch first.
 *
 * @param lastWord called before the branch moves; what it throws stops the transition
 */
export async function landLocally(landing: Landing, commit: string, lastWord: () => void): Promise<boolean> {
  return moveTogether(landing, commit, await stageLanding(landing), lastWord);
}

/**
 * Commits and lands at once. Where no hook has to see the commit before its place is prepared, git does both at the same
 * time: that is a fifth of what a transition takes. Signing may wait for somebody to type, and no lock is held meanwhile.
 */
export async function commitAndLand(
  landing: Landing,
  lastWord: () => void,
): Promise<Committed & { landed: boolean }> {
  if (!isQuiet(landing)) {
    const committed = await commitLanding(landing);
    return { ...committed, landed: await landLocally(landing, committed.commit, lastWord) };
  }
  const [committed, staged] = await allEnded([commitLanding(landing), stageLanding(landing)]);
  return { ...committed, landed: await moveTogether(landing, committed.commit, staged, lastWord) };
}

async function moveTogether(
  landing: Landing,
  commit: string,
  { files, index }: Staged,
  lastWord: () => void,
): Promise<boolean> {
  const { repository, transaction } = landing;
  const subject = landing.prepared.message.split('\n')[0] ?? '';
  await touchJournal(repository, transaction);
  lastWord();
  if (!(await moveBranch(repository, landing.ref, commit, landing.head, `mlc: ${subject}`))) return false;
  try {
    for (const file of files) await installFile(file);
    if (index !== undefined) await installIndex(repository, index);
    await unlockIndex(repository, transaction);
  } catch {
    // The commit stands, so the transition happened; index and working tree are brought in line with it once more.
    // Where that fails too, the next command does it: the journal stays.
    landing.settled = true;
    await settle(repository, landing.journal).catch(() => undefined);
  }
  return true;
}
