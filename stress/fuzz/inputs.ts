// Which input has which number: every twenty-fifth goes through the built program, the rest in this process.
import { calls } from './calls.js';
import type { Corpus } from './corpus.js';
import type { Input } from './input.js';
import { chance, randomOf, weighted } from './random.js';
import { readers, readingFor } from './readers.js';

/** An input, and whether the built program is to be given it. */
export interface Numbered {
  input: Input;
  built: boolean;
}

/** Makes an input from the seed and its number. */
export async function inputOf(seed: number, number: number, corpus: Corpus): Promise<Numbered> {
  const random = randomOf(seed, number);
  const built = number % 25 === 0;
  if (!built && chance(random, 0.7))
    return { input: readingFor(random, corpus, weighted(random, readers)), built };
  return { input: await weighted(random, calls).make(random, corpus), built };
}
