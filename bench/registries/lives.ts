// Makes up what became of each version of a model: some serve, some wait, most are over.
import { oneOf } from '../../stress/campaign.js';
import type { Kind, Turn } from './seed.js';

/** One version of a model that is made up. */
export interface Life {
  version: string;
  kind: Kind;
  turn: Turn;
  /** The version before it. */
  from: string | undefined;
}

type Random = () => number;

/** Kinds of change, as often as they come: the same model on newer data most often. */
const usual: readonly Kind[] = [
  'retraining',
  'retraining',
  'retraining',
  'retraining',
  'architecture',
  'configuration',
];

/** Between 1 and 200, small numbers far more often: half of all models have fewer than 15 versions. */
export function versionCount(random: Random): number {
  return Math.floor(200 ** random());
}

function newestOf(random: Random): { kind: Kind; turn: Turn } {
  return oneOf(random, [
    { kind: 'retraining', turn: 'registered' },
    { kind: 'retraining', turn: 'approved' },
    { kind: 'retraining', turn: 'canary' },
    { kind: 'retraining', turn: 'serving' },
    { kind: 'retraining', turn: 'serving' },
    { kind: 'architecture', turn: 'registered' },
    { kind: 'architecture', turn: 'shadow' },
    { kind: 'architecture', turn: 'canary' },
    { kind: 'architecture', turn: 'serving' },
  ] as const);
}

/** Newest first: one that is new, the one that serves, a few that may come back or run out, and those that are over. */
function turnsOf(count: number, random: Random): { kind: Kind; turn: Turn }[] {
  if (count === 1)
    return [{ kind: 'first', turn: oneOf(random, ['registered', 'approved', 'serving'] as const) }];
  const newest = newestOf(random);
  const rest = Array.from({ length: count - 1 }, (_, index): Kind =>
    index === count - 2 ? 'first' : oneOf(random, usual),
  );
  let serves = newest.turn === 'serving';
  let lately = 0;
  const older = rest.map((kind): { kind: Kind; turn: Turn } => {
    if (kind === 'configuration') return { kind, turn: 'rejected' };
    if (!serves) {
      serves = true;
      if (newest.turn !== 'canary') return { kind, turn: 'serving' };
      // No example gives way after a change of architecture.
      return { kind: kind === 'first' ? kind : 'retraining', turn: 'giving-way' };
    }
    lately += 1;
    if (lately > 6) return { kind, turn: 'retired' };
    return { kind, turn: oneOf(random, ['served', 'deprecated', 'retired'] as const) };
  });
  return [newest, ...older];
}

function numbered(before: string | undefined, kind: Kind): string {
  if (before === undefined) return '1.0.0';
  const [major = 0, minor = 0, patch = 0] = before.split('.').map(Number);
  if (kind === 'architecture') return `${major + 1}.0.0`;
  return kind === 'configuration' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** The versions of one model, oldest first. */
export function livesOf(count: number, random: Random): Life[] {
  const lives: Life[] = [];
  for (const { kind, turn } of turnsOf(count, random).reverse()) {
    const from = lives.at(-1)?.version;
    lives.push({ version: numbered(from, kind), kind, turn, from });
  }
  return lives;
}
