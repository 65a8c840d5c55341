// A walk through history: the state of each commit is handed to its child, and copied only where history forks.
import type { TreeChange } from '../../git/tree-changes.js';
import type { StoredCommit } from '../../git/commits.js';
import {
  type AuditedFile,
  type FileChange,
  type RegistryState,
  copyState,
  emptyState,
  fileOf,
} from '../../lifecycle/audit/registry-state.js';
import type { Registry } from '../registry.js';
import { auditedRole, fileKey } from './files.js';
import type { LiveModels } from './quiet-models.js';
import type { Source, SourceCommit } from './source.js';

/** Where a walk is. */
export interface Walk {
  /** States of commits that still have a child to come. */
  states: Map<string, RegistryState>;
  /** States of the protected branch whose rules count for commits of side branches. */
  authorities: Map<string, RegistryState>;
  /** Whose rules count for each commit of a side branch: a commit of the protected branch. */
  rules: ReadonlyMap<string, string>;
  /** For how many commits to come the rules of a commit count. */
  ruling: Map<string, number>;
  /** Children to come, by commit. */
  children: Map<string, number>;
  /** Models that history changed lately. */
  live: LiveModels;
  commits: ReadonlyMap<string, StoredCommit>;
}

/** Begins a walk. */
export function beginWalk(
  source: Source,
  boundary: Map<string, RegistryState>,
  rules: ReadonlyMap<string, string>,
): Walk {
  const children = new Map<string, number>();
  const commits = new Map(source.boundary);
  for (const { commit } of source.commits) {
    commits.set(commit.id, commit);
    for (const parent of commit.parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  const ruling = new Map<string, number>();
  for (const commit of rules.values()) ruling.set(commit, (ruling.get(commit) ?? 0) + 1);
  const walk: Walk = {
    states: boundary,
    authorities: new Map(),
    rules,
    ruling,
    children,
    live: new Map(),
    commits,
  };
  for (const [commit, state] of boundary) keepRules(walk, commit, state);
  return walk;
}

/** Keeps a state whose rules will count for a side branch. */
function keepRules(walk: Walk, commit: string, state: RegistryState): void {
  if (walk.ruling.has(commit)) walk.authorities.set(commit, copyState(state));
}

/** The state of a parent, to be changed by its child: a copy where another child needs it too. */
export function takeState(walk: Walk, parent: string | undefined): RegistryState {
  const state = parent === undefined ? undefined : walk.states.get(parent);
  if (parent === undefined || !state) return emptyState();
  const left = (walk.children.get(parent) ?? 1) - 1;
  walk.children.set(parent, left);
  if (left > 0) return copyState(state);
  walk.states.delete(parent);
  return state;
}

/** Leaves a commit's state for its children. */
export function leaveState(walk: Walk, commit: string, state: RegistryState): void {
  keepRules(walk, commit, state);
  if ((walk.children.get(commit) ?? 0) > 0) walk.states.set(commit, state);
}

/**
 * Whose rules count for a commit: on the protected branch its parent's, on a side branch those of the newest state of the
 * protected branch that it builds on.
 */
export function authorityOf(
  walk: Walk,
  { commit, isMainline }: SourceCommit,
  before: RegistryState,
): RegistryState {
  const rules = isMainline ? undefined : walk.rules.get(commit.id);
  if (rules === undefined) return before;
  const authority = walk.authorities.get(rules);
  const left = (walk.ruling.get(rules) ?? 1) - 1;
  walk.ruling.set(rules, left);
  // A long history has many branches, and a state is kept no longer than it is needed.
  if (left === 0) walk.authorities.delete(rules);
  return authority ?? before;
}

const gone = /^0+$/;

/** Whether a side of a tree's change is no file. */
export function isGone(mode: string): boolean {
  return gone.test(mode);
}

function unread(change: TreeChange, role: AuditedFile['role']): AuditedFile {
  const { path, oldOid: oid } = change;
  return { path, role, oid, sha256: '', data: undefined, text: '', problems: [], changed: undefined };
}

/** What a commit changes, with the files before and after. */
export function fileChanges(
  registry: Registry,
  changes: readonly TreeChange[],
  commit: StoredCommit,
  before: RegistryState,
  files: ReadonlyMap<string, AuditedFile>,
): FileChange[] {
  const changed = { committed: commit.committedAt, authored: commit.authoredAt };
  return changes.flatMap((change) => {
    const role = auditedRole(registry, change.path);
    if (!role) return [];
    const was = fileOf(before, role) ?? (isGone(change.oldMode) ? undefined : unread(change, role));
    const read = isGone(change.mode) ? undefined : files.get(fileKey(change));
    const dated = read && { ...read, changed };
    // What cannot be read counts as it last could, so that mending it is no change.
    const stands = dated && dated.data === undefined && was?.data !== undefined;
    return [{ path: change.path, role, before: was, after: stands ? { ...dated, data: was.data } : dated }];
  });
}
