// A copy of the program that a campaign runs, so that a change or a rebuild beside it does not break the run.
import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const parts = [
  ...['bin', 'src', 'schemas', 'templates', 'scripts', 'stress', 'examples', 'package.json', 'tsconfig.json'],
  ...['test/fixtures', 'LICENSE', 'README.md', 'CHANGELOG.md'],
];

/** Copies the sources, and builds them there. */
export function copyProgram(folder: string): void {
  for (const part of parts) cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  runTypeScript(folder, 'scripts/build.ts', []);
}

/** The flags with which node runs TypeScript. */
export const typeScript: readonly string[] = ['--import', 'tsx'];

/** Runs a script of the copy to its end. */
export function runTypeScript(folder: string, script: string, args: readonly string[]): void {
  execFileSync(process.execPath, [...typeScript, path.join(folder, script), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
