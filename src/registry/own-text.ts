// Files that mlc writes beside records: how it tells one that it wrote from one that a person went on to change.
import { createHash } from 'node:crypto';

function markOf(kind: string, body: string): string {
  return `# mlc-${kind} ${createHash('sha256').update(body).digest('hex')}\n`;
}

/** A text with the digest of its body at its head, below the line that names its interpreter. */
export function ownText(kind: 'hook' | 'ci', body: string, interpreter = ''): string {
  return `${interpreter}${markOf(kind, body)}${body}`;
}

/** The body of a text that mlc wrote and nobody changed since; what a person changed is theirs. */
export function readOwnText(kind: 'hook' | 'ci', text: string): string | undefined {
  const [, interpreter = '', body = ''] = /^(#![^\n]*\n)?[^\n]*\n([^]*)$/.exec(text) ?? [];
  return text === ownText(kind, body, interpreter) ? body : undefined;
}

/** Whether mlc wrote a text that somebody changed since. */
export function isChangedByHand(kind: 'hook' | 'ci', text: string): boolean {
  return new RegExp(`^# mlc-${kind} [0-9a-f]{64}$`, 'm').test(text) && readOwnText(kind, text) === undefined;
}
