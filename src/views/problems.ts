// Problems and warnings as a person reads them: what, where with the line quoted, and the way out.
import { escapeLine, escapeText } from '../lifecycle/escape.js';
import type { Problem, Warning } from '../lifecycle/problems.js';
import type { Style } from './style.js';
import { wrap } from './table.js';

function placeOf(problem: Problem): string {
  if (problem.file === undefined) return '';
  const line =
    problem.line === undefined
      ? ''
      : `:${problem.line}${problem.column === undefined ? '' : `:${problem.column}`}`;
  return `${escapeLine(problem.file)}${line}`;
}

function quote(problem: Problem, style: Style): string[] {
  if (problem.quoted === undefined || problem.line === undefined) return [];
  const number = String(problem.line);
  const column = Math.max(0, (problem.column ?? 1) - 1);
  const lines = [`  ${style.quiet(`${number} |`)} ${problem.quoted}`];
  if (column <= problem.quoted.length)
    lines.push(`  ${' '.repeat(number.length)} ${style.quiet('|')} ${' '.repeat(column)}${style.bad('^')}`);
  return lines;
}

/** One problem. */
export function problemView(problem: Problem, style: Style): string {
  const place = placeOf(problem);
  const head = `${place ? `${style.strong(place)}: ` : ''}${escapeText(problem.message)} ${style.quiet(`[${problem.code}]`)}`;
  const hint = problem.hint === undefined ? [] : [`  ${style.accent('→')} ${escapeText(problem.hint)}`];
  return [wrap(`${style.bad('✗')} ${head}`, style), ...quote(problem, style), ...hint].join('\n');
}

/** One warning. */
export function warningView(warning: Warning, style: Style): string {
  const hint = warning.hint === undefined ? '' : `\n  ${style.accent('→')} ${escapeText(warning.hint)}`;
  return `${style.warn('!')} ${escapeText(warning.message)}${hint}`;
}

/** A failure: what was refused, each problem, and the next command. */
export function failureView(
  failure: { message: string; hint?: string | undefined; problems: readonly Problem[] },
  style: Style,
): string {
  const [only] = failure.problems;
  const lines = [
    `${style.bad('mlc:')} ${escapeText(failure.message)}`,
    ...failure.problems.map((problem) => problemView(problem, style)),
  ];
  if (failure.hint !== undefined && only?.hint !== failure.hint)
    lines.push(`  ${style.accent('→')} ${escapeText(failure.hint)}`);
  return lines.join('\n');
}
