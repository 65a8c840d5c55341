// Whether a folder is this user's own, all the way up: what lies in it is run, so nobody else may have put it there.
import { existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** Whether nobody else brought what is in a folder, or can put another in the place of one that is in it. */
function isGuarded(folder: string): boolean {
  // A clone brings whatever its author put into it, as files of whoever cloned.
  if (existsSync(path.join(folder, '.git'))) return false;
  if (process.getuid === undefined) return true;
  const { uid, mode } = statSync(folder);
  const [isWritable, isSticky] = [(mode & 0o022) !== 0, (mode & 0o1000) !== 0];
  return (uid === process.getuid() || uid === 0) && (!isWritable || isSticky);
}

function isGuardedAllTheWay(folder: string): boolean {
  const above = path.dirname(folder);
  return isGuarded(folder) && (above === folder || isGuardedAllTheWay(above));
}

/** Whether a file or folder belongs to this user alone. On Windows the user's profile sees to that. */
export function isOwn({ uid, mode }: { uid: number; mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
}

/** Whether a folder is there, no link, in no repository, and out of everybody else's reach. */
export function isOwnFolder(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    return found.isDirectory() && isOwn(found) && isGuardedAllTheWay(realpathSync(folder));
  } catch {
    return false;
  }
}

/**
 * Makes a folder of this user's own, and the one that it is in, where they lack. Not all that lack on the way: a home
 * that is not there is nobody's, and node never ends where none can be made, as below /proc.
 */
export function makeOwnFolder(folder: string): boolean {
  if (existsSync(folder)) return isOwnFolder(folder);
  const home = path.dirname(folder);
  try {
    const present = existsSync(home) ? home : path.dirname(home);
    if (!isGuardedAllTheWay(realpathSync(present))) return false;
    for (const lacking of [home, folder]) if (!existsSync(lacking)) mkdirSync(lacking, { mode: 0o700 });
  } catch {
    return false;
  }
  return isOwnFolder(folder);
}
