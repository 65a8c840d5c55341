// Says on what machine and on which day numbers were measured.
import type { Run } from '../results.js';

/** One sentence that says where the numbers below it come from. */
export function origin({ date, machine, seed }: Run): string {
  return `Measured ${date} on ${machine.cores} cores (${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system}), Node ${machine.node}, git ${machine.git}; seed ${seed}.`;
}
