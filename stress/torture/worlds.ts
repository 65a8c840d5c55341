// Making arenas: one registry with a past, and copies of it, each of another kind.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Arena, type ArenaKind, environmentOf, git, mustDo } from './arena.js';
import { modelAdd, registration } from './operations.js';

const begin = Date.UTC(2026, 2, 1, 9) / 1000;

/** A minute later: transitions are told apart by their moment. */
export function tick(arena: Arena): void {
  arena.clock += 60;
}

function emptyArena(runFolder: string, program: string, kind: ArenaKind): Arena {
  const root = mkdtempSync(path.join(runFolder, `${kind}-`));
  const folder = path.join(root, 'work');
  const gitFolder = path.join(folder, '.git');
  mkdirSync(folder);
  const queue = path.join(gitFolder, 'mlc/queue');
  return {
    kind,
    root,
    folder,
    branch: 'main',
    gitFolders: [gitFolder],
    queue,
    remote: undefined,
    reference: path.join(root, 'reference'),
    program,
    clock: begin,
  };
}

/** A registry with a past: three versions, two of them in production. Every other arena is a copy of it. */
export async function makeOrigin(runFolder: string, program: string): Promise<Arena> {
  const arena = emptyArena(runFolder, program, 'plain');
  git(arena, arena.folder, 'init', '-q', '-b', 'main');
  mkdirSync(arena.queue, { recursive: true });
  const steps: string[][] = [
    ['init', '--name', 'torture'],
    modelAdd(arena, 'churn'),
    ...[1, 2, 3, 4].map((number) => registration(arena, number)),
    ...[0, 1, 2].map((minor) => ['approve', `churn@1.${minor}.0`]),
    ['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'blue-green', '-m', 'first'],
    ['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'canary', '--traffic', '5'],
  ];
  for (const args of steps) {
    // Models are trained on the first day, after their gate was agreed, and registered on the second.
    if (args[0] === 'register' && arena.clock < begin + 86_400) arena.clock = begin + 86_400;
    tick(arena);
    await mustDo(arena, args, { as: args[0] === 'approve' ? 'grace' : 'ada' });
  }
  return arena;
}

/** A user's work of every kind: staged, changed after that, changed, deleted, new, ignored, linked, overlooked. */
function userWork(arena: Arena): void {
  const at = (name: string): string => path.join(arena.folder, name);
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  const inGit = (...args: string[]): string => git(arena, arena.folder, ...args);
  const names = ['staged', 'changed', 'unstaged-gone', 'staged-gone', 'moved', 'script', 'overlooked'];
  for (const name of names) put(`notes/${name}.txt`, `${name}, committed\n`);
  put('.gitignore', '*.log\n');
  inGit('add', 'notes', '.gitignore');
  inGit('commit', '-q', '-m', 'notes');
  put('notes/staged.txt', 'staged\n');
  put('notes/new.txt', 'new and staged\n');
  inGit('add', 'notes');
  put('notes/staged.txt', 'staged, then changed\n');
  put('notes/changed.txt', 'changed\r\nwith CR\n');
  put('models/churn/README.md', 'beside the records\n');
  put('models/churn/notes.md', 'beside the record\n');
  inGit('add', 'models/churn/README.md');
  inGit('rm', '-q', '--cached', 'notes/staged-gone.txt');
  inGit('mv', 'notes/moved.txt', 'notes/moved-away.txt');
  execFileSync('rm', [at('notes/unstaged-gone.txt')]);
  chmodSync(at('notes/script.txt'), 0o755);
  inGit('update-index', '--assume-unchanged', 'notes/overlooked.txt');
  put('notes/overlooked.txt', 'changed where git does not look\n');
  put('intended.txt', 'meant to be added\n');
  inGit('add', '-N', 'intended.txt');
  put('untracked.bin', '\u0000\u0001');
  put('secret.log', 'ignored\n');
  chmodSync(at('secret.log'), 0o600);
  symlinkSync('notes/changed.txt', at('a-link'));
  const longAgo = new Date('2020-02-02T02:02:02Z');
  for (const name of ['untracked.bin', 'notes/changed.txt', 'secret.log'])
    utimesSync(at(name), longAgo, longAgo);
}

const hookScript = '#!/bin/sh\nGIT_OPTIONAL_LOCKS=0 git status > /dev/null\nexit 0\n';

function addHooks(arena: Arena): void {
  const names = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'reference-transaction'];
  for (const name of names)
    writeFileSync(path.join(arena.folder, '.git/hooks', name), hookScript, { mode: 0o755 });
}

function signCommits(arena: Arena): void {
  const key = path.join(arena.root, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const settings = { 'gpg.format': 'ssh', 'user.signingkey': key, 'commit.gpgsign': 'true' };
  for (const [name, value] of Object.entries(settings)) git(arena, arena.folder, 'config', name, value);
}

/** Works in a linked working tree, on a branch of its own. */
function linked(arena: Arena): Arena {
  const folder = path.join(arena.root, 'linked');
  git(arena, arena.folder, 'worktree', 'add', '-q', '-b', 'side', folder);
  const own = git(arena, folder, 'rev-parse', '--absolute-git-dir');
  return { ...arena, folder, branch: 'side', gitFolders: [...arena.gitFolders, own] };
}

/**
 * Gives an arena a bare remote. What serves it runs in a session of its own, as it does on another machine: a client that
 * is killed takes no server with it.
 */
function withRemote(arena: Arena): Arena {
  const remote = path.join(arena.root, 'remote.git');
  git(arena, arena.root, 'clone', '-q', '--bare', arena.folder, remote);
  git(arena, remote, 'config', 'receive.denyNonFastForwards', 'true');
  git(arena, arena.folder, 'remote', 'add', 'origin', remote);
  git(arena, arena.folder, 'config', 'remote.origin.receivepack', 'setsid git-receive-pack');
  git(arena, arena.folder, 'config', 'remote.origin.uploadpack', 'setsid git-upload-pack');
  git(arena, arena.folder, 'fetch', '-q', 'origin');
  git(arena, arena.folder, 'branch', '-q', '-u', 'origin/main');
  if (arena.kind === 'behind') git(arena, arena.root, 'clone', '-q', remote, 'other');
  return { ...arena, remote };
}

/** An arena of some kind, with a user's work in it. */
export function makeArena(origin: Arena, runFolder: string, kind: ArenaKind): Arena {
  const empty = { ...emptyArena(runFolder, origin.program, kind), clock: origin.clock };
  cpSync(path.join(origin.root, 'inputs'), path.join(empty.root, 'inputs'), { recursive: true });
  execFileSync('git', ['clone', '-q', origin.folder, empty.reference], {
    env: environmentOf(empty.root, 'ada', empty.clock),
  });
  if (kind === 'unborn') {
    git(empty, empty.folder, 'init', '-q', '-b', 'main');
    mkdirSync(empty.queue, { recursive: true });
    writeFileSync(path.join(empty.folder, 'staged.txt'), 'staged\n');
    git(empty, empty.folder, 'add', 'staged.txt');
    writeFileSync(path.join(empty.folder, 'untracked.txt'), 'untracked\n');
    return empty;
  }
  cpSync(origin.folder, empty.folder, { recursive: true, preserveTimestamps: true });
  if (kind === 'hooks') addHooks(empty);
  if (kind === 'signed') signCommits(empty);
  const arena = kind === 'worktree' ? linked(empty) : empty;
  userWork(arena);
  return kind === 'pushed' || kind === 'behind' ? withRemote(arena) : arena;
}
