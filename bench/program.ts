// A copy of the built program, so that a build beside a run does not change what is measured.
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** Copies what a user has into a folder, and answers the file to run. */
export function copyProgram(folder: string): string {
  if (!existsSync(path.join(root, 'dist', 'mlc.cjs'))) throw new Error('build first: npm run build');
  for (const name of ['bin', 'dist', 'package.json', 'schemas', 'templates'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  return path.join(folder, 'bin', 'mlc.js');
}
