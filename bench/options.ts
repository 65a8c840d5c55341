// What a run measures: read from the environment and the command line.
import { openCampaign } from '../stress/campaign.js';

const parts = ['rows', 'memory', 'audit', 'monitoring', 'nodes', 'peers'] as const;
export type Part = (typeof parts)[number];

/** What was asked for. */
export interface Options {
  /** Sizes of registries, in records, smallest first. */
  sizes: number[];
  /** How often each command is measured; by size where nobody said it. */
  runs: number | undefined;
  parts: Part[];
  /** Where built registries stay, for the next run. */
  keep: string | undefined;
  /** The folder of the README.md that the results go into; none of a smaller run that names no folder of its own. */
  output: string | undefined;
  /** Transitions of the history that is audited. */
  transitions: number;
  /** Models that are watched for a year. */
  watched: number;
  seed: number;
}

/** The same in every run, so that two runs measure the same registries. */
const usualSeed = 20_270_601;

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${name} is a number from 1, not "${text}"`);
  return Number(text);
}

function list(name: string, otherwise: readonly string[]): string[] {
  const text = process.env[name];
  return text === undefined || text === '' ? [...otherwise] : text.split(',').map((part) => part.trim());
}

function partsAsked(): Part[] {
  return list('MLC_BENCH_ONLY', parts).map((name) => {
    const found = parts.find((part) => part === name);
    if (found === undefined) throw new Error(`MLC_BENCH_ONLY takes ${parts.join(', ')}, not "${name}"`);
    return found;
  });
}

function sizesAsked(): number[] {
  const sizes = list('MLC_BENCH_SIZES', ['100', '1000', '10000', '100000']).map(Number);
  for (const size of sizes)
    if (!Number.isInteger(size) || size < 20) throw new Error('MLC_BENCH_SIZES takes whole numbers from 20');
  return sizes.sort((a, b) => a - b);
}

/** A run at other sizes says nothing about the budgets, so it must not take the place of one that does. */
function isSmaller(): boolean {
  const changed = ['SIZES', 'RUNS', 'TRANSITIONS', 'MODELS'];
  return changed.some((name) => Boolean(process.env[`MLC_BENCH_${name}`]));
}

/** Reads what is asked for, and prints the line that replays the run. */
export function readOptions(folder: string): Options {
  if (!process.argv.some((word) => word.startsWith('--seed'))) process.argv.push('--seed', String(usualSeed));
  const { seed } = openCampaign('bench', {});
  const largest = sizesAsked().at(-1) ?? 10_000;
  const runs = wholeNumber('MLC_BENCH_RUNS', 0);
  return {
    sizes: sizesAsked(),
    runs: runs === 0 ? undefined : runs,
    parts: partsAsked(),
    keep: process.env.MLC_BENCH_KEEP || undefined,
    output: process.env.MLC_BENCH_OUTPUT || (isSmaller() ? undefined : folder),
    transitions: wholeNumber('MLC_BENCH_TRANSITIONS', Math.min(10_000, largest)),
    watched: wholeNumber('MLC_BENCH_MODELS', Math.min(1000, largest)),
    seed,
  };
}

/** How often a command is measured in a registry of so many records. */
export function runsAt(options: Options, size: number): number {
  if (options.runs !== undefined) return options.runs;
  if (size >= 100_000) return 3;
  return size >= 10_000 ? 7 : 9;
}

/** The size that the budgets are about, or the nearest one below it. */
export function mainSize(options: Options): number {
  return options.sizes.filter((size) => size <= 10_000).at(-1) ?? options.sizes[0] ?? 10_000;
}
