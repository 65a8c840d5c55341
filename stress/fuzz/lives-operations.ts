// Draws an operation of a kind: mostly what people would ask, and sometimes what they should not.
import type { Asked, Operation, Register, Retire } from './reference-operations.js';
import {
  type Artifact,
  type Change,
  type Inputs,
  type State,
  dayAfter,
  environments,
  newest,
} from './reference-state.js';

export type Kind = Operation['kind'] | 'withdraw';

/** Any one of several. */
export type Draw = <T>(choices: readonly T[]) => T;

const consumers = ['billing', 'dashboard'] as const;

const commits = ['0123456789abcdef', 'fedcba9876543210'] as const;

const envs = [...environments, ...environments, ...environments, ...environments, 'prodution'];

function addressIn(state: State, draw: Draw): string {
  const versions = state.lives.map((life) => life.version);
  const [a, b, c] = [draw(versions), draw(versions), draw(versions)];
  const rare = draw(['latest', 'production', 'staging', '9.9.9', 'lastest']);
  return draw([a, b, c, a, b, c, a, b, c, rare]) ?? '1.0.0';
}

function versionIn(state: State, draw: Draw): string {
  return draw(state.lives.map((life) => life.version)) ?? '1.0.0';
}

function weightsOf(inputs: Partial<Inputs>, draw: Draw, state: State): Artifact[] {
  const { dataset, commit, seed, depth, architecture } = inputs;
  const own = [dataset, commit, seed, depth, architecture].join(' ');
  const borrowed = draw(state.lives)?.artifacts.find(({ kind }) => kind === 'weights')?.content ?? own;
  const content = draw([own, own, own, own, own, own, own, `${own} unseeded`, borrowed, '']);
  return content === '' ? [] : [{ kind: 'weights', content }];
}

function startedAt(state: State, { at }: Asked, draw: Draw): number {
  const agreed = state.gate.committedAt;
  return draw([agreed + 60_000, agreed + 60_000, agreed + 60_000, agreed, at, agreed - 1000, at + 1000]);
}

function configured(state: State, draw: Draw, who: Asked): Pick<Register, 'given' | 'artifacts'> {
  const prompt: Artifact = { kind: 'prompt', content: draw(['tone 1', 'tone 2', 'tone 3', 'tone 4']) };
  const given = draw<Partial<Inputs>>([
    {},
    {},
    {},
    {},
    { startedAt: startedAt(state, who, draw) },
    { seed: 18 },
    { dataset: 'train@v2' },
  ]);
  const weights: Artifact = { kind: 'weights', content: 'other weights' };
  return { given, artifacts: draw([[prompt], [prompt], [prompt], [prompt], [], [weights, prompt]]) };
}

function trained(
  state: State,
  change: Change | undefined,
  draw: Draw,
  who: Asked,
): Pick<Register, 'given' | 'artifacts'> {
  const present = newest(state.lives)?.inputs.architecture ?? 'logistic';
  const other = draw(['logistic', 'trees', 'network']);
  const inputs: Partial<Inputs> = {
    dataset: draw(['train@v1', 'train@v2', 'train@v3', 'train@v4', 'train@v5']),
    commit: draw(commits),
    seed: draw([17, 18, 19]),
    depth: draw([3, 4]),
    architecture: change === 'architecture' ? other : draw([present, present, present, other]),
    startedAt: startedAt(state, who, draw),
  };
  const lost = draw<keyof Inputs | undefined>([
    ...Array.from({ length: 12 }, () => undefined),
    'seed',
    'dataset',
  ]);
  if (lost !== undefined) delete inputs[lost];
  return { given: inputs, artifacts: weightsOf(inputs, draw, state) };
}

/** A submission that a version was made of before, whole. */
function again(state: State, draw: Draw): Pick<Register, 'given' | 'artifacts'> | undefined {
  const life = draw(state.lives);
  return life && { given: { ...life.inputs }, artifacts: [...life.artifacts] };
}

