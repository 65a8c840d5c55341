// A block of lives: random ones from one seed, and what is printed of one that goes wrong.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { asyncProperty, check } from 'fast-check';
import { checkWhole } from './lives-check.js';
import { Disagreement, type Tally, play, tally } from './lives-play.js';
import { shorten } from './lives-shorten.js';
import { type Life, lives } from './lives-steps.js';
import { type Prepared, copyOf, prepare, settings } from './lives-world.js';

/** How many lives one seed gives. */
export const blockSize = 10;

/** Registries ready to be copied. */
export interface Nursery {
  folder: string;
  prepared: readonly Prepared[];
}

/** Prepares a registry for each set of rules. */
export async function openNursery(folder: string): Promise<Nursery> {
  const prepared = [];
  for (const index of settings.keys()) prepared.push(await prepare(folder, index));
  return { folder, prepared };
}

/** Lives one life in a folder of its own, which goes when nothing was found. */
async function live(nursery: Nursery, life: Life, name: string, counts: Tally): Promise<void> {
  const folder = path.join(nursery.folder, name);
  await rm(folder, { recursive: true, force: true });
  const played = await play(
    await copyOf(nursery.prepared[life.rules] as Prepared, folder),
    life.steps,
    counts,
  );
  await checkWhole(played, counts);
  await rm(folder, { recursive: true, force: true });
}

/**
 * Lives a block of lives. Answers nothing, or what is wrong: the shortest life that shows it, and how to see it again.
 * The folder of that life is left behind.
 */
export async function liveBlock(
  nursery: Nursery,
  seed: number,
  count: number,
  counts: Tally,
): Promise<string | undefined> {
  let wrong: { life: Life; error: unknown } | undefined;
  const property = asyncProperty(lives(settings.length), async (life) => {
    try {
      await live(nursery, life, `life-${seed}`, counts);
    } catch (error) {
      wrong = { life, error };
      throw error;
    }
  });
  // Shortening is our own: what a step means depends on those before it, so fast-check would look for another life.
  const result = await check(property, { seed, numRuns: count, endOnFailure: true });
  tally(counts, 'sequences', result.numRuns);
  if (!wrong) return undefined;
  if (!(wrong.error instanceof Disagreement)) throw wrong.error;
  const prepared = nursery.prepared[wrong.life.rules] as Prepared;
  const folder = path.join(nursery.folder, `found-${seed}`);
  const { shortest, tries } = await shorten(prepared, wrong.error, folder);
  const [before, after] = [wrong.error, shortest].map(({ questions }) => questions.length);
  return [
    `A life differs from the reference (${before} questions, shortened to ${after} by ${tries} tries):`,
    shortest.message,
    `fast-check: seed ${result.seed}, path ${result.counterexamplePath ?? ''}, rules ${wrong.life.rules}`,
    `again: npm run fuzz -- --seed ${seed} --inputs 0 --sequences ${result.numRuns}`,
  ].join('\n');
}
