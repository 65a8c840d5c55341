// When gates were last changed. git looks through all of history for that, so the answer is remembered with its commit.
import { type MainlineCommit, lastChange, readMainline } from '../git/log.js';
import { timestampOf } from '../lifecycle/dates.js';
import { modelIdProblem } from '../lifecycle/identifiers.js';
import type { Warning } from '../lifecycle/problems.js';
import { readCache, writeCache } from './cache.js';
import { gateFile, roleOf } from './paths.js';
import type { Registry } from './registry.js';

/** When a gate was last changed, as far as git knows. */
interface GateDate {
  at?: string;
  warnings: Warning[];
}

/** What is known of the gates of a registry at one commit of a branch. */
interface KnownChanges {
  commit: string;
  /** Whether history was looked through for the gates of all models, rather than for those that were asked for. */
  all: boolean;
  /** By a gate's path: its last change, in seconds since 1970; null where a merge brought it, and git has to be asked. */
  seconds: Record<string, number | null>;
}

/** What is known, by registry and branch: a look at one says nothing about what changed in another. */
type Known = Record<string, KnownChanges>;

const cacheName = 'gates';
const mostBranches = 16;
const mostGates = 10_000;
// What is further back is asked for one gate at a time.
const longestLine = 20_000;

/** When a gate was last changed in the history of a commit, and what is to be remembered of that. */
interface Found extends GateDate {
  known?: KnownChanges;
}

function keyOf({ repository, prefix }: Registry): string {
  return `${repository.head?.ref ?? ''} ${prefix}`;
}

/** The last changes of gates along a part of a line. */
function changesOf({ prefix }: Registry, line: readonly MainlineCommit[]): KnownChanges['seconds'] {
  const changes: KnownChanges['seconds'] = {};
  for (const { files, parents, seconds } of line)
    for (const file of files)
      if (roleOf(file.slice(prefix.length)).kind === 'gate' && !Object.hasOwn(changes, file))
        changes[file] = parents.length > 1 ? null : seconds;
  return changes;
}

/** The part of a line that changes the gates of a registry; undefined where git cannot tell. */
async function mainlineTo(
  { repository, prefix }: Registry,
  to: string,
  after?: string,
): Promise<MainlineCommit[] | undefined> {
  const request = { to, after, folder: `${prefix}models`, limit: longestLine };
  // It is never needed: then git is asked for one gate.
  return readMainline(repository, request).catch(() => undefined);
}

/**
 * What is known of the gates at a commit by what is known of an earlier one. Along a line of first parents both have the
 * same answer where nothing changed: git too follows the first parent that has the same file.
 */
async function carriedOn(
  registry: Registry,
  known: KnownChanges,
  commit: string,
): Promise<KnownChanges | undefined> {
  if (known.commit === commit) return known;
  const line = await mainlineTo(registry, commit, known.commit);
  if (line?.at(-1)?.parents[0] !== known.commit) return undefined;
  return { ...known, commit, seconds: { ...known.seconds, ...changesOf(registry, line) } };
}

/** What is known when history was looked through for all gates. */
async function withAll(registry: Registry, known: KnownChanges): Promise<KnownChanges> {
  const line = await mainlineTo(registry, known.commit);
  return line ? { ...known, all: true, seconds: { ...changesOf(registry, line), ...known.seconds } } : known;
}

/**
 * When a gate was last changed in the history of a commit. Where nothing is remembered, as in a fresh clone, history is
 * looked through for this gate alone; whoever registers a second model gets to know all gates, which takes longer once.
 */
async function changedAt(registry: Registry, commit: string, file: string): Promise<KnownChanges> {
  const { [keyOf(registry)]: before } = await readCache<Known>(registry.repository, cacheName);
  let known = before && (await carriedOn(registry, before, commit));
  if (known && !known.all && known.seconds[file] === undefined) known = await withAll(registry, known);
  if (typeof known?.seconds[file] === 'number') return known;
  const found = (await lastChange(registry.repository, commit, file))?.seconds;
  const rest = known ?? { commit, all: false, seconds: {} };
  return found === undefined ? rest : { ...rest, seconds: { ...rest.seconds, [file]: found } };
}

/** Keeps what is known of this registry on this branch; of others, what was kept last. */
async function keep(registry: Registry, known: KnownChanges): Promise<void> {
  const key = keyOf(registry);
  const cache = await readCache<Known>(registry.repository, cacheName);
  const others = Object.entries(cache).filter(([other]) => other !== key);
  const seconds = Object.fromEntries(Object.entries(known.seconds).slice(0, mostGates));
  const kept = [...others.slice(1 - mostBranches), [key, { ...known, seconds }] as const];
  await writeCache(registry.repository, cacheName, Object.fromEntries(kept));
}

/** When the gate was last changed. Unknown in a shallow clone whose history ends there. */
async function gateDateAt(registry: Registry, commit: string, file: string): Promise<Found> {
  if (!registry.repository.shallow) {
    const known = await changedAt(registry, commit, file);
    const seconds = known.seconds[file];
    return typeof seconds === 'number' ? { ...datedAt(seconds), known } : { warnings: [] };
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
      if (last?.known) await keep(registry, last.known);
    },
  };
}
