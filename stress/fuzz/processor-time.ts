// How much of a processor a process and the programs that it ran have used: on a busy machine, time alone says little.
import { readFileSync } from 'node:fs';

// What the kernel counts in, on every Linux that node runs on.
const ticksPerSecond = 100;

/** Milliseconds of processor time of a process and of its children that ended; the clock's where the system does not tell. */
export function processorTime(process: number | 'self'): number {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    // The name in parentheses may hold spaces; user and system time, own and of children, are the 12th to 15th field after it.
    const ticks = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15);
    return ticks.reduce((sum, count) => sum + Number(count), 0) * (1000 / ticksPerSecond);
  } catch {
    return performance.now();
  }
}
