// Examines the versions of git and node that mlc runs on.
import { gitVersion } from '../../git/health.js';
import { type Examination, type Found, doubtful, wrong } from './examination.js';

const oldestGit = [2, 39];
const oldestNode = 20;
// The first release of each line of git in which cloning with submodules cannot be made to write outside (CVE-2025-48384).
const mendedReleases = [
  [2, 43, 7],
  [2, 44, 4],
  [2, 45, 4],
  [2, 46, 4],
  [2, 47, 3],
  [2, 48, 2],
  [2, 49, 1],
  [2, 50, 1],
];

/** Below zero where the first version is the older one. */
function compare(one: readonly number[], other: readonly number[]): number {
  const at = other.findIndex((part, index) => (one[index] ?? 0) !== part);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function isMended(git: readonly number[]): boolean {
  const line = mendedReleases.find((release) => compare(git.slice(0, 2), release.slice(0, 2)) === 0);
  return line ? compare(git, line) >= 0 : compare(git, mendedReleases.at(-1) ?? []) > 0;
}

/** What is to be said of a version of git and one of node. */
export function versionFindings(git: string, node: string): Found[] {
  const parts = git.split('.').map(Number);
  const found: Found[] = [];
  if (compare(parts, oldestGit) < 0) {
    const message = `git is ${git || 'of a version that it does not say'}; transitions need 2.39`;
    found.push(wrong('git/too-old', message, 'install git 2.39 or newer'));
  } else if (!isMended(parts)) {
    found.push(
      doubtful(
        'git/vulnerable',
        `git is ${git}, which has CVE-2025-48384 (a clone with submodules can write hooks), unless your distribution has mended it`,
        'install a newer git, or see what your distribution says of CVE-2025-48384; until then clone no stranger with --recurse-submodules',
      ),
    );
  }
  if (Number(node.split('.')[0]) < oldestNode)
    found.push(wrong('node/too-old', `node is ${node}; mlc needs 20`, 'install Node.js 20 or newer'));
  return found;
}

export const versions: Examination = {
  name: 'versions',
  title: 'versions of git and node',
  examine: async ({ registry }) =>
    versionFindings(await gitVersion(registry.repository), process.versions.node),
};
