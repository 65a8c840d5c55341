// Random choices of the fuzzer, each input's from its own number, so that any one can be made again alone.
import { oneOf, randomFrom } from '../campaign.js';

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** The random numbers of one input: they follow from the seed and its number alone. */
export function randomOf(seed: number, input: number): Random {
  return randomFrom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(input, 0x85ebca6b)) >>> 0);
}

/** A whole number from `least` to `most`. */
export function whole(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Whether something of this probability happens. */
export function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

/** One of several by weight. */
export function weighted<T extends { weight: number }>(random: Random, choices: readonly T[]): T {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const choice of choices) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  return oneOf(random, choices);
}
