// A process that tries inputs one after another as its parent names them, so that one that hangs or dies is known.
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readCorpus } from './corpus.js';
import { inputOf } from './inputs.js';
import { placeIn } from './place.js';
import { listingOf } from './surroundings.js';
import { type Bench, tryInput } from './try-input.js';
import { largestMemory } from './bounds.js';

/** What came of one number. */
export interface Result {
  number: number;
  surface: string;
  built: boolean;
  taken: boolean;
  broken: string[];
  /** Milliseconds of processor time. */
  took: number;
  /** Megabytes that the process has held at most. */
  memory: number;
}

/** What a worker tells. */
export type Message =
  { kind: 'ready' } | { kind: 'begun'; number: number } | { kind: 'done'; result: Result };

function tell(message: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

const [seed = '', original = '', folder = ''] = process.argv.slice(2);

rmSync(folder, { recursive: true, force: true });
cpSync(original, folder, { recursive: true, preserveTimestamps: true });
// The corpus is read from what no input touches.
const corpus = readCorpus(original);
const place = placeIn(folder);
const bench: Bench = { place, original, listing: listingOf(folder) };

/** What is loaded on the first use is no part of an input's time. */
async function warmUp(): Promise<void> {
  for (let number = 1; number <= 40; number++) {
    const { input } = await inputOf(0, number, corpus);
    await tryInput(bench, input, false, () => Promise.resolve());
  }
}

async function tryNumber(number: number): Promise<void> {
  const { input, built } = await inputOf(Number(seed), number, corpus);
  const { verdict } = await tryInput(bench, input, built, () => tell({ kind: 'begun', number }));
  const memory = process.resourceUsage().maxRSS / 1024;
  const broken =
    memory > largestMemory ? [...verdict.broken, `${Math.round(memory)} MB of memory`] : verdict.broken;
  await tell({
    kind: 'done',
    result: { number, surface: input.surface, built, ...verdict, broken, memory },
  });
}

process.on('message', (number: number) => {
  // A fault of the fuzzer's own ends the process, and is told by its end.
  void tryNumber(number);
});
process.on('disconnect', () => process.exit());
process.chdir(path.join(folder, 'outside'));
await warmUp();
await tell({ kind: 'ready' });
