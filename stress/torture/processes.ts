// Which processes work in a folder, so that what outlived its parent can be waited for.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function worksIn(id: string, folder: string): boolean {
  try {
    return `${readlinkSync(`/proc/${id}/cwd`)}/`.startsWith(`${folder}/`);
  } catch {
    // It is over.
    return false;
  }
}

/** Numbers and command lines of the processes that work in a folder. */
export function processesIn(folder: string): { id: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && worksIn(name, folder))
    .map((name) => {
      let command = '';
      try {
        command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      } catch {
        // It ended in between.
      }
      return { id: Number(name), command };
    });
}

// Whoever starts another and ends while we look is not seen, and neither is the other.
const quietLooks = 4;

/** Waits until nobody works in a folder, and answers who still did so when the patience was over. */
export async function stillness(folder: string, patience = 20_000): Promise<string[]> {
  const deadline = Date.now() + patience;
  for (let quiet = 0; ;) {
    const left = processesIn(folder);
    quiet = left.length === 0 ? quiet + 1 : 0;
    if (quiet === quietLooks || Date.now() > deadline) return left.map(({ command }) => command);
    await sleep(5);
  }
}
