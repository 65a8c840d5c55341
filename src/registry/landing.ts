// Landing one transition: its objects, the user's hooks, the commit, and then branch, index and working tree together.
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../errors.js';
import { moveBranch, writeCommit, writeObjects } from '../git/commit.js';
import {
  type HookSetting,
  dropHookIndex,
  presentHooks,
  runHookAfterCommit,
  runHooksBeforeCommit,
} from '../git/hooks.js';
import {
  hasIndex,
  indexOfCommit,
  installIndex,
  lockIndex,
  prepareIndex,
  treeOfIndex,
  unlockIndex,
} from '../git/index-file.js';
import { readBlobIds, readObjects } from '../git/objects.js';
import type { Identity, Repository } from '../git/repository.js';
import { type NewObject, buildTrees, foldersOf, objectId, treeName } from '../git/trees.js';
import { parseTrailers } from '../lifecycle/commit-message.js';
import type { Journal, JournalFile } from './journal.js';
import { settle, undo } from './recover.js';
import { installFile, prepareFile } from './working-tree.js';

const longestLockWait = 10_000;

/** What one attempt decided, on the records of one commit. Paths are relative to the repository. */
export interface Prepared<T> {
  /** Files to write. Where there are none, nothing is committed. */
  files: readonly { path: string; content: Buffer }[];
  /** Files that the decision was read from: the user's own changes to them have to be committed first. */
  needs: readonly string[];
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
  const present = await readObjects(repository, names);
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
  return { tree: root, journalFiles, objects };
}

/** One attempt to land a transition. */
export interface Landing {
  repository: Repository;
  ref: string;
  head: string | null;
  base: string | null;
  identity: Identity;
  transaction: string;
  prepared: Prepared<unknown>;
  built: Built;
  journal: Journal;
  sign: boolean;
  /** Whether the files stand in the working tree already, for hooks to see; hooks may rewrite them. */
  placed: boolean;
}

/** Takes an attempt back. What a user writes meanwhile is kept; what hooks made of files that were placed for them is not. */
export async function takeBack({ repository, journal, placed }: Landing): Promise<void> {
  await (placed ? undo(repository, journal) : settle(repository, journal));
}

/** Shows the user's hooks what `git commit --only` would show them, and answers the message as they leave it. */
async function consultHooks(
  landing: Landing,
): Promise<{ message: string; setting: HookSetting | undefined }> {
  const { repository, prepared, identity, transaction, built } = landing;
  const hooks = prepared.hooks === 'skip' ? new Set<never>() : await presentHooks(repository);
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

async function prepareFiles({
  repository,
  transaction,
  prepared,
}: Landing): Promise<Awaited<ReturnType<typeof prepareFile>>[]> {
  return Promise.all(
    prepared.files.map((file, index) => prepareFile(repository, transaction, index, file.path, file.content)),
  );
}

async function takeIndexLock(repository: Repository, transaction: string): Promise<void> {
  const deadline = Date.now() + longestLockWait;
  while (!(await lockIndex(repository, transaction))) {
    if (Date.now() > deadline) {
      throw refusal(
        'git/index-locked',
        'another git command holds the index, and nothing was changed',
        `wait for it; if none is running, its lock was left behind: rm ${repository.gitDir}/index.lock`,
      );
    }
    await sleep(10 + Math.random() * 30);
  }
}

/** Writes the commit of an attempt, after the user's hooks have had their say. The branch is not moved. */
export async function commitLanding(
  landing: Landing,
): Promise<{ commit: string; setting: HookSetting | undefined }> {
  const { repository, base, identity, sign, built } = landing;
  await writeObjects(repository, built.objects);
  const { message, setting } = await consultHooks(landing);
  const commit = await writeCommit(repository, { tree: built.tree, parent: base, message, identity, sign });
  if (setting) await dropHookIndex(setting);
  return { commit, setting };
}

/** Runs the hook that comes after a commit, where there is one. */
export async function tellHooks(landing: Landing, setting: HookSetting | undefined): Promise<void> {
  if (setting) await runHookAfterCommit(landing.repository, setting);
}

/** Moves the branch, the index and the working tree together. Answers false where another writer moved the branch first. */
export async function landLocally(landing: Landing, commit: string): Promise<boolean> {
  const { repository, transaction, built } = landing;
  const checkedOut = hasIndex(repository) || landing.head === null;
  if (checkedOut) await takeIndexLock(repository, transaction);
  const files = checkedOut ? await prepareFiles(landing) : [];
  const entries = built.journalFiles.map((file) => ({ path: file.path, oid: file.new }));
  const index = checkedOut ? await prepareIndex(repository, transaction, entries) : undefined;
  const subject = landing.prepared.message.split('\n')[0] ?? '';
  if (!(await moveBranch(repository, landing.ref, commit, landing.head, `mlc: ${subject}`))) return false;
  try {
    for (const file of files) await installFile(file);
    if (index !== undefined) await installIndex(repository, index);
    await unlockIndex(repository, transaction);
  } catch {
    // The commit stands, so the transition happened; index and working tree are brought in line with it once more.
    await settle(repository, landing.journal);
  }
  return true;
}
