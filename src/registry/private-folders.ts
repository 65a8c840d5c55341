// The folders that mlc keeps inside git's own: plain folders, or nothing is read from them and written to them.
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import type { Repository } from '../git/repository.js';

/** A link in the place of one of the folders; undefined where there is none. */
async function linkIn(folder: string): Promise<string | undefined> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isDirectory()) return folder;
  const entries = await readdir(folder, { withFileTypes: true });
  const odd = entries.find((entry) => entry.isSymbolicLink());
  return odd && path.join(folder, odd.name);
}

/** Refuses a repository whose private folders lead elsewhere: a cache would be written there, and files deleted. */
export async function checkPrivateFolders({ gitDir, commonDir }: Repository): Promise<void> {
  for (const folder of new Set([gitDir, commonDir].map((git) => path.join(git, 'mlc')))) {
    const link = await linkIn(folder);
    if (link !== undefined)
      throw usage(
        'git/private-link',
        `${link} is a link, and what mlc keeps there would end up elsewhere`,
        `rm ${link}`,
      );
  }
}
