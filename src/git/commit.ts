// Writing a commit without the index: objects, the commit, and the branch by compare-and-swap.
import { type Failure, refusal } from '../errors.js';
import { buildPack } from './pack.js';
import { type Identity, type Repository, readRef } from './repository.js';
import { GitError, git, gitText } from './run.js';
import { type NewObject, type ObjectFormat, objectId } from './trees.js';

/** What goes into a commit beside its tree. */
export interface CommitDetails {
  tree: string;
  /** Null for the first commit of a branch. */
  parent: string | null;
  message: string;
  identity: Identity;
  /** Set where the user's settings ask for signed commits: commit-tree does not read commit.gpgsign itself. */
  sign: boolean;
}

/** Writes objects. `--strict` refuses names that no tree may hold, and links to what is not there. */
export async function writeObjects(repository: Repository, objects: readonly NewObject[]): Promise<void> {
  await git(repository, {
    args: ['unpack-objects', '--strict', '-q'],
    input: buildPack(objects, repository.objectFormat),
    access: 'write',
  });
}

/** Author and committer as they were read, so that the record's time and the commit's time are one. */
export function identityVariables(identity: Identity): Record<string, string> {
  const date = `@${identity.seconds} +0000`;
  return {
    GIT_AUTHOR_NAME: identity.author.name,
    GIT_AUTHOR_EMAIL: identity.author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: identity.committer.name,
    GIT_COMMITTER_EMAIL: identity.committer.email,
    GIT_COMMITTER_DATE: date,
  };
}

/**
 * A commit as an object, byte for byte as `git commit-tree` would write it, to be written together with its trees. git
 * signs no such commit.
 */
export function commitObject(details: Omit<CommitDetails, 'sign'>, format: ObjectFormat): NewObject {
  const { tree, parent, identity, message } = details;
  const { author, committer, seconds } = identity;
  const lines = [
    `tree ${tree}`,
    ...(parent === null ? [] : [`parent ${parent}`]),
    `author ${author.name} <${author.email}> ${seconds} +0000`,
    `committer ${committer.name} <${committer.email}> ${seconds} +0000`,
    '',
    message,
  ];
  const content = Buffer.from(lines.join('\n'), 'utf8');
  return { oid: objectId('commit', content, format), type: 'commit', content };
}

/** Has git write a commit object, signed where that is asked for, and answers its id. The branch is not moved. */
export async function writeCommit(repository: Repository, details: CommitDetails): Promise<string> {
  const args = [
    'commit-tree',
    ...(details.parent ? ['-p', details.parent] : []),
    ...(details.sign ? ['-S'] : []),
    '-F',
    '-',
    details.tree,
  ];
  return gitText(repository, {
    args,
    input: details.message,
    env: identityVariables(details.identity),
    // Our messages are UTF-8, whatever the user's own are.
    config: ['i18n.commitEncoding=utf-8'],
    access: 'write',
  });
}

/** Whether one commit is in the history of another. */
export async function isAncestor(repository: Repository, ancestor: string, of: string): Promise<boolean> {
  const answer = await git(repository, {
    args: ['merge-base', '--is-ancestor', ancestor, of],
    accept: [1, 128],
  });
  return answer.exitCode === 0;
}

// As long as for the index.
const longestLockWait = 10_000;

function locked(ref: string, lock: string): Failure {
  return refusal(
    'git/ref-locked',
    `another git command holds ${ref}, and nothing was changed`,
    `wait for it; if none is running, its lock was left behind: rm ${lock}`,
  );
}

/**
 * Moves a branch from `old` (null: it must not exist) to `commit`, and answers whether it stands there. git may fail
 * after the move is made (killed, or refused by the clean-up), so the ref itself has the last word.
 *
 * @throws GitError where the ref could not be moved for another reason than that somebody else moved it
 */
export async function moveBranch(
  repository: Repository,
  ref: string,
  commit: string,
  old: string | null,
  note: string,
): Promise<boolean> {
  const zero = '0'.repeat(commit.length);
  try {
    await git(repository, {
      args: ['update-ref', '-m', note, '--', ref, commit, old ?? zero],
      config: [`core.filesRefLockTimeout=${longestLockWait}`],
      access: 'write',
    });
    return true;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const now = await readRef(repository, ref);
    if (now !== null && (now === commit || (await isAncestor(repository, commit, now)))) return true;
    if (now !== old) return false;
    const lock = /Unable to create '(.*\.lock)': File exists/.exec(error.stderr)?.[1];
    if (lock !== undefined) throw locked(ref, lock);
    if (/cannot lock ref/.test(error.stderr)) return false;
    throw error;
  }
}
