// One process of the model-based test: its share of the blocks and pairs, told to whoever started it.
import { rm } from 'node:fs/promises';
import { blockSize, liveBlock, openNursery } from './lives-block.js';
import { liveInMemory } from './lives-memory.js';
import { pairs, playPair } from './lives-pairs.js';
import type { Tally } from './lives-play.js';
import { newFolder } from './lives-world.js';

/** What a worker says: counts since it last spoke, what it found, or both. */
export interface Message {
  counts: Tally;
  found?: string;
}

const [seed = 0, sequences = 0, worker = 0, workers = 1] = process.argv.slice(2).map(Number);

// git as a stranger's machine has it: no settings, and nothing that points elsewhere.
for (const name of Object.keys(process.env)) if (/^(GIT|MLC)_/.test(name)) delete process.env[name];
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_SYSTEM = '/dev/null';

const folder = await newFolder();
const nursery = await openNursery(folder);

const blocks = Array.from({ length: Math.ceil(sequences / blockSize) }, (_, block) => (counts: Tally) => {
  const count = Math.min(blockSize, sequences - block * blockSize);
  return liveBlock(nursery, seed + block, count, counts);
});
/** In memory a life takes milliseconds, so there are more of them. */
const inMemory = Array.from({ length: workers }, (_, part) => (counts: Tally) => {
  return Promise.resolve(liveInMemory(seed + part, Math.min(1000, 2 * sequences), counts));
});
/** A small run plays some of the pairs; which ones, the seed says. */
const step = Math.max(1, Math.floor(100 / sequences));
const crossings = pairs
  .map((_, index) => index)
  .filter((index) => index % step === seed % step)
  .map((index) => (counts: Tally) => playPair(nursery, index, seed, counts));

let found: string | undefined;
for (const [index, work] of [...inMemory, ...crossings, ...blocks].entries()) {
  if (index % workers !== worker) continue;
  const counts: Tally = {};
  found = await work(counts);
  const message: Message = found === undefined ? { counts } : { counts, found };
  process.send?.(message);
  if (found !== undefined) break;
}
if (found === undefined) await rm(folder, { recursive: true, force: true });
process.disconnect();
