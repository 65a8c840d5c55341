// One mutated input from a seed: a few mutations after another, of every kind.
import { oneOf } from '../campaign.js';
import { byteMutations } from './mutate-bytes.js';
import { textMutations } from './mutate-text.js';
import { mutateTree } from './mutate-tree.js';
import { type Random, chance, weighted, whole } from './random.js';

const largest = 1024 * 1024;

const kinds: readonly { name: string; weight: number; mutations: typeof byteMutations }[] = [
  { name: 'bytes', weight: 3, mutations: byteMutations },
  { name: 'text', weight: 5, mutations: textMutations },
  { name: 'tree', weight: 4, mutations: [{ name: 'tree', weight: 1, mutate: mutateTree }] },
];

/** Bytes that were mutated, and how. */
export interface Mutated {
  bytes: Buffer;
  how: string[];
}

/** Mutates a seed; `others` are seeds to splice with. A few come through as they are. */
export function mutate(random: Random, seed: Buffer, others: readonly Buffer[]): Mutated {
  const how: string[] = [];
  let bytes = seed;
  if (chance(random, 0.02)) return { bytes, how };
  for (let times = whole(random, 1, 3); times > 0; times--) {
    const { name, mutate: change } = weighted(random, weighted(random, kinds).mutations);
    bytes = change(random, bytes, () => oneOf(random, others));
    how.push(name);
    if (bytes.length > largest) bytes = bytes.subarray(0, largest);
  }
  return { bytes, how };
}
