// What the crash harness needs: the built program in a process group of its own, killed at a chosen moment.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../support/world.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const program = path.join(root, 'bin/mlc.js');

/** Builds the program where that was not done yet. */
export function ensureBuilt(): void {
  if (!existsSync(path.join(root, 'dist/main.js')))
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
}

/** A run of the program. The code is null where it was killed. */
export interface Ended {
  code: number | null;
  took: number;
  said: string;
}

/** Runs the program, and kills its whole process group after some milliseconds, if it still runs then. */
export async function runProgram(world: World, args: readonly string[], killAfter?: number): Promise<Ended> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: world.folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_COMMITTER_DATE: '2026-03-02T09:00:00Z',
    },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const timer =
    killAfter === undefined
      ? undefined
      : setTimeout(() => {
          try {
            if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
          } catch {
            // It ended by itself.
          }
        }, killAfter);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  return { code, took: performance.now() - begun, said };
}

/** Random numbers from a seed (mulberry32), so that a run can be looked at again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
