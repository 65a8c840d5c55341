// Hands numbers to workers, with a watchdog for each: who hangs is ended and named, who dies is named and replaced.
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { longestTime, longestWait } from './bounds.js';
import { typeScript } from './copy.js';
import { processorTime } from './processor-time.js';
import type { Message, Result } from './worker.js';

/** What a pool needs to start workers. */
export interface PoolSettings {
  seed: number;
  /** The copy of the program. */
  program: string;
  /** The folder of the campaign: `base` in it is what workers copy. */
  folder: string;
  workers: number;
}

// A worker that served so many is replaced, so that what it gathered is not taken for what an input costs.
const longestLife = 1500;
// Getting ready, and what comes before and after an input, takes longer on a busy machine.
const longestSilence = 120_000;

function startWorker({ seed, program, folder }: PoolSettings, slot: number): ChildProcess {
  const script = path.join(program, 'stress', 'fuzz', 'worker.ts');
  return fork(script, [String(seed), path.join(folder, 'base'), path.join(folder, `place-${slot}`)], {
    cwd: program,
    execArgv: [...typeScript, '--max-old-space-size=512'],
    // A group of its own, so that programs that it started end with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

type Ended = { ended: string };

const late = `no answer within ${longestTime} ms`;

/** Waits for a message of the kind that is wanted, for the worker's end, or for the time to be over. */
function next(child: ChildProcess, kind: Message['kind'], time: number): Promise<Message | Ended> {
  return new Promise((resolve) => {
    const settle = (outcome: Message | Ended): void => {
      clearTimeout(timer);
      child.off('message', heard).off('exit', exited);
      resolve(outcome);
    };
    const heard = (message: Message): void => {
      if (message.kind === kind) settle(message);
    };
    const exited = (code: number | null, signal: string | null): void =>
      settle({ ended: `the process died: ${signal ?? `exit code ${code}`}` });
    const timer = setTimeout(() => settle({ ended: 'hang' }), time);
    child.on('message', heard).on('exit', exited);
    if (child.exitCode !== null || child.signalCode !== null) exited(child.exitCode, child.signalCode);
  });
}

async function readyWorker(settings: PoolSettings, slot: number): Promise<ChildProcess> {
  const child = startWorker(settings, slot);
  const ready = await next(child, 'ready', longestSilence);
  if (!('ended' in ready)) return child;
  end(child);
  throw new Error(`a worker did not start: ${ready.ended}`);
}

function failed(number: number, fault: string): Result {
  return {
    number,
    surface: 'unknown',
    built: false,
    taken: false,
    broken: [fault],
    took: longestTime,
    memory: 0,
  };
}

/** Waits until a worker used more of a processor than an input may, or nothing came for long. */
async function lateness(pid: number, isOver: () => boolean): Promise<Ended> {
  const [began, used] = [performance.now(), processorTime(pid)];
  while (!isOver() && performance.now() - began < longestWait) {
    if (processorTime(pid) - used > longestTime + 250) return { ended: late };
    await sleep(200);
  }
  return { ended: late };
}

/** Has one number tried; what it says when the worker did not survive it. */
async function tried(child: ChildProcess, number: number): Promise<Result> {
  const done = next(child, 'done', longestSilence);
  const begun = next(child, 'begun', longestSilence);
  child.send(number);
  const first = await begun;
  if ('ended' in first) return failed(number, first.ended === 'hang' ? 'it never began' : first.ended);
  let isOver = false;
  const outcome = await Promise.race([done, lateness(child.pid ?? 0, () => isOver)]);
  isOver = true;
  if ('ended' in outcome) return failed(number, outcome.ended);
  const { result } = outcome as Extract<Message, { kind: 'done' }>;
  return result.took <= longestTime ? result : { ...result, broken: [...result.broken, late] };
}

/**
 * Has numbers tried, in any order. One that breaks a promise is tried again in a fresh process: a busy machine makes a
 * quick input late, and a hang is late each time.
 */
export async function tryAll(
  settings: PoolSettings,
  numbers: readonly number[],
  told: (result: Result, tries: number) => void,
): Promise<void> {
  const left = [...numbers].reverse();
  const serve = async (slot: number): Promise<void> => {
    let child: ChildProcess | undefined;
    let served = 0;
    for (let number = left.pop(); number !== undefined; number = left.pop()) {
      for (let tries = 1; ; tries++) {
        child ??= await readyWorker(settings, slot);
        const result = await tried(child, number);
        served += 1;
        const isBroken = result.broken.length > 0;
        if (isBroken || served >= longestLife) {
          end(child);
          [child, served] = [undefined, 0];
        }
        const isLate = result.broken.includes(late);
        if (isLate && tries < 3) continue;
        told(result, tries);
        break;
      }
    }
    if (child) end(child);
  };
  await Promise.all(
    Array.from({ length: Math.min(settings.workers, numbers.length) }, (_, slot) => serve(slot)),
  );
}
