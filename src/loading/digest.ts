// SHA-256, loaded when it is first needed: `--version` needs none, and it would take node 4 ms.
import type Crypto from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** SHA-256 of some parts, in hexadecimal digits. Text is taken byte by byte. */
export function sha256(...parts: readonly (string | Buffer)[]): string {
  const { createHash } = require('node:crypto') as typeof Crypto;
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(part, 'latin1');
    else hash.update(part);
  }
  return hash.digest('hex');
}
