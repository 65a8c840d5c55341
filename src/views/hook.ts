// What became of the pre-commit hook, in one line.
import { escapeLine } from '../lifecycle/escape.js';
import type { Style } from './style.js';

interface Hook {
  outcome: 'installed' | 'updated' | 'removed' | 'unchanged';
  file: string;
}

/** A hook that was put there. */
export function hookInstalledView({ outcome, file }: Hook, style: Style): string {
  const name = escapeLine(file);
  if (outcome === 'unchanged') return `${style.good('=')} ${name} is there already; nothing to do`;
  return `${style.good('✓')} ${name} ${outcome}: every commit has its staged records validated`;
}

/** A hook that was taken out. */
export function hookRemovedView({ outcome, file }: Hook, style: Style): string {
  if (outcome === 'unchanged') return `${style.good('=')} there is no hook to take out; nothing to do`;
  return `${style.good('✓')} ${escapeLine(file)} ${outcome}`;
}
