// Brings about every fault, each in a registry of its own, and counts.
import { rmSync } from 'node:fs';
import { type Campaign, count } from '../../campaign.js';
import type { Arena } from '../arena.js';
import { makeArena } from '../worlds.js';
import { clockFaults } from './clocks.js';
import { damageFaults } from './damage.js';
import { diskFaults } from './disks.js';
import { hangingFaults } from './hanging.js';
import { lateFaults } from './late.js';
import { lockFaults } from './locks.js';

const faults = [
  ...diskFaults,
  ...lockFaults,
  ...damageFaults,
  ...clockFaults,
  ...hangingFaults,
  ...lateFaults,
];

/** Meets every fault. All are tried before the first broken promise is thrown. */
export async function meetFaults(campaign: Campaign, origin: Arena, runFolder: string): Promise<void> {
  const broken: string[] = [];
  for (const fault of faults) {
    const arena = makeArena(origin, runFolder, fault.kind);
    try {
      const skipped = await fault.meet(arena);
      count(campaign, skipped === undefined ? 'faults met' : 'faults skipped');
      process.stderr.write(
        skipped === undefined ? `met: ${fault.name}\n` : `skipped: ${fault.name}: ${skipped}\n`,
      );
      rmSync(arena.root, { recursive: true, force: true });
    } catch (error) {
      count(campaign, 'faults that broke a promise');
      broken.push(
        `${fault.name}, in ${arena.folder}:\n${error instanceof Error ? error.message : String(error)}`,
      );
      process.stderr.write(`BROKEN: ${broken.at(-1)}\n`);
    }
  }
  if (broken.length > 0) throw new Error(broken.join('\n\n'));
}
