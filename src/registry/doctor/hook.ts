// Examines whether commits have their records checked: the pre-commit hook.
import { installHook } from '../hook-edit.js';
import { hookState, hooksPlace } from '../hook-file.js';
import type { Registry } from '../registry.js';
import { type Examination, type Found, doubtful, nameOf } from './examination.js';

/** Our own hook, of another mlc. One that was switched off, or is for others too, is not changed unasked. */
async function outdated(registry: Registry, file: string, runsMlc: boolean): Promise<Found> {
  const name = nameOf(registry.repository, file);
  if (!runsMlc) {
    const message =
      'the pre-commit hook is of mlc, and does not check this registry: it is switched off, or for another';
    return doubtful('hook/idle', message, 'mlc hook install', name);
  }
  const stale = doubtful('hook/outdated', 'the pre-commit hook is of another mlc', 'mlc hook install', name);
  if ((await hooksPlace(registry.repository)) !== 'repository') return stale;
  return {
    ...stale,
    mend: async () => {
      const { outcome } = await installHook(registry);
      return outcome === 'updated' ? `brought ${name} up to date` : undefined;
    },
  };
}

export const hook: Examination = {
  name: 'hook',
  title: 'pre-commit hook',
  examine: async ({ registry }) => {
    const { kind, file, runsMlc } = await hookState(registry);
    if (kind === 'outdated') return [await outdated(registry, file, runsMlc)];
    if (runsMlc) return [];
    if (kind === 'none') {
      const message = 'nothing checks records when they are committed by hand';
      return [doubtful('hook/none', message, 'mlc hook install')];
    }
    return [
      doubtful(
        'hook/other',
        'the pre-commit hook is not of mlc, and does not check records',
        'mlc hook install says how to have it call mlc validate --staged',
        nameOf(registry.repository, file),
      ),
    ];
  },
};
