// Places in a text, and paths of keys: from an offset to line and column, from a JSON Pointer to words.

/** A place in a text; line and column count from 1. */
export interface Place {
  line: number;
  column: number;
  text: string;
}

/** The place of an offset. */
export function placeAt(text: string, offset: number): Place {
  const at = Math.min(Math.max(0, offset), text.length);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1))
    line += 1;
  const whole = text.slice(start, end < 0 ? text.length : end);
  return { line, column: at - start + 1, text: whole.length > 160 ? `${whole.slice(0, 157)}...` : whole };
}

/** A JSON Pointer as a path of keys. */
export function pointerToPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
