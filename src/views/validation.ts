// What a validation found.
import { type Problem, count } from '../lifecycle/problems.js';
import { problemView } from './problems.js';
import type { Style } from './style.js';

const mostShown = 100;

/** The problems, and how many files were looked at. */
export function validationView(
  outcome: { checked: number; problems: readonly Problem[] },
  style: Style,
): string {
  const { checked, problems } = outcome;
  if (problems.length === 0) return `${style.good('✓')} ${count(checked, 'file')} valid`;
  const shown = problems.slice(0, mostShown).map((problem) => problemView(problem, style));
  const more = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
  const files = new Set(problems.map((problem) => problem.file)).size;
  return [
    ...shown,
    ...more,
    `${style.bad('✗')} ${count(problems.length, 'problem')} in ${count(files, 'file')}, ${checked} checked`,
  ].join('\n');
}
