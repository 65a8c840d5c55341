// What changed between trees: many comparisons in one call of git.
import type { Repository } from './repository.js';
import { git } from './run.js';

/** One path that differs between two trees. */
export interface TreeChange {
  path: string;
  /** `000000` where the path is new. */
  oldMode: string;
  /** `000000` where the path is gone. */
  mode: string;
  oldOid: string;
  oid: string;
}

/** The tree that holds nothing, which git knows without storing it. */
export function emptyTree(repository: Repository): string {
  return repository.objectFormat === 'sha256'
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}

function parse(output: Buffer): TreeChange[][] {
  const comparisons: TreeChange[][] = [];
  let at = 0;
  while (at < output.length) {
    if (output[at] !== 0x3a) {
      // The line that names the two trees of the next comparison.
      comparisons.push([]);
      at = output.indexOf(0x0a, at) + 1;
      continue;
    }
    const zero = output.indexOf(0, at);
    const end = output.indexOf(0, zero + 1);
    const [oldMode = '', mode = '', oldOid = '', oid = ''] = output.toString('utf8', at + 1, zero).split(' ');
    comparisons.at(-1)?.push({ path: output.toString('utf8', zero + 1, end), oldMode, mode, oldOid, oid });
    at = end + 1;
  }
  return comparisons;
}

type Pair = readonly [before: string, after: string];

// Below this many a second git costs more to start than it saves.
const worthSharing = 2000;

/** Compares pairs of trees below some paths; the answer is in the order of the pairs. */
export async function compareTrees(
  repository: Repository,
  pairs: readonly Pair[],
  paths: readonly string[],
): Promise<TreeChange[][]> {
  if (pairs.length < worthSharing) return compareHere(repository, pairs, paths);
  const half = Math.ceil(pairs.length / 2);
  const halves = [pairs.slice(0, half), pairs.slice(half)];
  return (await Promise.all(halves.map((some) => compareHere(repository, some, paths)))).flat();
}

async function compareHere(
  repository: Repository,
  pairs: readonly Pair[],
  paths: readonly string[],
): Promise<TreeChange[][]> {
  if (pairs.length === 0) return [];
  const { stdout } = await git(repository, {
    args: ['diff-tree', '--stdin', '-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--', ...paths],
    input: pairs.map(([before, after]) => `${before} ${after}\n`).join(''),
  });
  return parse(stdout);
}
