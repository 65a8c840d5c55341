// Markdown from values that anyone may have written: nothing of them is taken for Markdown or HTML.
import { escapeLine } from '../lifecycle/escape.js';

/** A text on one line or in a cell of a table: nothing of it is taken for Markdown or HTML. */
export function cell(text: string): string {
  return escapeLine(text).replace(/[\\`*_{}[\]<>()#+!|~&]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** A table; titles are ours and stay as they are, cells are escaped. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [`| ${titles.join(' | ')} |`, `| ${titles.map(() => '---').join(' | ')} |`, ...rows.map(row)].join(
    '\n',
  );
}
