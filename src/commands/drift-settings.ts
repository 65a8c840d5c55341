// The flags of mlc drift, read and checked.
import { parseWindow } from '../adapters/window.js';
import { usage } from '../errors.js';
import { type JudgedMethod, type Judging, judgedMethods } from '../lifecycle/drift/compare.js';
import type { ZeroRule } from '../lifecycle/drift/stability.js';
import type { Window } from '../lifecycle/monitoring/observation.js';
import { didYouMean } from '../lifecycle/similarity.js';
import { type Input, number, text, texts } from './command.js';

/** The threshold of the PSI where none is given: the one cut that the field agrees on. */
const usualThreshold = 0.2;
/** Below this many values a side, a PSI above 0.2 is often chance: in 41 % of runs with 100, in 2.5 % with 200. */
const usualMinimum = 200;

/** A flag with a whole number in a range. */
function whole(input: Input, name: string, least: number, most: number): number | undefined {
  const value = number(input, name);
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw usage('input/number', `--${name} is ${value}; it is a whole number from ${least} to ${most}`);
}

/** `floor:SHARE`, `laplace[:COUNT]` or `skip`. */
function parseZeros(given: string): ZeroRule {
  const [kind, value, ...rest] = given.split(':');
  const amount = value === undefined ? undefined : Number(value);
  const isPlain = rest.length === 0 && (value === undefined || (value !== '' && Number.isFinite(amount)));
  if (isPlain && kind === 'skip' && amount === undefined) return { kind: 'skip' };
  if (isPlain && kind === 'laplace' && (amount ?? 1) > 0) return { kind: 'laplace', count: amount ?? 1 };
  if (isPlain && kind === 'floor' && amount !== undefined && amount > 0 && amount < 1)
    return { kind: 'floor', share: amount };
  throw usage(
    'drift/zeros',
    `--zeros is "${given}"; it is floor:SHARE, laplace, laplace:COUNT or skip`,
    '--zeros floor:0.0001',
  );
}

/** A window whose end is not before its start. */
function windowOf(given: string | undefined, now: string): Window | null {
  if (given === undefined) return null;
  const window = parseWindow(given, now);
  if (Date.parse(window.start) > Date.parse(window.end))
    throw usage('drift/window', `--window ends before it starts: ${given}`, 'swap the two');
  return window;
}

function parseThresholds(given: readonly string[]): Map<JudgedMethod, number> {
  const thresholds = new Map<JudgedMethod, number>([['psi', usualThreshold]]);
  for (const pair of given) {
    const at = pair.lastIndexOf('=');
    const [method, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const known = judgedMethods.find((name) => name === (method === 'ks' ? 'ks-statistic' : method));
    if (at < 0 || value.trim() === '' || !(Number(value) >= 0) || !Number.isFinite(Number(value)))
      throw usage(
        'drift/threshold',
        `--threshold is "${pair}"; it is METHOD=NUMBER`,
        '--threshold psi=0.2; methods: ' + judgedMethods.join(', '),
      );
    if (!known)
      throw usage(
        'drift/threshold',
        `--threshold names "${method}", which no verdict can rest on`,
        didYouMean(method, judgedMethods),
      );
    thresholds.set(known, Number(value));
  }
  return thresholds;
}

function parseEdges(given: readonly string[]): Map<string, number[]> {
  return new Map(
    given.map((pair) => {
      const at = pair.lastIndexOf('=');
      const edges = pair
        .slice(at + 1)
        .split(',')
        .map((edge) => (edge.trim() === '' ? Number.NaN : Number(edge)));
      const ascends = edges.every(
        (edge, index) => Number.isFinite(edge) && (index === 0 || edge > (edges[index - 1] ?? 0)),
      );
      if (at <= 0 || !ascends)
        throw usage(
          'drift/edges',
          `--edges is "${pair}"; it is NAME= and the inner edges of its bins, ascending`,
          '--edges tenure=12,24,48',
        );
      return [pair.slice(0, at), edges] as const;
    }),
  );
}

function parseEmbeddings(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((pair) => {
      const match = /^([^=]+)=([^*=]+)\*$/.exec(pair);
      if (!match)
        throw usage(
          'drift/embedding',
          `--embedding is "${pair}"; it is NAME=PREFIX*`,
          "--embedding 'text=emb_*'; a column that holds a list of numbers needs no flag",
        );
      return [match[1] as string, match[2] as string] as const;
    }),
  );
}

/** What the flags ask for. */
export interface DriftSettings {
  judging: Judging;
  bins: number;
  window: Window | null;
  columns: string[];
  categorical: string[];
  numeric: string[];
  embeddings: Map<string, string>;
  edges: Map<string, readonly number[]>;
  missing: string[];
  /** How many numbers of a column are kept; by the number of columns where it is not said. */
  sample: number | undefined;
}

/** Reads the flags. `now` is a UTC timestamp. */
export function readSettings(input: Input, now: string): DriftSettings {
  const minimum = text(input, 'minSamples');
  if (minimum !== undefined && !/^\d{1,9}$/.test(minimum))
    throw usage('input/number', `--min-samples is "${minimum}"; it is a whole number`, '--min-samples 200');
  return {
    judging: {
      zeros: parseZeros(text(input, 'zeros') ?? 'floor:0.0001'),
      thresholds: parseThresholds(texts(input, 'threshold')),
      minSamples: minimum === undefined ? usualMinimum : Number(minimum),
    },
    bins: whole(input, 'bins', 2, 200) ?? 10,
    window: windowOf(text(input, 'window'), now),
    columns: texts(input, 'column'),
    categorical: texts(input, 'categorical'),
    numeric: texts(input, 'numeric'),
    embeddings: parseEmbeddings(texts(input, 'embedding')),
    edges: parseEdges(texts(input, 'edges')),
    missing: texts(input, 'missing'),
    sample: whole(input, 'sample', 1000, 100_000_000),
  };
}
