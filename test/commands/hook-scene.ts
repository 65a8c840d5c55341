// What tests of the hook share: a copy of a registry, mlc on the PATH or not, and a git commit by hand.
import { execFileSync } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type HookState, hookState } from '../../src/registry/hook-file.js';
import { locateRegistry } from '../../src/registry/registry.js';
import { temporaryFolder } from '../support/folders.js';
import { type World, gitIn } from '../support/world.js';
import type { ErrorAnswer } from './support.js';

/** What `mlc hook` prints with --json; a failure prints `error` instead. */
export interface HookAnswer extends ErrorAnswer {
  operation: string;
  outcome: string;
  file: string;
  warnings: { code: string }[];
}

/** The folder of the program that hooks start. */
export const bin = path.join(import.meta.dirname, '../../bin');

/** Three PATHs: with node and git alone, with mlc too, and with one that refuses everything. */
export async function makePaths(): Promise<{ bare: string; equipped: string; refusing: string }> {
  const refuser = await temporaryFolder();
  await writeFile(path.join(refuser, 'mlc'), '#!/bin/sh\necho "called: $*" >&2\nexit 2\n');
  await chmod(path.join(refuser, 'mlc'), 0o755);
  const [bare, own] = [await temporaryFolder(), await temporaryFolder()];
  const place = (name: string): string => execFileSync('which', [name], { encoding: 'utf8' }).trim();
  await symlink(process.execPath, path.join(bare, 'node'));
  for (const name of ['git', 'sh']) await symlink(place(name), path.join(bare, name));
  await symlink(path.join(bin, 'mlc.js'), path.join(own, 'mlc'));
  return { bare, equipped: `${own}:${bare}`, refusing: `${refuser}:${bare}` };
}

/** `mlc hook install`, for the registry in a folder of the repository where one is named. */
export function install(world: World, folder?: string): Promise<{ code: number; data: HookAnswer }> {
  return world.json<HookAnswer>(['hook', 'install', ...(folder === undefined ? [] : ['--registry', folder])]);
}

/** `mlc hook uninstall`. */
export function uninstall(world: World, folder?: string): Promise<{ code: number; data: HookAnswer }> {
  return world.json<HookAnswer>([
    'hook',
    'uninstall',
    ...(folder === undefined ? [] : ['--registry', folder]),
  ]);
}

/** What the program itself says of the hook. */
export async function stateOf(world: World, folder?: string): Promise<HookState> {
  return hookState(await locateRegistry({ cwd: world.folder, folder, env: process.env }));
}

/** The hook of a repository without settings. */
export function hookOf(world: World): string {
  return path.join(world.folder, '.git', 'hooks', 'pre-commit');
}

/** Commits what is staged, and answers what was said of a refusal; nothing where it passed. */
export function commit(folder: string, env: Record<string, string>): string {
  try {
    gitIn(folder, ['commit', '-qm', 'by hand'], env);
    return '';
  } catch (error) {
    return String((error as { stderr: string }).stderr) || 'no word';
  }
}
