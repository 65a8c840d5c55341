// Problems and warnings as a person reads them: what, where with the line quoted, and the way out.
import { escapeLine, escapeText } from '../lifecycle/escape.js';
import type { Problem, Warning } from '../lifecycle/problems.js';
import type { Style } from './style.js';
import { wrap } from './table.js';

function placeOf(problem: Problem | Warning): string {
  if (problem.file === undefined) return '';
  const line =
    problem.line === undefined
      ? ''
      : `:${problem.line}${problem.column === undefined ? '' : `:${problem.column}`}`;
  return `${escapeLine(problem.file)}${line}`;
}

/** A stretch of a line around a column, so that the mark below it stays on the terminal. */
function around(line: string, at: number, room: number): { text: string; at: number } {
  if (line.length <= room) return { text: line, at };
  const start = Math.max(0, Math.min(at - Math.floor(room / 2), line.length - room + 1));
  const cut = line.slice(start, start + room - 2);
  return { text: `${start > 0 ? '…' : ''}${cut}…`, at: at - start + (start > 0 ? 1 : 0) };
}

function quote(problem: Problem, style: Style): string[] {
  if (problem.quoted === undefined || problem.line === undefined) return [];
  const number = String(problem.line);
  const room = Number.isFinite(style.width) ? Math.max(20, style.width - number.length - 5) : 200;
  // Escaped when it was found; but what was found may have been kept in a cache that came with a copied folder.
  const { text, at } = around(escapeLine(problem.quoted), Math.max(0, (problem.column ?? 1) - 1), room);
  const lines = [`  ${style.quiet(`${number} |`)} ${text}`];
  if (at > text.length) return lines;
  const space = ' '.repeat(style.columnsOf(text.slice(0, at)));
  return [...lines, `  ${' '.repeat(number.length)} ${style.quiet('|')} ${space}${style.bad('^')}`];
}

/** Folds text to the terminal; what runs over stands below the text, not below its mark. */
function folded(mark: string, text: string, style: Style, indent = ''): string {
  const [first = '', ...rest] = wrap(text, { ...style, width: style.width - indent.length - 2 }).split('\n');
  return [`${indent}${mark} ${first}`, ...rest.map((line) => `${indent}  ${line}`)].join('\n');
}

function hintLines(hint: string | undefined, style: Style): string[] {
  return hint === undefined ? [] : [folded(style.accent('→'), escapeText(hint), style, '  ')];
}

/** One problem. */
export function problemView(problem: Problem, style: Style): string {
  const place = placeOf(problem);
  const text = `${place ? `${style.strong(place)}: ` : ''}${escapeText(problem.message)} ${style.quiet(`[${escapeLine(problem.code)}]`)}`;
  return [
    folded(style.bad('✗'), text, style),
    ...quote(problem, style),
    ...hintLines(problem.hint, style),
  ].join('\n');
}

/** One warning. */
export function warningView(warning: Warning, style: Style): string {
  const place = placeOf(warning);
  return [
    folded(
      style.warn('!'),
      `${place ? `${style.strong(place)}: ` : ''}${escapeText(warning.message)}`,
      style,
    ),
    ...hintLines(warning.hint, style),
  ].join('\n');
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
  if (only?.hint !== failure.hint) lines.push(...hintLines(failure.hint, style));
  return lines.join('\n');
}
