// What is on disk around a call: every file by what changes when it is written, and the way back.
import { copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Every file and folder by its relative name. */
export type Listing = Map<string, string>;

// Objects that nobody refers to are no change; there are too many to look at each time.
const objects = /(^|\/)\.git\/objects$/;
// The one file that mlc writes outside of a registry: what node compiled of it.
const compiledCode = /^caches\/mlc\/code-[0-9a-f]{16}$/;

/** Lists a folder. Times, sizes, modes and inodes tell a change as well as content does, and far sooner. */
export function listingOf(folder: string): Listing {
  const found: Listing = new Map();
  const walk = (relative: string): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (objects.test(name)) continue;
        found.set(name, 'folder');
        walk(name);
        continue;
      }
      if (compiledCode.test(name)) continue;
      const { mode, size, mtimeNs, ino } = lstatSync(path.join(folder, name), { bigint: true });
      found.set(name, `${mode} ${size} ${mtimeNs} ${ino}`);
    }
  };
  walk('');
  return found;
}

/** The names at which two listings differ. */
export function differences(before: Listing, after: Listing): string[] {
  const changed = [...after].filter(([name, state]) => before.get(name) !== state).map(([name]) => name);
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [...gone, ...changed].sort();
}

/** Brings the given names back to what they are in another folder, and removes what is not there. */
export function restore(folder: string, from: string, names: readonly string[], original: Listing): void {
  for (const name of names)
    if (!original.has(name)) rmSync(path.join(folder, name), { recursive: true, force: true });
  for (const name of names.filter((one) => original.has(one))) {
    const full = path.join(folder, name);
    if (original.get(name) === 'folder') {
      rmSync(full, {
        force: true,
        recursive: lstatSync(full, { throwIfNoEntry: false })?.isDirectory() !== true,
      });
      mkdirSync(full, { recursive: true });
      continue;
    }
    mkdirSync(path.dirname(full), { recursive: true });
    rmSync(full, { recursive: true, force: true });
    copyFileSync(path.join(from, name), full);
  }
}
