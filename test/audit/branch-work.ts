// Work on branches: beginning, merging and judging them.
import { type Scene, expectClean } from './attack-world.js';
import { endOfYear } from './honest-world.js';

/** A day of March 2026. */
export const inMarch = (date: number, hour = 9): string =>
  `2026-03-${date}T${String(hour).padStart(2, '0')}:00:00Z`;
/** A hold on a version. */
export const hold = (version: string): string[] => ['hold', `churn@${version}`, '-m', 'inquiry'];

/** Begins a branch. */
export function branch(scene: Scene, name: string, from = 'main'): void {
  scene.git('checkout', '-q', '-b', name, from);
}

/** Merges branches into the one that is checked out. */
export function merge(scene: Scene, at: string, ...branches: string[]): void {
  scene.by({ at }, 'merge', '-q', '--no-ff', '-m', `Merge ${branches.join(', ')}`, ...branches);
}

/** Expects an audit that goes on, and one that begins anew, to find nothing. */
export async function expectAudited(scene: Scene): Promise<void> {
  for (const args of [[], ['--forget']]) expectClean(await scene.audit(args, { at: endOfYear }));
}

/** Expects that the branch may be merged. */
export async function expectMergeable(scene: Scene, ...args: string[]): Promise<void> {
  expectClean(await scene.check(['--base', 'main', ...args], { at: endOfYear }));
}
