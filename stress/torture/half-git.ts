// A git that stands before the real one on the PATH, and dies, fails or hangs at a chosen call.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Arena } from './arena.js';

/**
 * What becomes of the chosen call: git dies before or after its work, everything dies then, it fails without a word or
 * does not end, or it is killed at one of its own system calls.
 */
export const blows = [
  'dies before',
  'dies after',
  'all die before',
  'all die after',
  'fails',
  'fails after',
] as const;
export type Blow = (typeof blows)[number] | 'hangs' | 'traced';

const script = (real: string): string => `#!/bin/sh
n=1
while ! mkdir "$TORTURE_CALLS/$n" 2> /dev/null; do n=$((n + 1)); done
echo "$*" > "$TORTURE_CALLS/$n/words"
[ "$n" = "$TORTURE_AT" ] || exec ${real} "$@"
case "$TORTURE_BLOW" in
'dies before') kill -9 $$ ;;
'dies after') ${real} "$@"; kill -9 $$ ;;
'all die before') kill -9 0 ;;
'all die after') ${real} "$@"; kill -9 0 ;;
fails) exit 1 ;;
'fails after') ${real} "$@" > /dev/null; exit 1 ;;
hangs) exec sleep 1000 ;;
traced) exec strace -f -qq -o "$TORTURE_CALLS/$n/trace" $TORTURE_TRACE ${real} "$@" ;;
esac
exec ${real} "$@"
`;

const calls = (arena: Arena): string => path.join(arena.root, 'git-calls');

/** The environment in which the n-th call of git meets its blow; 0 for none. */
export function halfGit(arena: Arena, at: number, blow: Blow, trace = ''): Record<string, string> {
  const folder = path.join(arena.root, 'half-git');
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'git'), script(real), { mode: 0o755 });
  rmSync(calls(arena), { recursive: true, force: true });
  mkdirSync(calls(arena));
  return {
    PATH: `${folder}:${process.env.PATH ?? ''}`,
    TORTURE_CALLS: calls(arena),
    TORTURE_AT: String(at),
    TORTURE_BLOW: blow,
    TORTURE_TRACE: trace,
  };
}

/** How often git was called since. */
export function callsMade(arena: Arena): number {
  return readdirSync(calls(arena)).length;
}

/** Where the trace of a call is. */
export function traceOf(arena: Arena, call: number): string {
  return path.join(calls(arena), String(call), 'trace');
}
