// Ctrl-C during a transition: what git does for it is stopped, the transition is taken back, and only then mlc ends.
import { Failure } from '../errors.js';
import { interruptGit } from '../git/run.js';
import { descendants } from './processes.js';
import { isUnknown } from './refusals.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// Whoever waits for something that does not stop presses it again, or waits for this long.
const longestEnd = 5_000;

let underWay = 0;
let interrupted = false;

function interrupt(): void {
  if (interrupted) process.exit(130);
  interrupted = true;
  setTimeout(() => process.exit(130), longestEnd).unref();
  // git does not tell its hooks that it was interrupted, and they would run on without it.
  for (const id of descendants())
    try {
      process.kill(id, 'SIGTERM');
    } catch {
      // It ended by itself.
    }
  interruptGit();
}

/** The failure of a transition that was interrupted; undefined where it was not. */
function interruption(): Failure | undefined {
  if (!interrupted) return undefined;
  return new Failure({
    code: 'interrupted',
    message: 'interrupted, and nothing was changed',
    hint: 'run the command again',
    exitCode: 130,
  });
}

/** Stops where the process was asked to end, while nothing is decided yet. */
export function stopIfInterrupted(): void {
  const failure = interruption();
  if (failure) throw failure;
}

/** Does work that takes itself back when it fails, and has it fail when the process is asked to end. */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  if (underWay === 0) for (const signal of signals) process.on(signal, interrupt);
  underWay += 1;
  try {
    return await work();
  } catch (error) {
    throw (isUnknown(error) ? undefined : interruption()) ?? error;
  } finally {
    underWay -= 1;
    if (underWay === 0) for (const signal of signals) process.off(signal, interrupt);
  }
}
