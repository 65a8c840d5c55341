// Files that a user asks for outside the registry: each is written whole or not at all.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';

/** Writes a file, and the folder around it where there is none. */
export async function writeWholeFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw usage(
      'path/not-written',
      `${file} cannot be written: ${(error as Error).message}`,
      'name a place that you may write to',
    );
  }
}
