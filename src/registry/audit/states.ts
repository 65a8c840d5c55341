// The state of a registry at a commit, as far as a stretch of history touches it.
import { lastChange } from '../../git/log.js';
import { listNames, readObjects } from '../../git/objects.js';
import { parseTree } from '../../git/trees.js';
import { type Arrivals, asksForArrivals, noteArrivals } from '../../lifecycle/audit/arrivals.js';
import {
  type FileChange,
  type RegistryState,
  emptyState,
  modelOf,
  putFile,
} from '../../lifecycle/audit/registry-state.js';
import type { VersionRecord } from '../../generated/types.js';
import { gateFile, versionFile } from '../paths.js';
import type { Registry } from '../registry.js';
import { auditedPaths, auditedRole, fileKey, readFiles, unreadFile } from './files.js';
import { type StoredCommit, listChangesOf, readCommits } from '../../git/commits.js';
import { compareTrees } from '../../git/tree-changes.js';

/** Loads a state: the configuration, the signers, the models named, and the ids of the others. */
export async function loadState(
  registry: Registry,
  commit: string,
  models: ReadonlySet<string>,
): Promise<RegistryState> {
  const { repository, prefix } = registry;
  const state = emptyState();
  const folder = `${commit}:${prefix}models`;
  const tree = (await readObjects(repository, [folder])).get(folder);
  const known = tree?.type === 'tree' ? parseTree(tree.content, repository.objectFormat) : [];
  const folders = known
    .filter((entry) => models.has(entry.name))
    .map((entry) => `${prefix}models/${entry.name}/`);
  const [, ...single] = auditedPaths(registry);
  const entries = await listNames(repository, commit, [...single, ...folders]);
  // Reports are hundreds a model; what was judged already is known by name.
  const isKnownByName = (path: string): boolean => {
    const kind = auditedRole(registry, path)?.kind;
    return kind === 'report' || kind === 'profile';
  };
  const files = await readFiles(
    registry,
    entries.filter(({ path }) => !isKnownByName(path)),
  );
  for (const entry of entries) {
    const role = auditedRole(registry, entry.path);
    const file = role && isKnownByName(entry.path) ? unreadFile(entry, role) : files.get(fileKey(entry));
    if (role && file) putFile(state, role, file);
  }
  for (const { name } of known) if (!state.models.has(name)) state.models.set(name, modelOf(undefined, name));
  return state;
}

/** Finds out when the gates of some models were last changed before a commit, and notes it in its state. */
export async function dateGates(
  registry: Registry,
  commit: string,
  state: RegistryState,
  models: Iterable<string>,
): Promise<void> {
  for (const model of models) {
    const files = modelOf(state, model);
    if (!files.gate) continue;
    const change = await lastChange(registry.repository, commit, `${registry.prefix}${gateFile(model)}`);
    const changed = change && { committed: change.seconds, authored: change.authored };
    state.models.set(model, { ...files, gate: { ...files.gate, changed } });
  }
}

/** Finds out when the deprecation and the shadows of a version came into the history before a commit. */
export async function dateArrivals(
  registry: Registry,
  commit: string,
  address: { model: string; version: string },
  arrivals: Arrivals,
): Promise<void> {
  const { repository, prefix } = registry;
  const file = `${prefix}${versionFile(address.model, address.version)}`;
  const line = await readLine(registry, commit, file);
  const pairs = line.slice(1).map((entry, index) => [line[index]?.tree ?? '', entry.tree] as const);
  const first = line[0];
  if (!first) return;
  const blobs = await compareTrees(repository, pairs, [file]);
  const initial = (await listNames(repository, first.id, [file])).map(({ mode, oid, path }) => ({
    mode,
    oid,
    path,
  }));
  const steps = [initial, ...blobs];
  const files = await readFiles(registry, steps.flat());
  let before: VersionRecord | undefined;
  for (const [index, step] of steps.entries()) {
    const [entry] = step;
    const record = entry && (files.get(fileKey(entry))?.data as VersionRecord | undefined);
    if (!record) continue;
    noteArrivals(arrivals, before, record, line[index]?.committedAt ?? 0);
    before = record;
  }
}

/** The commits of the first-parent line that changed a file, oldest first. */
async function readLine(registry: Registry, commit: string, file: string): Promise<StoredCommit[]> {
  const ids = await listChangesOf(registry.repository, commit, file);
  const commits = await readCommits(registry.repository, ids);
  return ids.flatMap((id) => commits.get(id) ?? []);
}

/** Finds out when what a change relies on came into the history of its base. */
export async function dateArrivalsOf(
  registry: Registry,
  base: string,
  changes: readonly FileChange[],
): Promise<Arrivals> {
  const arrivals: Arrivals = new Map();
  for (const { role, before, after } of changes) {
    if (role.kind !== 'version' || !before?.data || !after?.data) continue;
    if (asksForArrivals(before.data as VersionRecord, after.data as VersionRecord))
      await dateArrivals(registry, base, role, arrivals);
  }
  return arrivals;
}
