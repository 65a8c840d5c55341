// Reads the text of a file that a user names, and takes its digest: bounded, and UTF-8 or refused.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';

const maximumBytes = 16 * 1024 * 1024;

/** A file's bytes, and what a record says of them. */
export interface FileBytes {
  bytes: Buffer;
  /** Its name, without folders. */
  file: string;
  sha256: string;
}

/** Reads a file of at most 16 MiB. `cwd` is what a relative name starts from, `what` says what such a file holds. */
export async function readFileBytes(cwd: string, name: string, what: string): Promise<FileBytes> {
  const full = path.resolve(cwd, name);
  const found = await stat(full).catch(() => undefined);
  if (!found) throw usage('path/not-found', `there is no file ${name}`, `ls ${path.dirname(name)}`);
  if (!found.isFile()) throw usage('path/not-a-file', `${name} is not a file`, `ls ${name}`);
  if (found.size > maximumBytes)
    throw usage(
      'input/too-large',
      `${name} has ${found.size} bytes; ${what} have at most ${maximumBytes}`,
      'hand in the metrics alone',
    );
  const bytes = await readFile(full).catch((error: NodeJS.ErrnoException) => {
    throw usage('path/unreadable', `${name} cannot be read: ${error.code ?? error.message}`, `ls -l ${name}`);
  });
  return { bytes, file: path.basename(name), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The text of UTF-8 bytes, without a byte order mark. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usage('input/encoding', `${name} is not valid UTF-8`, 'save it as UTF-8');
  }
}
