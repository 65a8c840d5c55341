// One legal transition for a registry as it is, of any kind, told apart from all others by its number.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { oneOf } from '../campaign.js';
import type { Arena, Person } from './arena.js';
import type { VersionState } from './registry-state.js';

/** A transition to be made. */
export interface Operation {
  name: string;
  args: readonly string[];
  as: Person;
  /** Whether the same command again changes nothing, because the same thing is there already. */
  repeatable: boolean;
}

/** What an operation is made from. */
export interface Occasion {
  arena: Arena;
  versions: readonly VersionState[];
  /** Whether production had an earlier split to go back to. */
  canRollBack: boolean;
  turn: number;
  random: () => number;
}

function inputFile(arena: Arena, name: string, text: string): string {
  const folder = path.join(arena.root, 'inputs');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The gate that `register` passes. */
const gateText = `schema: mlc/gate@1
baseline: {version: production, on_missing: bootstrap}
metrics:
  accuracy: {better: higher}
checks:
  - {id: accuracy-floor, kind: offline, metric: accuracy, min: 0.9}
`;

/** Adds a model. */
export function modelAdd(arena: Arena, model: string): string[] {
  return [
    ...['model', 'add', model, '--owner', 'Ada <ada@example.com>', '--intended-use', 'rank customers'],
    ...['--risk', 'limited', '--gate', inputFile(arena, 'gate.yaml', gateText)],
    ...['--approver', 'grace@example.com'],
  ];
}

/** Registers another version of churn. */
export function registration(arena: Arena, turn: number): string[] {
  const results = { accuracy: 0.95, evaluation_dataset: 'golden@v1' };
  const digest = createHash('sha256').update(`weights ${turn}`).digest('hex');
  return [
    ...['register', 'churn', '--change', 'retraining', '--run', `runs:/${turn}`, '--seed', String(turn)],
    ...['--results', inputFile(arena, 'results.json', JSON.stringify(results)), '--gdpr-status', 'assessed'],
    ...['--dataset', `train@v${turn}`, '--commit', '0123456789abcdef', '--architecture', 'logistic'],
    ...['--started-at', '2026-03-01T12:00:00Z', '--artifact', `s3://models/weights=${digest}`],
  ];
}

type Maker = (occasion: Occasion, chosen: VersionState, reason: readonly string[]) => string[] | undefined;

const address = (version: VersionState): string => `churn@${version.version}`;
const live = (version: VersionState): number => version.shares.production ?? 0;
const isOpen = (version: VersionState): boolean =>
  !version.held && (version.status === 'approved' || version.status === 'deployed');

const makers: Readonly<Record<string, Maker>> = {
  register: ({ arena, turn }) => registration(arena, turn),
  approve: (_, chosen) => (chosen.status === 'registered' ? ['approve', address(chosen)] : undefined),
  deploy: (_, chosen, reason) =>
    isOpen(chosen) && live(chosen) === 0
      ? ['deploy', address(chosen), '--env', 'production', '--pattern', 'blue-green', ...reason]
      : undefined,
  ramp: ({ versions, random }, chosen, reason) => {
    const serving = versions.filter((version) => live(version) > 0);
    if (serving.length < 2 || !serving.every(isOpen) || live(chosen) === 0) return undefined;
    const traffic = oneOf(
      random,
      [10, 25, 40, 55, 70].filter((share) => share !== live(chosen)),
    );
    return ['ramp', address(chosen), '--env', 'production', '--traffic', String(traffic), ...reason];
  },
  canary: ({ versions, random }, chosen, reason) =>
    isOpen(chosen) &&
    live(chosen) === 0 &&
    versions.some((version) => live(version) === 100 && isOpen(version))
      ? [
          'deploy',
          address(chosen),
          '--env',
          'production',
          '--pattern',
          'canary',
          '--traffic',
          String(oneOf(random, [2, 5, 10])),
          ...reason,
        ]
      : undefined,
  rollback: ({ versions, canRollBack }, _, reason) =>
    canRollBack && !versions.some((version) => version.held || version.status === 'deprecated')
      ? ['rollback', 'churn', '--env', 'production', ...reason]
      : undefined,
  review: ({ turn }, chosen, reason) => {
    const day = new Date(Date.UTC(2027, 0, 1) + turn * 86_400_000).toISOString().slice(0, 10);
    return ['review', address(chosen), '--until', day, ...reason];
  },
  deprecate: (_, chosen) =>
    ['registered', 'approved'].includes(chosen.status)
      ? ['deprecate', address(chosen), '--without-successor', 'the product ends']
      : undefined,
  reinstate: (_, chosen, reason) =>
    chosen.status === 'deprecated' ? ['reinstate', address(chosen), ...reason] : undefined,
  hold: ({ versions }, chosen, reason) =>
    versions.some((version) => version.held)
      ? undefined
      : ['hold', address(chosen), '--kind', 'legal', ...reason],
  release: (_, chosen, reason) => (chosen.held ? ['release', address(chosen), ...reason] : undefined),
  monitor: ({ arena, turn }, chosen) => {
    if (live(chosen) === 0) return undefined;
    const end = new Date((arena.clock - 60) * 1000).toISOString().replace('.000', '');
    const file = inputFile(
      arena,
      `quality-${turn}.json`,
      // The same file again is the same report, however its window is called.
      JSON.stringify({ accuracy: 0.9 + (turn % 99_991) / 1_000_000 }),
    );
    return [
      ...['monitor', address(chosen), '--signal', 'quality', '--report', file, '--format', 'metrics'],
      ...['--window', `2026-03-01T00:00:00Z..${end}`],
    ];
  },
  'model add': ({ arena, turn }) => modelAdd(arena, `model-${turn}`),
  event: ({ turn }, _, reason) => [
    ...['event', 'churn', '--type', 'data-accumulation', '--new-examples', String(turn), ...reason],
  ],
};

/** The kinds of transitions that there are. */
const operationNames = Object.keys(makers);

/** One of the transitions that are legal now. Kinds are equally likely, however many versions each could be about. */
export function anyOperation(occasion: Occasion): Operation {
  const { random, versions, turn } = occasion;
  for (let tries = 0; tries < 1000; tries++) {
    const name = oneOf(random, operationNames);
    const args = makers[name]?.(occasion, oneOf(random, versions), ['-m', `turn ${turn}.`]);
    if (args !== undefined)
      return {
        name,
        args,
        as: name === 'approve' ? 'grace' : 'ada',
        repeatable: name === 'register' || name === 'monitor',
      };
  }
  throw new Error('no transition is legal');
}
