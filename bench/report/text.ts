// Numbers and tables as Markdown.
import type { Timing, Unfinished } from '../measure.js';

/** Milliseconds, in seconds from one second on. */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

/** A median with the lowest and the highest of its runs. */
export function spread({ median, lowest, highest }: Timing): string {
  return `${duration(median)} (${duration(lowest)} to ${duration(highest)})`;
}

/** A median, or that it was ended. */
export function medianOrLimit(timing: Timing | Unfinished): string {
  return 'limit' in timing ? `> ${timing.limit / 1000} s` : duration(timing.median);
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}

export function verdict(met: boolean | null): string {
  if (met === null) return '';
  return met ? 'yes' : '**no**';
}

/** A table; the first column is text and the others stand to the right. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...lines.map(line)].join(
    '\n',
  );
}
