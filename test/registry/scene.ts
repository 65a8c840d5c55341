// What transaction tests share: a registry to copy, its state in full, and the hooks and work of a user.
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import {
  type RunSettings,
  type Said,
  type World,
  registration,
  registryWorld,
  worldIn,
} from '../support/world.js';

export const record = 'models/churn/versions/1.0.0.yaml';
export const newRecord = 'models/churn/versions/1.1.0.yaml';
export const morning = '2026-03-02T09:00:00Z';

/** An error as `--json` prints it. */
export interface Refusal {
  error: {
    code: string;
    message: string;
    hint?: string;
    problems: { code: string; message: string; hint?: string; file?: string }[];
  };
}

/** A registry in which churn@1.0.0 is registered and waits for its review. */
export async function registeredWorld(): Promise<World> {
  const world = await registryWorld();
  await world.ok(await registration(), { at: morning });
  return world;
}

/** A copy of a world, with everything in its .git. */
export async function copyOf(world: World): Promise<World> {
  const folder = await temporaryFolder();
  await cp(world.folder, folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return worldIn(folder);
}

/** The two transitions of the scenarios: one edits a record, one makes a new one. */
export const transitions = {
  approve: (): Promise<string[]> => Promise.resolve(['approve', 'churn@1.0.0']),
  register: (): Promise<string[]> =>
    registration({ change: 'retraining', dataset: 'train@v2', weights: 'w2' }),
} as const;

export type Transition = keyof typeof transitions;

export async function make(world: World, which: Transition, settings: RunSettings = {}): Promise<Said> {
  return world.mlc([...(await transitions[which]()), '--json'], {
    as: which === 'approve' ? 'grace' : 'ada',
    at: morning,
    ...settings,
  });
}

/** Locks, journals, tickets and files on their way, of which a transition that is over leaves none. */
export async function leftovers(world: World): Promise<string[]> {
  const folder = world.git('rev-parse', '--absolute-git-dir');
  const names = Object.keys(await listing(folder, (name) => name === 'objects'));
  return names.filter((name) => /\.lock$|^mlc\/(journal|tmp|queue)\//.test(name));
}

/** Makes a transition that has to succeed, and to clear up behind itself. */
export async function made(
  world: World,
  which: Transition,
  settings: RunSettings = {},
): Promise<Record<string, unknown>> {
  const said = await make(world, which, settings);
  if (said.code !== 0) throw new Error(`${which} exited ${said.code}: ${said.stdout}${said.stderr}`);
  expect(await leftovers(world)).toEqual([]);
  return JSON.parse(said.stdout) as Record<string, unknown>;
}

/** Makes a transition that has to be refused, and see to it that nothing changed anywhere. */
export async function refusedUntouched(
  world: World,
  which: Transition,
  settings: RunSettings = {},
): Promise<{ exit: number; error: Refusal['error'] }> {
  const before = await stateOf(world.folder);
  const said = await make(world, which, settings);
  expect(said.code, said.stdout).not.toBe(0);
  expect(said.code, `${said.stdout}${said.stderr}`).not.toBe(70);
  expect(await stateOf(world.folder)).toEqual(before);
  const { error } = JSON.parse(said.stdout) as Refusal;
  return { exit: said.code, error };
}

async function describeFile(full: string): Promise<string> {
  const found = await lstat(full);
  if (found.isSymbolicLink()) return `link ${await readlink(full)}`;
  return `${(found.mode & 0o777).toString(8)} ${createHash('sha256')
    .update(await readFile(full))
    .digest('hex')}`;
}

/** Every file below a folder with its content, except where a name is left out. */
export async function listing(
  folder: string,
  skip: (relative: string) => boolean = () => false,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const walk = async (relative: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (skip(name)) continue;
      if (entry.isDirectory()) await walk(name);
      else files[name] = await describeFile(path.join(folder, name));
    }
  };
  await walk('');
  return files;
}

/**
 * What a refused transition must not change: the working tree, HEAD, refs with their logs, the index byte for byte, locks,
 * journals, tickets. Left out are objects nobody refers to, the cache, and git's scratch file for messages.
 */
export async function stateOf(folder: string): Promise<Record<string, string>> {
  return listing(folder, (name) => /^\.git\/(objects|mlc\/cache|COMMIT_EDITMSG$)/.test(name));
}

/** Puts a hook into a repository, as a shell script. */
export async function hook(world: World, name: string, script: string, folder = '.git/hooks'): Promise<void> {
  const file = path.join(world.folder, folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** Gives a user's work of every kind: staged, staged and changed again, changed, new, deleted. */
export async function userWork(world: World): Promise<void> {
  await world.write('notes/staged.txt', 'committed\n');
  await world.write('notes/changed.txt', 'committed\n');
  await world.write('notes/gone.txt', 'committed\n');
  await world.write('models/churn/README.md', 'committed\n');
  world.git('add', 'notes', 'models/churn/README.md');
  world.git('commit', '-qm', 'notes');
  await world.write('notes/staged.txt', 'staged\n');
  await world.write('notes/new.txt', 'new and staged\n');
  world.git('add', 'notes');
  await world.write('notes/staged.txt', 'staged, then changed\n');
  await world.write('notes/changed.txt', 'changed\r\nwith CR\n');
  await world.write('models/churn/README.md', 'changed beside the record\n');
  world.git('rm', '-q', '--cached', 'notes/gone.txt');
  await world.write('untracked.bin', '\u0000\u0001');
  await world.write('models/churn/untracked.md', 'untracked beside the record\n');
}

/** The index's entries without those of the records that a transition writes. */
export function otherEntries(world: World): string[] {
  return world
    .git('ls-files', '-s')
    .split('\n')
    .filter((line) => !line.includes('/versions/'));
}

/** Names of the files that a commit changes. */
export function changedBy(world: World, commit: string): string[] {
  return world.git('diff-tree', '--no-commit-id', '--name-only', '-r', commit).split('\n');
}
