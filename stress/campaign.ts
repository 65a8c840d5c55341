// What the stress programs share: a seed that replays a run, random choices that follow from it, and counts at the end.
import { parseArgs } from 'node:util';

/** One run of a stress program. */
export interface Campaign {
  /** Printed first; `--seed` gives it again. */
  seed: number;
  /** A number from 0 up to, not including, 1. */
  random: () => number;
  /** The program's numeric flags, as given or by default. */
  numbers: Readonly<Record<string, number>>;
  /** What was counted so far. */
  counts: Record<string, number>;
}

/** Random numbers from a seed (mulberry32), so that a run can be looked at again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Any one of several. */
export function oneOf<T>(random: () => number, choices: readonly T[]): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('there is nothing to choose from');
  return chosen;
}

/** Adds to a count. */
export function count(campaign: Campaign, name: string, by = 1): void {
  campaign.counts[name] = (campaign.counts[name] ?? 0) + by;
}

/** Reads `--seed` and the program's own numeric flags, and prints the line that replays the run. */
export function openCampaign(program: string, defaults: Readonly<Record<string, number>>): Campaign {
  const names = ['seed', ...Object.keys(defaults)];
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const given = (name: string, otherwise: number): number => {
    const value = values[name];
    if (value === undefined) return otherwise;
    if (!/^\d+$/.test(String(value))) throw new Error(`--${name} takes a whole number, not ${String(value)}`);
    return Number(value);
  };
  const seed = given('seed', Date.now() % 1_000_000_000);
  const numbers = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, given(name, value)]),
  );
  const flags = Object.entries(numbers).map(([name, value]) => `--${name} ${value}`);
  process.stdout.write(`npm run ${program} -- ${['--seed', seed, ...flags].join(' ')}\n`);
  return { seed, random: randomFrom(seed), numbers, counts: {} };
}

/** Prints the counts, one a line, and as the last line all of them as one JSON document. */
export function closeCampaign(campaign: Campaign): void {
  const width = Math.max(...Object.keys(campaign.counts).map((name) => name.length));
  for (const [name, value] of Object.entries(campaign.counts))
    process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
  process.stdout.write(`${JSON.stringify({ seed: campaign.seed, ...campaign.counts })}\n`);
}
