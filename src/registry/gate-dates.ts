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

/** When a gate was last changed in the history of a commit, and of which commit that is to be remembered. */
interface Found extends GateDate {
  known?: { commit: string; seconds: number };
}

/**
 * When a gate was last changed in the history of a commit, in seconds since 1970. What is known of an earlier commit
 * counts where nothing but single commits came after it: a merge may bring a line along on which the gate is another.
 */
async function changedAt(registry: Registry, commit: string, file: string): Promise<number | undefined> {
  const { repository } = registry;
  const { [file]: known } = await readCache<KnownChanges>(repository, cacheName);
  if (known?.commit === commit) return known.seconds;
  const [inLine, newer] = known
    ? await Promise.all([
        isInLine(repository, known.commit, commit),
        lastChange(repository, commit, file, known.commit).catch(() => undefined),
      ])
    : [false, undefined];
  return inLine ? (newer?.seconds ?? known?.seconds) : (await lastChange(repository, commit, file))?.seconds;
}

/** When the gate was last changed. Unknown in a shallow clone whose history ends there. */
async function gateDateAt(registry: Registry, commit: string, file: string): Promise<Found> {
  if (!registry.repository.shallow) {
    const seconds = await changedAt(registry, commit, file);
    return seconds === undefined ? { warnings: [] } : { ...datedAt(seconds), known: { commit, seconds } };
  }
  const change = await lastChange(registry.repository, commit, file);
  if (!change) return { warnings: [] };
  if (change.parents > 0) return datedAt(change.seconds);
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

function datedAt(seconds: number): GateDate {
  return { at: timestampOf(new Date(seconds * 1000)), warnings: [] };
}

/** Questions about one gate. */
export interface GateDates {
  /** When it was last changed in the history of a commit. */
  at: (commit: string) => Promise<GateDate>;
  /** Keeps the last answer for the next time. */
  remember: () => Promise<void>;
}

/** When a gate was last changed. It is asked of the commit that is checked out at once, while other things are read. */
export function gateDates(registry: Registry, model: string): GateDates {
  const { repository, prefix } = registry;
  const file = `${prefix}${gateFile(model)}`;
  const head = modelIdProblem(model) ? undefined : repository.head?.commit;
  const ahead = head ? gateDateAt(registry, head, file) : undefined;
  // The command may be refused before anybody waits for this.
  ahead?.catch(() => undefined);
  let last: Found | undefined;
  return {
    at: async (commit) => {
      last = await (ahead && commit === head ? ahead : gateDateAt(registry, commit, file));
      return last;
    },
    remember: async () => {
      if (!last?.known) return;
      const cache = await readCache<KnownChanges>(repository, cacheName);
      if (cache[file]?.commit === last.known.commit) return;
      const kept = Object.entries(cache)
        .filter(([known]) => known !== file)
        .slice(1 - mostKnown);
      await writeCache(repository, cacheName, Object.fromEntries([...kept, [file, last.known]]));
    },
  };
}
