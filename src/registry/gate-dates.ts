// When gates were last changed. git looks through all of history for that, so the answer is remembered with its commit.
import { isInLine, lastChange } from '../git/log.js';
import { timestampOf } from '../lifecycle/dates.js';
import { modelIdProblem } from '../lifecycle/identifiers.js';
import type { Warning } from '../lifecycle/problems.js';
import { readCache, writeCache } from './cache.js';
import { gateFile } from './paths.js';
import type { Registry } from './registry.js';

/** When a gate was last changed, as far as git knows. */
interface GateDate {
  at?: string;
  warnings: Warning[];
}

/** By a gate's path: the last change of it in the history of a commit, in seconds since 1970. */
type KnownChanges = Record<string, { commit: string; seconds: number }>;

const cacheName = 'gates';
const mostKnown = 10_000;

/**
 * When a gate was last changed in the history of a commit. What is known of an earlier commit counts where nothing but
 * single commits came after it: a merge may bring a line along on which the gate is another.
 */
async function changedAt(registry: Registry, commit: string, file: string): Promise<number | undefined> {
  const { repository } = registry;
  const cache = await readCache<KnownChanges>(repository, cacheName);
  const known = cache[file];
  if (known?.commit === commit) return known.seconds;
  const [inLine, newer] = known
    ? await Promise.all([
        isInLine(repository, known.commit, commit),
        lastChange(repository, commit, file, known.commit).catch(() => undefined),
      ])
    : [false, undefined];
  const seconds = inLine
    ? (newer?.seconds ?? known?.seconds)
    : (await lastChange(repository, commit, file))?.seconds;
  if (seconds === undefined) return undefined;
  const kept = Object.entries(cache)
    .filter(([known]) => known !== file)
    .slice(1 - mostKnown);
  await writeCache(repository, cacheName, Object.fromEntries([...kept, [file, { commit, seconds }]]));
  return seconds;
}

/** When the gate was last changed. Unknown in a shallow clone whose history ends there. */
async function gateDateAt(registry: Registry, commit: string, model: string): Promise<GateDate> {
  const file = `${registry.prefix}${gateFile(model)}`;
  if (registry.repository.shallow) {
    const change = await lastChange(registry.repository, commit, file);
    if (change?.parents === 0) {
      return {
        warnings: [
          {
            code: 'git/shallow',
            message: 'this clone is shallow, so git does not know when the gate was last changed',
            hint: 'git fetch --unshallow',
          },
        ],
      };
    }
    return datedAt(change?.seconds);
  }
  return datedAt(await changedAt(registry, commit, file));
}

function datedAt(seconds: number | undefined): GateDate {
  return seconds === undefined
    ? { warnings: [] }
    : { at: timestampOf(new Date(seconds * 1000)), warnings: [] };
}

/**
 * Asks when a gate was last changed, of the commit that is checked out at once, while other things are read. The answer
 * is about the commit that it is then asked of.
 */
export function gateDate(registry: Registry, model: string): (commit: string) => Promise<GateDate> {
  const ahead = registry.repository.head?.commit;
  if (!ahead || modelIdProblem(model)) return (commit) => gateDateAt(registry, commit, model);
  const asked = gateDateAt(registry, ahead, model);
  // The command may be refused before anybody waits for this.
  asked.catch(() => undefined);
  return (commit) => (commit === ahead ? asked : gateDateAt(registry, commit, model));
}
