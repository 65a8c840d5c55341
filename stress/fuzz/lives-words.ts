// An operation of the reference as the words of a command line.
import { createHash } from 'node:crypto';
import path from 'node:path';
import type {
  Deploy,
  Deprecate,
  Ramp,
  Register,
  Retire,
  Simple,
  Transition,
} from './reference-operations.js';
import { type Artifact, type State, select } from './reference-state.js';

export const model = 'churn';

/** The digest of an artifact. */
export function digestOf({ kind, content }: Artifact): string {
  return createHash('sha256').update(`${kind} ${content}`).digest('hex');
}

/** The name of the results file of an accuracy. */
export function resultsFile(accuracy: number | null): string {
  return `results-${accuracy ?? 'none'}.json`;
}

const flag = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];

const because = (reason: string | undefined): string[] => (reason === undefined ? [] : ['-m', reason]);

const moment = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

function registering(asked: Register, results: string): string[] {
  const { given } = asked;
  const artifacts = asked.artifacts.flatMap((artifact) => {
    const kind = artifact.kind === 'weights' ? '' : `,kind=${artifact.kind}`;
    return ['--artifact', `s3://models/${artifact.kind}=${digestOf(artifact)}${kind}`];
  });
  return [
    'register',
    model,
    ...flag('change', asked.change),
    ...flag('results', path.join(results, resultsFile(asked.accuracy))),
    ...flag('gdpr-status', 'assessed'),
    ...flag('run', given.dataset && 'runs:/1'),
    ...flag('dataset', given.dataset),
    ...flag('commit', given.commit),
    ...flag('seed', given.seed),
    ...flag('architecture', given.architecture),
    ...flag('hyperparameter', given.depth === undefined ? undefined : `depth=${given.depth}`),
    ...flag('started-at', given.startedAt === undefined ? undefined : moment(given.startedAt)),
    ...artifacts,
    ...(asked.modification ? ['--substantial-modification', 'no', '--modification-reason', 'small'] : []),
    ...flag('deprecation-target', asked.target),
    ...flag('bump-from', asked.bumpFrom),
  ];
}

function retiring(asked: Retire, state: State): string[] {
  const life = select(state, asked.version);
  const own = typeof life === 'string' ? [] : life.artifacts;
  const other: Artifact[] = [{ kind: 'weights', content: 'of nobody' }];
  const stored = { all: own, none: [], other }[asked.stored];
  return [
    'retire',
    `${model}@${asked.version}`,
    ...stored.flatMap((artifact) => ['--cold-storage', `${digestOf(artifact)}=s3://cold/${artifact.kind}`]),
    ...Object.entries(asked.retain).flatMap(([kind, years]) => ['--retain', `${kind}=P${years}Y`]),
    ...asked.released.flatMap((name) => ['--consumer-released', name]),
    ...flag(
      'compliance-confirmed-by',
      asked.confirmedBy && `${asked.confirmedBy} <${asked.confirmedBy}@example.com>`,
    ),
    ...(asked.withdraw ? ['--withdraw'] : []),
    ...because(asked.reason),
  ];
}

function plain(asked: Simple | Deploy | Ramp | Deprecate): string[] {
  const words = [asked.kind, `${model}@${asked.version}`];
  switch (asked.kind) {
    case 'approve':
      return words;
    case 'reject':
    case 'reinstate':
      return [...words, ...because(asked.reason)];
    case 'review':
      return [...words, ...flag('until', asked.until), ...because(asked.reason)];
    case 'hold':
    case 'release':
      return [...words, ...flag('kind', asked.hold), ...because(asked.reason)];
    case 'deploy':
      return [
        ...words,
        ...flag('env', asked.env),
        ...flag('pattern', asked.pattern),
        ...flag('traffic', asked.traffic),
        ...flag('mirror', asked.mirror),
      ];
    case 'ramp':
      return [...words, ...flag('env', asked.env), ...flag('traffic', asked.traffic)];
    case 'deprecate':
      return [
        ...words,
        ...flag('notice-until', asked.until),
        ...flag('successor', asked.successor),
        ...flag('without-successor', asked.without),
      ];
  }
}

/** The command line of a transition; `results` is the folder with the results files. */
export function wordsOf(asked: Transition, state: State, results: string): string[] {
  if (asked.kind === 'register') return registering(asked, results);
  if (asked.kind === 'rollback') return ['rollback', model, '--env', asked.env];
  return asked.kind === 'retire' ? retiring(asked, state) : plain(asked);
}
