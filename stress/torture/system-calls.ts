// The system calls by which git changes something, traced and disturbed with strace, where there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Arena } from './arena.js';
import { traceOf } from './half-git.js';

const calls =
  'openat,creat,write,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,ftruncate,close';

export const callBlows = ['signal=KILL', 'error=ENOSPC', 'error=EIO', 'error=EACCES'] as const;
export type CallBlow = (typeof callBlows)[number];

/** Whether there is a strace that may trace. */
export function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The words that have strace write those calls down. */
export const tracing = `-e trace=${calls}`;

/** The words that have strace disturb one of those calls. */
export function disturbing(at: number, blow: CallBlow): string {
  return `-e trace=${calls} -e inject=${calls}:${blow}:when=${at}`;
}

/** How many of those calls git's n-th run made, in the process of it that made most. */
export function callsIn(arena: Arena, run: number): number {
  let text: string;
  try {
    text = readFileSync(traceOf(arena, run), 'utf8');
  } catch {
    return 0;
  }
  const made = new Map<string, number>();
  for (const id of text.split('\n').flatMap((line) => /^(\d+) +\w+\(/.exec(line)?.[1] ?? []))
    made.set(id, (made.get(id) ?? 0) + 1);
  return Math.max(0, ...made.values());
}
