// The last of what a program printed, without the credentials that it was given.
import { redactor, type Secret } from './redact.js';

/** The last bytes of an endless stream, in bounded memory. */
export interface Tail {
  add(this: void, part: Uint8Array): void;
  /** What is kept, and whether more came before. */
  kept(this: void): { bytes: Buffer; cut: boolean };
}

const maximumBytes = 64 * 1024;
// More is kept than is shown: a credential that is cut in half would not be recognised.
const spareBytes = 64 * 1024;

/** An empty tail. */
export function tailOf(): Tail {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  return {
    add: (part) => {
      parts.push(part);
      size += part.length;
      for (let first = parts[0]; first; first = parts[0]) {
        if (size - first.length < maximumBytes + spareBytes) return;
        size -= first.length;
        parts.shift();
        cut = true;
      }
    },
    kept: () => ({ bytes: Buffer.concat(parts), cut }),
  };
}

// Each character of a credential may take twelve in another encoding.
const longestEncoding = 12;

/** The last 64 KB as text, credentials by their names. */
export function lastOf(tail: Tail, secrets: readonly Secret[]): string {
  const { bytes, cut } = tail.kept();
  const redacted = redactor(secrets)(bytes.toString('utf8'));
  const longest = Math.max(0, ...secrets.map(({ value }) => value.length)) * longestEncoding;
  // The first of a cut text may be the end of a credential.
  const whole = Buffer.from(cut ? redacted.slice(longest) : redacted, 'utf8');
  return whole.subarray(Math.max(0, whole.length - maximumBytes)).toString('utf8');
}
