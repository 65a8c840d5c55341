// A registry that is tortured: its checkout, where its locks are, its remote, and a second clone that is never killed.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Ended, type RunSettings, runProgram } from './program.js';

/** What a registry is like. */
export const arenaKinds = ['plain', 'hooks', 'signed', 'worktree', 'pushed', 'behind', 'unborn'] as const;
export type ArenaKind = (typeof arenaKinds)[number];

/** One registry, and everything around it. */
export interface Arena {
  kind: ArenaKind;
  /** Holds everything of it; removed at the end. */
  root: string;
  /** The checkout in which commands run. */
  folder: string;
  branch: string;
  /** Every folder that git or mlc put locks into. */
  gitFolders: readonly string[];
  /** Where a command that begins to write leaves its ticket. */
  queue: string;
  /** The bare remote, where there is one. */
  remote: string | undefined;
  /** A clone in which the same commands run in peace: what comes out there is what has to come out here. */
  reference: string;
  program: string;
  /** The moment of the next transition, in seconds since 1970: moved on by hand. */
  clock: number;
}

/** Who runs a command. */
export type Person = 'ada' | 'grace';

/** The environment of a machine of its own: no settings of the person who runs this, and a clock set by hand. */
export function environmentOf(root: string, person: Person, clock: number): Record<string, string> {
  const name = person === 'ada' ? 'Ada' : 'Grace';
  return {
    PATH: process.env.PATH ?? '',
    HOME: root,
    TMPDIR: root,
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
    GIT_AUTHOR_DATE: `@${clock} +0000`,
    GIT_COMMITTER_DATE: `@${clock} +0000`,
    // Compiled code is shared by all commands of a run, as it is on a user's machine.
    NODE_COMPILE_CACHE: path.join(path.dirname(root), 'compile-cache'),
  };
}

/** Runs git in a folder of an arena, and answers what it said. */
export function git(arena: Pick<Arena, 'root' | 'clock'>, folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: { ...environmentOf(arena.root, 'ada', arena.clock), GIT_OPTIONAL_LOCKS: '0' },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  }).replace(/\n$/, '');
}

/** Whether git answers with success. */
export function gitSucceeds(arena: Arena, folder: string, ...args: string[]): boolean {
  try {
    git(arena, folder, ...args);
    return true;
  } catch {
    return false;
  }
}

/** The commit that a branch of a repository stands on; empty where it has none. */
export function headOf(arena: Arena, folder: string, name = 'HEAD'): string {
  try {
    return git(arena, folder, 'rev-parse', '-q', '--verify', `${name}^{commit}`);
  } catch {
    return '';
  }
}

/** Settings of one command that are not the usual ones. */
export type CommandSettings = Partial<Omit<RunSettings, 'queue'>> & { as?: Person };

/** Runs mlc in an arena. */
export async function mlc(
  arena: Arena,
  args: readonly string[],
  settings: CommandSettings = {},
): Promise<Ended> {
  const { as = 'ada', env = {}, cwd = arena.folder, ...rest } = settings;
  return runProgram(arena.program, args, {
    cwd,
    env: { ...environmentOf(arena.root, as, arena.clock), ...env },
    queue: arena.queue,
    ...rest,
  });
}

/** Runs mlc, which has to succeed. */
export async function mustDo(
  arena: Arena,
  args: readonly string[],
  settings: CommandSettings = {},
): Promise<Ended> {
  const ended = await mlc(arena, args, settings);
  if (ended.code !== 0)
    throw new Error(`mlc ${args.join(' ')} exited ${ended.code ?? ended.signal}:\n${ended.said}`);
  return ended;
}
