// Random lives of a model against the small reference of the lifecycle's rules; `npm run fuzz` plays many more.
import { describe, expect, it } from 'vitest';
import { type Nursery, liveBlock, openNursery } from '../../stress/fuzz/lives-block.js';
import { liveInMemory } from '../../stress/fuzz/lives-memory.js';
import { pairs, playPair } from '../../stress/fuzz/lives-pairs.js';
import type { Tally } from '../../stress/fuzz/lives-play.js';
import { temporaryFolder } from '../support/folders.js';

const seed = 20_260_301;

// Everything here waits for git, and a busy machine makes it wait long.
const patience = 300_000;

let nursery: Promise<Nursery> | undefined;

function prepared(): Promise<Nursery> {
  nursery ??= temporaryFolder().then(openNursery);
  return nursery;
}

describe('the program and the reference of its rules', () => {
  it('decide alike in random lives in memory', () => {
    const counts: Tally = {};
    expect(liveInMemory(seed, 100, counts)).toBeUndefined();
    expect(counts.accepted).toBeGreaterThan(500);
    expect(counts.refused).toBeGreaterThan(200);
  });

  it(
    'give the same answers to a random sequence of command lines',
    async () => {
      const counts: Tally = {};
      expect(await liveBlock(await prepared(), seed, 2, counts)).toBeUndefined();
      expect(counts.sequences).toBe(2);
      expect(counts.accepted).toBeGreaterThan(10);
    },
    patience,
  );

  it(
    'agree on holding and deploying, whichever comes first',
    async () => {
      const index = pairs.findIndex((pair) => pair.includes('deploy') && pair.includes('hold'));
      const counts: Tally = {};
      expect(await playPair(await prepared(), index, seed, counts)).toBeUndefined();
      expect(counts['pairs in either order']).toBe(1);
    },
    patience,
  );
});
