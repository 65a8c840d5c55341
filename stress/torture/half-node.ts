// A program whose n-th change of a file fails, or is its last.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Arena } from './arena.js';

export const fileBlows = ['kill before', 'kill amid', 'kill after', 'ENOSPC', 'EIO', 'EACCES'] as const;
export type FileBlow = (typeof fileBlows)[number];

const preload = pathToFileURL(path.join(path.dirname(fileURLToPath(import.meta.url)), 'fail-at.js')).href;
const log = (arena: Arena): string => path.join(arena.root, 'file-changes');

/** The environment in which the n-th change of a file in the arena meets its blow; 0 for none. */
export function halfNode(arena: Arena, at: number, blow: FileBlow): Record<string, string> {
  rmSync(log(arena), { force: true });
  return {
    NODE_OPTIONS: `--import ${preload}`,
    TORTURE_FOLDER: arena.folder,
    TORTURE_FILE_AT: String(at),
    TORTURE_FILE_BLOW: blow,
    TORTURE_FILE_LOG: log(arena),
  };
}

/** How many changes of files were begun since. */
export function changesMade(arena: Arena): number {
  return readFileSync(log(arena), 'utf8').split('\n').filter(Boolean).length;
}
