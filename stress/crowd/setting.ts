// What every part of a run shares: the program, a registry to copy, and where to put things.
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Campaign } from '../campaign.js';
import { copyProgram, git } from './program.js';
import { type Material, buildRegistry, writeMaterial } from './registry.js';

/** One run. */
export interface Setting {
  campaign: Campaign;
  folder: string;
  program: string;
  material: Material;
  /** The registry as it is before anybody comes. */
  origin: string;
  /** How many commits it has. */
  before: number;
}

/** Copies the program and builds the registry. */
export async function openSetting(campaign: Campaign): Promise<Setting> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlc-crowd-'));
  const program = await copyProgram(path.join(folder, 'program'));
  const material = await writeMaterial(path.join(folder, 'material'));
  const origin = path.join(folder, 'origin');
  await buildRegistry(origin, material);
  return { campaign, folder, program, material, origin, before: await commitsIn(origin) };
}

/** A copy of the registry under a name. */
export async function copyOfOrigin(setting: Setting, name: string): Promise<string> {
  const copy = path.join(setting.folder, name);
  await cp(setting.origin, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** A bare remote of the registry, and clones of it. */
export async function remoteWithClones(
  setting: Setting,
  name: string,
  clones: number,
): Promise<{ bare: string; folders: string[] }> {
  const bare = path.join(setting.folder, `${name}.git`);
  await git(setting.folder, 'clone', '-q', '--bare', setting.origin, bare);
  const folders: string[] = [];
  for (let number = 0; number < clones; number++) {
    const folder = path.join(setting.folder, `${name}-${number}`);
    await git(setting.folder, 'clone', '-q', bare, folder);
    folders.push(folder);
  }
  return { bare, folders };
}

/** How many commits a branch has. */
async function commitsIn(folder: string): Promise<number> {
  return Number(await git(folder, 'rev-list', '--count', 'HEAD'));
}

/** A number with two digits behind the point. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