function registration(state: State, who: Asked, draw: Draw): Register {
  const change = draw<Change | undefined>([
    'retraining',
    'retraining',
    'architecture',
    'configuration',
    'configuration',
    'retraining',
    'architecture',
    undefined,
  ]);
  const made = change === 'configuration' ? configured(state, draw, who) : trained(state, change, draw, who);
  const repeated = again(state, draw);
  const target = draw([undefined, undefined, undefined, undefined, undefined, 0, 1, 400]);
  const bumpFrom = draw([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    versionIn(state, draw),
    '9.9.9',
  ]);
  return {
    kind: 'register',
    ...(change === undefined ? {} : { change }),
    ...draw([made, made, made, made, made, made, made, repeated ?? made]),
    accuracy: draw([9500, 9500, 9450, 9550, 9400, 9300, 9000, 8900, null]),
    modification: draw([true, true, true, true, true, false]),
    ...(target === undefined ? {} : { target: dayAfter(who.at, target) }),
    ...(bumpFrom === undefined ? {} : { bumpFrom }),
  };
}

function retirement(state: State, draw: Draw, version: string, withdraw: boolean): Retire {
  const years = draw([undefined, undefined, undefined, 1, 9]);
  const kind = draw(['weights', 'training_data'] as const);
  const reason = draw(['its data has to go', 'its data has to go', undefined]);
  const pinned = consumers.filter((name) => state.pins[name] === version);
  const confirmedBy = draw([undefined, 'ada', 'grace', 'alan', 'grace']);
  return {
    kind: 'retire',
    version,
    withdraw,
    stored: draw(['all', 'all', 'all', 'all', 'none', 'other']),
    retain: draw([years === undefined ? {} : { [kind]: years }, { weights: 9, training_data: 9 }]),
    released: draw([pinned, pinned, pinned, [], ['billing']]),
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function until(at: number, choices: readonly number[], draw: Draw): string {
  return draw([...choices.map((count) => dayAfter(at, count)), '2026-02-30']);
}

/** An operation of a kind, as dice fall. */
export function operationOf(kind: Kind, state: State, who: Asked, draw: Draw): Operation {
  const version = addressIn(state, draw);
  const said = draw(['because', 'because', 'because', undefined]);
  const reason = said === undefined ? {} : { reason: said };
  const env = draw(envs);
  switch (kind) {
    case 'register':
      return registration(state, who, draw);
    case 'approve':
      return { kind, version };
    case 'reject':
    case 'reinstate':
      return { kind, version, ...reason };
    case 'review': {
      const moved = draw([true, true, false]);
      const numbers = [120, 400, 30, 0, -1];
      return { kind, version, ...reason, ...(moved ? { until: until(who.at, numbers, draw) } : {}) };
    }
    case 'hold':
    case 'release': {
      const hold = draw([undefined, 'legal', 'incident'] as const);
      return { kind, version, ...reason, ...(hold === undefined ? {} : { hold }) };
    }
    case 'deploy': {
      const pattern = draw([undefined, 'shadow', 'canary', 'blue-green', 'blue-green', 'ab', 'ab'] as const);
      const traffic = draw([undefined, undefined, 5, 50, 30, 100, 33.33, 10, 20, 0, 0.5, 150, 12.345]);
      const mirror = draw([...Array.from({ length: 8 }, () => undefined), 50, 0]);
      return {
        kind,
        version,
        env,
        ...(pattern === undefined ? {} : { pattern }),
        ...(traffic === undefined ? {} : { traffic }),
        ...(mirror === undefined ? {} : { mirror }),
      };
    }
    case 'ramp':
      return {
        kind,
        version,
        env,
        traffic: draw([0, 0, 50, 25, 10, 100, 80, 33.34, 66.67, 0.01, 101, 7.777]),
      };
    case 'rollback':
      return { kind, env };
    case 'deprecate': {
      const length = state.rules.noticeDays;
      const days = draw([undefined, undefined, undefined, length, length + 7, length - 1, 0]);
      const [successor, without] = draw([
        [versionIn(state, draw), undefined],
        [undefined, 'the product ends'],
        [undefined, 'the product ends'],
        [undefined, undefined],
        [versionIn(state, draw), 'both'],
        ['9.9.9', undefined],
      ] as const);
      return {
        kind,
        version,
        ...(days === undefined ? {} : { until: dayAfter(who.at, days) }),
        ...(successor === undefined ? {} : { successor }),
        ...(without === undefined ? {} : { without }),
      };
    }
    case 'retire':
    case 'withdraw':
      return retirement(state, draw, version, kind === 'withdraw');
    case 'pin':
      return { kind, consumer: draw(consumers), version: versionIn(state, draw) };
    case 'regate':
      return { kind, floor: draw([9000, 9200]) };
  }
}
