// What the makers of calls share: a call from a line of words, and a seed mutated with its like.
import type { Corpus, Seed } from './corpus.js';
import type { Call, Input } from './input.js';
import { mutate } from './mutate.js';
import { type Random, chance } from './random.js';

/** Makes an input. */
export type Maker = (random: Random, corpus: Corpus) => Input | Promise<Input>;

/** A line as a shell would split it. */
export function words(line: string): string[] {
  return line.split(' ');
}

/** A call in the registry, with what else there is to it. */
export function call(argv: string[], more: Partial<Call>): Call {
  return { argv, env: {}, cwd: 'registry', files: new Map(), commit: false, ...more };
}

/** Asks for JSON in most calls. */
export function withJson(random: Random, argv: string[]): string[] {
  return chance(random, 0.6) ? [...argv, '--json'] : argv;
}

/** A seed, mutated with others of its kind. */
export function mutated(random: Random, corpus: Corpus, seed: Seed): { bytes: Buffer; how: string[] } {
  const others = (corpus.get(seed.kind) ?? [seed]).map(({ bytes }) => bytes);
  const { bytes, how } = mutate(random, seed.bytes, others);
  return { bytes, how: [seed.name, ...how] };
}
