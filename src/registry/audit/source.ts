// What an audit reads of git before it judges: commits, what each changed, and the states that history begins from.
import { type StoredCommit, listCommits, listMainline, mergeBases, readCommits } from '../../git/commits.js';
import { type TreeChange, compareTrees, emptyTree } from '../../git/tree-changes.js';
import { usage } from '../../errors.js';
import { arrivalsOf } from '../../lifecycle/audit/lines.js';
import type { ChangedPaths, MergedSide } from '../../lifecycle/audit/merges.js';
import type { Registry } from '../registry.js';
import { auditedPaths } from './files.js';

/** One commit to judge, with what it changed on its first parent. */
export interface SourceCommit {
  commit: StoredCommit;
  changes: readonly TreeChange[];
  /** The sides that a merge brought in; empty where it is none. */
  sides: readonly MergedSide[];
  isMainline: boolean;
}

/** A stretch of history. */
export interface Source {
  /** In the order in which they came onto the protected branch. */
  commits: SourceCommit[];
  /** Commits before the stretch that it builds on. */
  boundary: Map<string, StoredCommit>;
  /** The protected branch, oldest commit first, further back than the stretch. */
  mainline: readonly string[];
  /** The commit of the protected branch that the stretch goes on from; undefined where it begins history. */
  base: string | undefined;
}

const none = /^0+$/;

/** What stands at a path after a change: a blob that becomes a link or a program is another thing. */
export function contentOf({ mode, oid }: Pick<TreeChange, 'mode' | 'oid'>): string | null {
  return none.test(oid) ? null : `${mode} ${oid}`;
}

/** Paths of a comparison with what stands there after it; null where the path is gone. */
export function changedPaths(changes: readonly TreeChange[]): ChangedPaths {
  return new Map(changes.map((change) => [change.path, contentOf(change)]));
}

type Comparison = readonly [before: string, after: string];

/** One side of a merge, with its comparisons: it, and ours, since each commit that they parted from. */
interface SideToCompare {
  related: boolean;
  comparisons: Comparison[];
}

/** The comparisons that a merge asks for. */
async function sidesToCompare(
  registry: Registry,
  commit: StoredCommit,
  known: ReadonlyMap<string, StoredCommit>,
): Promise<SideToCompare[]> {
  const { repository } = registry;
  const [first = '', ...others] = commit.parents;
  const sides: SideToCompare[] = [];
  for (const other of others) {
    const bases = await mergeBases(repository, first, other);
    const commits = bases.length === 0 ? [] : [...(await readCommits(repository, bases)).values()];
    const trees = commits.length === 0 ? [emptyTree(repository)] : commits.map(({ tree }) => tree);
    const [theirs, ours] = [other, first].map((id) => known.get(id)?.tree ?? emptyTree(repository));
    sides.push({
      related: commits.length > 0,
      comparisons: trees.flatMap((tree): Comparison[] => [
        [tree, theirs as string],
        [tree, ours as string],
      ]),
    });
  }
  return sides;
}

/** Commits in the order in which they came onto the protected branch, those of a merge right before it. */
function inOrderOfArrival(commits: readonly StoredCommit[], mainline: readonly string[]): StoredCommit[] {
  const arrivals = arrivalsOf(commits, mainline);
  const placed = commits.map((commit, place) => ({ commit, place, arrival: arrivals.get(commit.id) ?? 0 }));
  return placed.sort((a, b) => a.arrival - b.arrival || a.place - b.place).map(({ commit }) => commit);
}

function checkThere(ids: readonly string[], commits: ReadonlyMap<string, StoredCommit>): void {
  const missing = ids.find((id) => !commits.has(id));
  if (missing === undefined) return;
  throw usage(
    'object/missing',
    `the commit ${missing} is missing or broken, so its history cannot be judged`,
    'git fsck --full',
  );
}

/** A stretch of history without a commit in it. */
export function emptySource(): Source {
  return { commits: [], boundary: new Map(), mainline: [], base: undefined };
}

/** Reads the history of `head` that is not in `from`. */
export async function readSource(registry: Registry, head: string, from: readonly string[]): Promise<Source> {
  const { repository } = registry;
  const mainlineListed = listMainline(repository, head);
  // Its failure is told when it is waited for.
  mainlineListed.catch(() => undefined);
  const ids = await listCommits(repository, head, from);
  const commits = await readCommits(repository, ids);
  checkThere(ids, commits);
  const parents = new Set([...commits.values()].flatMap((commit) => commit.parents));
  const boundary = await readCommits(
    repository,
    [...parents].filter((id) => !commits.has(id)),
  );
  const known = new Map([...commits, ...boundary]);
  const mainline = (await mainlineListed).reverse();
  const protectedLine = new Set(mainline);
  const ordered = inOrderOfArrival(
    ids.flatMap((id) => commits.get(id) ?? []),
    mainline,
  );
  const comparisons: Comparison[] = ordered.map((commit) => [
    known.get(commit.parents[0] ?? '')?.tree ?? emptyTree(repository),
    commit.tree,
  ]);
  const merges = new Map<string, { related: boolean; at: number; partings: number }[]>();
  for (const commit of ordered.filter(({ parents: own }) => own.length > 1)) {
    const sides = await sidesToCompare(registry, commit, known);
    const placed = sides.map(({ related, comparisons: own }) => {
      const at = comparisons.length;
      comparisons.push(...own);
      return { related, at, partings: own.length / 2 };
    });
    merges.set(commit.id, placed);
  }
  const compared = await compareTrees(repository, comparisons, auditedPaths(registry));
  const changedIn = (at: number): ChangedPaths => changedPaths(compared[at] ?? []);
  return {
    boundary,
    mainline,
    base: ordered.find(({ id }) => protectedLine.has(id))?.parents[0],
    commits: ordered.map((commit, index) => ({
      commit,
      changes: compared[index] ?? [],
      sides: (merges.get(commit.id) ?? []).map(({ related, at, partings }) => ({
        related,
        partings: Array.from({ length: partings }, (_, parting) => ({
          theirs: changedIn(at + 2 * parting),
          ours: changedIn(at + 2 * parting + 1),
        })),
      })),
      isMainline: protectedLine.has(commit.id),
    })),
  };
}
