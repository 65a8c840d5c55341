// Text from records, commits and other programs, made safe to show on a terminal.

// C0 and C1 controls, delete, bidirectional overrides and isolates, and line separators: what can move the cursor,
// recolour, or reorder what a person reads. Tab and line feed are kept.
// eslint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Shows control and reordering characters as escapes (`\u001b`), so that a value cannot drive a terminal. */
export function escapeText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The first such character, if there is one. */
export function unsafeCharacter(text: string): string | undefined {
  unsafe.lastIndex = 0;
  return unsafe.exec(text)?.[0];
}

// A list has a hundred thousand cells, and nearly all of them are plain.
const plain = /^[ -~]*$/;

/** One line: escaped, with line breaks and tabs turned to spaces. */
export function escapeLine(text: string): string {
  if (plain.test(text)) return text;
  return escapeText(text.replace(/[\r\n\t]+/g, ' '));
}
