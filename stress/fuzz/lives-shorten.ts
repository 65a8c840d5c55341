// Makes a sequence that goes wrong shorter: takes questions away, as long as it still goes wrong.
import { rm } from 'node:fs/promises';
import { checkWhole } from './lives-check.js';
import { Disagreement, replay } from './lives-play.js';
import type { Question } from './lives-steps.js';
import { type Prepared, copyOf } from './lives-world.js';

/** How long a sequence is shortened, in milliseconds. */
const patience = 90_000;

async function failing(
  prepared: Prepared,
  questions: readonly Question[],
  folder: string,
): Promise<Disagreement | undefined> {
  await rm(folder, { recursive: true, force: true });
  try {
    await checkWhole(await replay(await copyOf(prepared, folder), questions), {});
    return undefined;
  } catch (error) {
    if (error instanceof Disagreement) return error;
    throw error;
  }
}

/**
 * The shortest sequence that was found to go wrong, with what is wrong with it; its registry is left in the folder. The
 * questions stay as they are while others are taken away, so that every step of the answer can be typed.
 */
export async function shorten(
  prepared: Prepared,
  found: Disagreement,
  folder: string,
): Promise<{ shortest: Disagreement; tries: number }> {
  const end = performance.now() + patience;
  let shortest = found;
  let tries = 0;
  for (
    let size = Math.ceil(found.questions.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = shortest.questions.length - size; at > -size; at -= size) {
      if (performance.now() > end) break;
      const { questions } = shortest;
      const fewer = questions.filter((_, index) => index < at || index >= at + size);
      if (fewer.length === questions.length) continue;
      tries += 1;
      shortest = (await failing(prepared, fewer, folder)) ?? shortest;
    }
  }
  // Once more, since the last try may have gone well and the folder is to show what is wrong.
  return { shortest: (await failing(prepared, shortest.questions, folder)) ?? shortest, tries };
}
