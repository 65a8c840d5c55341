// Keeps numbers, all of them up to a capacity, and beyond it a random sample that is the same in every run.

/** Numbers that were kept. */
export interface NumberSample {
  add: (value: number) => void;
  /** How many were added. */
  seen: () => number;
  /** What was kept, ascending. The sample is given away by this, and can't be added to any more. */
  sorted: () => Float64Array;
}

const chunkSize = 16_384;

/** A generator of numbers in [0, 1) with 53 random bits from a seed (Mulberry32, twice a number). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 2 ** 53;
}

/**
 * A sample of at most `capacity` numbers: beyond it each number has the same chance to be kept (Vitter 1985,
 * algorithm R).
 */
export function numberSample(capacity: number, seed = 1): NumberSample {
  let chunks: Float64Array[] = [];
  let seen = 0;
  const random = randomFrom(seed);
  const put = (at: number, value: number): void => {
    const chunk = (chunks[Math.floor(at / chunkSize)] ??= new Float64Array(
      Math.min(chunkSize, capacity - at),
    ));
    chunk[at % chunkSize] = value;
  };
  return {
    add: (value) => {
      seen += 1;
      if (seen <= capacity) {
        put(seen - 1, value);
        return;
      }
      const at = Math.floor(random() * seen);
      if (at < capacity) put(at, value);
    },
    seen: () => seen,
    sorted: () => {
      const whole = new Float64Array(Math.min(seen, capacity));
      for (const [index, chunk] of chunks.entries())
        whole.set(chunk.subarray(0, whole.length - index * chunkSize), index * chunkSize);
      chunks = [];
      return whole.sort();
    },
  };
}
