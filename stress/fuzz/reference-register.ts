// The reference's rules of registering: number, lineage, gate, and what is the same version again.
import type { Asked, Register } from './reference-operations.js';
import {
  type Artifact,
  type Change,
  type Inputs,
  type Judgement,
  type Life,
  type State,
  byNumber,
  day,
  isFinal,
  monthsLater,
  newest,
  splitOf,
} from './reference-state.js';

const sizes: Record<Change, number> = { configuration: 0, retraining: 1, architecture: 2 };

const contents = (artifacts: readonly Artifact[], kind?: Artifact['kind']): string =>
  artifacts
    .filter((artifact) => kind === undefined || artifact.kind === kind)
    .map((artifact) => artifact.content)
    .sort()
    .join();

/** The number after the parent's; numbers that were ever used are passed over. */
function numberFor(state: State, parent: Life | undefined, change: Change): string {
  if (!parent) return '1.0.0';
  const [major, minor, patch] = parent.version.split('.').map(Number) as [number, number, number];
  for (let step = 1; ; step++) {
    const number = {
      architecture: `${major + step}.0.0`,
      retraining: `${major}.${minor + step}.0`,
      configuration: `${major}.${minor}.${patch + step}`,
    }[change];
    if (state.lives.every((life) => life.version !== number)) return number;
  }
}

/** The version with most live traffic in production, of equals the newest; else the newest that is not over. */
function baselineOf(state: State): Life | undefined {
  const live = splitOf(state, 'production').filter((share) => share.live > 0);
  const most = live.filter((share) => share.live === live[0]?.live).map((share) => share.version);
  const [serving] = most.sort((a, b) => byNumber(b, a));
  if (serving !== undefined) return state.lives.find((life) => life.version === serving);
  return newest(state.lives.filter((life) => !isFinal(life)));
}

function sameInputs(a: Partial<Inputs>, b: Partial<Inputs>): boolean {
  const keys = ['dataset', 'commit', 'seed', 'depth', 'architecture'] as const;
  return keys.every((key) => a[key] === b[key]);
}

/** The codes of what the evidence says against the declared change. */
function underDeclared(
  change: Change,
  parent: Life,
  inputs: Partial<Inputs>,
  artifacts: Artifact[],
): boolean {
  const differs = (key: keyof Inputs): boolean =>
    parent.inputs[key] !== undefined && inputs[key] !== undefined && parent.inputs[key] !== inputs[key];
  const [before, after] = [contents(parent.artifacts, 'weights'), contents(artifacts, 'weights')];
  const otherWeights = before !== '' && after !== '' && before !== after;
  const needed: Change = differs('architecture')
    ? 'architecture'
    : differs('dataset') || differs('seed') || differs('depth') || otherWeights
      ? 'retraining'
      : 'configuration';
  return sizes[needed] > sizes[change];
}

function gateCodes(state: State, candidate: Artifact[], accuracy: number | null, baseline?: Life): string[] {
  const itself =
    candidate.length > 0 && baseline && contents(candidate) === contents(baseline.artifacts)
      ? ['gate/compared-with-itself']
      : [];
  if (accuracy === null) return [...itself, 'gate/unmeasured'];
  const passes = accuracy >= state.gate.floor && (!baseline || accuracy >= baseline.accuracy - 100);
  return passes ? itself : [...itself, 'gate/failed'];
}

function refused(state: State, must: string[]): Judgement {
  return { expected: { outcome: 'refused', must, may: [] }, next: state };
}

/** Judges a registration. */
export function register(state: State, asked: Register, { by, at }: Asked): Judgement {
  const over = newest(state.lives.filter((life) => !isFinal(life))) ?? newest(state.lives);
  const parent =
    asked.bumpFrom === undefined ? over : state.lives.find((life) => life.version === asked.bumpFrom);
  const change = asked.change ?? (parent ? undefined : 'architecture');
  const configured = change === 'configuration' ? parent : undefined;
  const inputs: Partial<Inputs> = { ...configured?.inputs, ...asked.given };
  const kept = (configured?.artifacts ?? []).filter(
    ({ kind }) => kind === 'weights' && !asked.artifacts.some((artifact) => artifact.kind === kind),
  );
  const artifacts = [...kept, ...asked.artifacts];
  const incomplete = (['dataset', 'commit', 'seed'] as const).some((key) => inputs[key] === undefined);
  const twins = incomplete ? [] : state.lives.filter((life) => sameInputs(life.inputs, inputs));
  const same = twins.find((life) => contents(life.artifacts) === contents(artifacts));
  if (same) return { expected: { outcome: 'unchanged', version: same.version, to: same.stage }, next: state };

  const missing =
    change === undefined ||
    incomplete ||
    (state.rules.risk === 'high' && parent !== undefined && !asked.modification);
  const unknownParent = asked.bumpFrom !== undefined && !parent;
  if (missing || unknownParent || change === undefined)
    return refused(state, [
      ...(missing ? ['input/missing'] : []),
      ...(unknownParent ? ['register/unknown-parent'] : []),
    ]);

  const target = asked.target ?? monthsLater(at, state.rules.reviewMonths);
  const weights = contents(artifacts, 'weights');
  const twinWeights = twins.map((life) => contents(life.artifacts, 'weights'));
  const codes = [
    ...(weights !== '' && twinWeights.some((others) => others !== '' && others !== weights)
      ? ['register/not-reproducible']
      : []),
    ...(parent && underDeclared(change, parent, inputs, artifacts) ? ['change/under-declared'] : []),
    ...(target <= day(at) ? ['register/target-past'] : []),
    ...(inputs.startedAt !== undefined && inputs.startedAt > at ? ['register/started-later'] : []),
    ...(inputs.startedAt !== undefined && inputs.startedAt < state.gate.committedAt
      ? ['gate/not-agreed-in-advance']
      : []),
    ...gateCodes(state, artifacts, asked.accuracy, baselineOf(state)),
  ];
  if (codes.length > 0) return refused(state, codes);

  const version = numberFor(state, parent, change);
  const life: Life = {
    version,
    change,
    major: version.endsWith('.0.0'),
    registeredBy: by,
    inputs,
    artifacts,
    accuracy: asked.accuracy ?? 0,
    stage: 'registered',
    approvals: [],
    target,
    notice: null,
    holds: [],
    shadows: [],
  };
  return {
    expected: {
      outcome: 'done',
      version,
      from: null,
      to: 'registered',
      warnings: {
        'change/over-declared':
          parent !== undefined &&
          (['configuration', 'retraining'] as const).some(
            (smaller) => sizes[smaller] < sizes[change] && !underDeclared(smaller, parent, inputs, artifacts),
          ),
        'gate/bootstrap': baselineOf(state) === undefined,
      },
    },
    next: { ...state, lives: [...state.lives, life] },
  };
}
