// The user's commit hooks, run as `git commit --only` would run them.
import { constants } from 'node:fs';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { refusal } from '../errors.js';
import { identityVariables } from './commit.js';
import type { Identity, Repository } from './repository.js';
import { GitError, git } from './run.js';

const commitHooks = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'] as const;

export type CommitHook = (typeof commitHooks)[number];

/** The commit hooks that the repository has. */
export async function presentHooks(repository: Repository): Promise<Set<CommitHook>> {
  const present = new Set<CommitHook>();
  for (const hook of commitHooks) {
    const found = await access(path.join(repository.hooksFolder, hook), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) present.add(hook);
  }
  return present;
}

/** What hooks see of a transition. */
export interface HookSetting {
  hooks: ReadonlySet<CommitHook>;
  identity: Identity;
  /** The index that `git commit --only` would give them; undefined for the user's own. */
  indexFile: string | undefined;
  message: string;
  transaction: string;
}

async function runHook(
  repository: Repository,
  hook: CommitHook,
  setting: HookSetting,
  args: readonly string[],
): Promise<void> {
  try {
    await git(repository, {
      args: ['hook', 'run', '--ignore-missing', hook, ...(args.length > 0 ? ['--', ...args] : [])],
      env: {
        ...identityVariables(setting.identity),
        ...(setting.indexFile === undefined ? {} : { GIT_INDEX_FILE: setting.indexFile }),
        GIT_EDITOR: ':',
        MLC_TRANSACTION: setting.transaction,
      },

      access: 'hook',
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const said = error.stderr.trim();
    throw refusal(
      'git/hook-refused',
      `the ${hook} hook refused the transition, and nothing was changed${said ? `:\n${said}` : ' (it said nothing)'}`,
      'do what the hook asks and run the command again; "git: {hooks: skip}" in mlc.yaml leaves hooks out',
    );
  }
}

/** Runs the hooks that come before a commit, and answers the message as they leave it. */
export async function runHooksBeforeCommit(repository: Repository, setting: HookSetting): Promise<string> {
  if (setting.hooks.has('pre-commit')) await runHook(repository, 'pre-commit', setting, []);
  if (!setting.hooks.has('prepare-commit-msg') && !setting.hooks.has('commit-msg')) return setting.message;
  const file = path.join(repository.gitDir, 'COMMIT_EDITMSG');
  await writeFile(file, setting.message);
  if (setting.hooks.has('prepare-commit-msg'))
    await runHook(repository, 'prepare-commit-msg', setting, [file, 'message']);
  if (setting.hooks.has('commit-msg')) await runHook(repository, 'commit-msg', setting, [file]);
  return readFile(file, 'utf8');
}

async function runHookAfter(repository: Repository, setting: HookSetting): Promise<void> {
  await runHook(repository, 'post-commit', { ...setting, indexFile: undefined }, []);
}

/** Runs the hook that comes after a commit. The commit stands whatever it says. */
export async function runHookAfterCommit(repository: Repository, setting: HookSetting): Promise<void> {
  if (!setting.hooks.has('post-commit')) return;
  // By then the user's own index is up to date, and that is what git shows this hook.
  await runHookAfter(repository, setting).catch(() => undefined);
}

/** Takes the hooks' private index away. */
export async function dropHookIndex(setting: HookSetting): Promise<void> {
  if (setting.indexFile !== undefined) await rm(setting.indexFile, { force: true });
}
