// The git commands that run in a repository at this moment, where the system tells.
import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../../git/repository.js';

async function worksIn(process: string, folders: readonly string[]): Promise<boolean> {
  try {
    if (!/^git\b/.test(await readFile(path.join('/proc', process, 'comm'), 'utf8'))) return false;
    const folder = await readlink(path.join('/proc', process, 'cwd'));
    return folders.some((place) => `${folder}/`.startsWith(`${place}/`));
  } catch {
    // It is over, or somebody else's.
    return false;
  }
}

/** Their process numbers; undefined on a system without `/proc`. */
export async function gitProcesses(repository: Repository): Promise<string[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  if (!names?.includes('self')) return undefined;
  const folders = [repository.cwd, repository.gitDir, repository.commonDir];
  const found: string[] = [];
  for (const name of names.filter((entry) => /^\d+$/.test(entry)))
    if (await worksIn(name, folders)) found.push(name);
  return found;
}
