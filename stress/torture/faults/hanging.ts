// Hooks and gits that do not end: whoever interrupts the command gets everything back as it was, and nothing runs on.
import { type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Arena, headOf, mlc, mustDo } from '../arena.js';
import { promise, promiseSame } from '../complain.js';
import { callsMade, halfGit } from '../half-git.js';
import { leftBehind, workOf } from '../observe.js';
import { processesIn, stillness } from '../processes.js';
import { holding, promiseWorks } from './expect.js';
import type { Fault } from './fault.js';

type Way = { signal: NodeJS.Signals; to: 'group' | 'mlc' };

/** Waits until something runs that hangs, and interrupts. Answers whether anything did before the command ended. */
async function interrupt(child: ChildProcess, way: Way, hangs: () => boolean): Promise<boolean> {
  while (!hangs()) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    await sleep(10);
  }
  if (child.pid !== undefined) process.kill(way.to === 'group' ? -child.pid : child.pid, way.signal);
  return true;
}

async function interrupted(arena: Arena, way: Way, env: Record<string, string>): Promise<void> {
  const before = { head: headOf(arena, arena.folder), work: workOf(arena) };
  const sleeps = (): boolean => processesIn(arena.root).some(({ command }) => command === 'sleep 1000');
  let interrupting: Promise<boolean> | undefined;
  const ended = await mlc(arena, holding().args, {
    env,
    meddle: (child) => {
      interrupting = interrupt(child, way, sleeps);
    },
  });
  promise((await interrupting) === true, 'it ended before anything hung', ended.said);
  promise(ended.code === 130, `it exited ${ended.code ?? ended.signal}, not 130`, ended.said);
  promiseSame('something runs on', await stillness(arena.root, 2000), []);
  promise(headOf(arena, arena.folder) === before.head, 'the branch moved');
  promiseSame("the user's work is not as it was", workOf(arena), before.work);
  promiseSame('something is left behind', leftBehind(arena), []);
}

const ways: Way[] = [
  { signal: 'SIGINT', to: 'group' },
  { signal: 'SIGINT', to: 'mlc' },
  { signal: 'SIGTERM', to: 'mlc' },
  { signal: 'SIGHUP', to: 'group' },
];

function hanging(hook: string): Fault {
  return {
    name: `a ${hook} hook that hangs, and is interrupted`,
    kind: 'plain',
    meet: async (arena) => {
      const file = path.join(arena.folder, '.git/hooks', hook);
      for (const way of ways) {
        writeFileSync(file, '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 });
        await interrupted(arena, way, {});
        writeFileSync(file, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
        promise(existsSync(file), 'the hook is gone');
        await promiseWorks(arena);
      }
      return undefined;
    },
  };
}

export const hangingFaults: Fault[] = [
  hanging('pre-commit'),
  hanging('commit-msg'),
  {
    name: 'a git that hangs at any of its calls, and is interrupted',
    kind: 'plain',
    meet: async (arena) => {
      await mustDo(arena, holding('in peace.').args, { env: halfGit(arena, 0, 'hangs') });
      for (let call = callsMade(arena); call > 0; call--)
        await interrupted(arena, { signal: 'SIGINT', to: 'group' }, halfGit(arena, call, 'hangs'));
      await promiseWorks(arena);
      return undefined;
    },
  },
];
