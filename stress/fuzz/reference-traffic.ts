// The reference's rules of traffic: deploying, ramping and rolling back, in whole hundredths of a percent.
import type { Asked, Deploy, Ramp, Rollback } from './reference-operations.js';
import { naturalStage, unlessIn } from './reference-reviews.js';
import {
  type Judgement,
  type Life,
  type Pattern,
  type Share,
  type State,
  days,
  environments,
  isFinal,
  ordered,
  splitOf,
} from './reference-state.js';

const whole = 10_000;

const total = (split: readonly Share[]): number => split.reduce((sum, share) => sum + share.live, 0);

const known = (env: string): string[] =>
  (environments as readonly string[]).includes(env) ? [] : ['deploy/unknown-environment'];

const lifeOf = (state: State, version: string): Life =>
  state.lives.find((life) => life.version === version) as Life;

/** Live shares brought to a sum, in proportion; what does not divide goes to the largest remainders. */
function proportioned(shares: readonly Share[], sum: number): Share[] {
  const before = total(shares);
  const parts = shares.map((share) => ({
    ...share,
    live: Math.floor((share.live * sum) / before),
    remainder: (share.live * sum) % before,
  }));
  let left = sum - total(parts);
  for (const part of [...parts].sort((a, b) => b.remainder - a.remainder)) {
    if (left === 0) break;
    part.live += 1;
    left -= 1;
  }
  return parts.map(({ version, live, mirror }) => ({ version, live, mirror }));
}

/** The others after somebody takes `wanted`: they give in proportion what would go beyond the whole. */
function givingWay(others: readonly Share[], wanted: number): Share[] {
  const live = others.filter((share) => share.live > 0);
  if (total(live) + wanted <= whole) return [...others];
  return [...others.filter((share) => share.live === 0), ...proportioned(live, whole - wanted)];
}

/** Puts a new split in place: stages and shadow periods follow from it. */
function withSplit(state: State, env: string, stack: Share[][], at: number): State {
  const splits = { ...state.splits, [env]: stack };
  const after = { ...state, splits };
  const present = splitOf(after, env);
  const lives = state.lives.map((life) => {
    const inShadow = present.some((share) => share.version === life.version && share.mirror > 0);
    const open = life.shadows.some((shadow) => shadow.env === env && shadow.until === null);
    const closed = life.shadows.map((shadow) =>
      shadow.env === env && shadow.until === null && !inShadow ? { ...shadow, until: at } : shadow,
    );
    const shadows = inShadow && !open ? [...closed, { env, from: at, until: null }] : closed;
    const moves = life.stage === 'approved' || life.stage === 'deployed';
    return { ...life, shadows, stage: moves ? naturalStage(after, life) : life.stage };
  });
  return { ...after, lives };
}

function done(state: State, env: string, stack: Share[][], version: string, at: number): Judgement {
  const serving = stack.map((split) => split.filter((share) => share.live > 0 || share.mirror > 0));
  const next = withSplit(state, env, serving, at);
  return {
    expected: {
      outcome: 'done',
      version,
      from: lifeOf(state, version).stage,
      to: lifeOf(next, version).stage,
      split: splitOf(next, env),
    },
    next,
  };
}

/** Days in shadow anywhere; a day in two environments is one day. */
function shadowDays(life: Life, at: number): number {
  const periods = life.shadows.map(({ from, until }) => ({ from, until: until ?? at }));
  let covered = 0;
  let end = 0;
  for (const { from, until } of periods.sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return covered / days(1);
}

interface Asking {
  live: number;
  mirror: number;
  codes: string[];
}

/** A share in percent as whole hundredths; undefined where it is finer than that. */
function hundredthsOf(percent: number): number | undefined {
  const rounded = Math.round(percent * 100);
  return Math.abs(rounded - percent * 100) < 1e-6 ? rounded : undefined;
}

function within(traffic: number, [least, most]: readonly [number, number]): string[] {
  return traffic >= least && traffic <= most && hundredthsOf(traffic) !== undefined ? [] : ['deploy/traffic'];
}

/** What a pattern asks for. */
function askedFor(state: State, pattern: Pattern, { traffic, mirror }: Deploy): Asking {
  const { canary } = state.rules;
  if (mirror !== undefined && pattern !== 'shadow') return { live: 0, mirror: 0, codes: ['deploy/mirror'] };
  switch (pattern) {
    case 'shadow': {
      const copied = mirror ?? 100;
      const wrong = copied <= 0 || copied > 100 || (traffic ?? 0) !== 0;
      return { live: 0, mirror: copied * 100, codes: wrong ? ['deploy/traffic'] : [] };
    }
    case 'canary': {
      const start = traffic ?? Math.min(canary[1], Math.max(canary[0], 5));
      return { live: Math.round(start * 100), mirror: 0, codes: within(start, canary) };
    }
    case 'blue-green':
      return { live: whole, mirror: 0, codes: (traffic ?? 100) === 100 ? [] : ['deploy/traffic'] };
    case 'ab': {
      if (traffic === undefined) return { live: 0, mirror: 0, codes: ['input/traffic'] };
      return { live: Math.round(traffic * 100), mirror: 0, codes: within(traffic, [0.01, 99.99]) };
    }
  }
}

const defaults: Record<Life['change'], Pattern> = {
  architecture: 'shadow',
  retraining: 'canary',
  configuration: 'blue-green',
};

/** Judges a deployment. */
export function deploy(state: State, life: Life, asked: Deploy, { at }: Asked): Judgement {
  const { env } = asked;
  const pattern = asked.pattern ?? defaults[life.change];
  const wanted = askedFor(state, pattern, asked);
  const present = splitOf(state, env);
  const own = present.find((share) => share.version === life.version);
  const already = own && (own.live > 0 || pattern === 'shadow') ? ['deploy/already-live'] : [];
  const early =
    state.rules.risk === 'high' && life.major && shadowDays(life, at) < state.rules.shadowDays
      ? ['deploy/shadow-first']
      : [];
  const must = [
    ...unlessIn(life, 'approved', 'deployed'),
    ...known(env),
    ...(life.holds.length > 0 ? ['hold/open'] : []),
    ...already,
    ...wanted.codes,
    ...(wanted.codes.length === 0 && wanted.live > 0 ? early : []),
  ];
  if (must.length > 0) {
    // Of a share that nobody can have, what else is wrong with it need not be told.
    const may = wanted.codes.length > 0 ? [...early, 'deploy/over-100'] : [];
    return { expected: { outcome: 'refused', must, may }, next: state };
  }
  const others = present.filter((share) => share.version !== life.version);
  const split = [
    ...givingWay(others, wanted.live),
    { version: life.version, live: wanted.live, mirror: wanted.mirror },
  ];
  return done(state, env, [...(state.splits[env] ?? []), split], life.version, at);
}

/** Whether a version may take more traffic than it has. */
const mayRise = (life: Life): boolean => life.stage !== 'deprecated' && life.holds.length === 0;

/** Judges a change of a version's share. */
export function ramp(state: State, life: Life, asked: Ramp, { at }: Asked): Judgement {
  const { env, traffic } = asked;
  const present = splitOf(state, env);
  const own = present.find((share) => share.version === life.version);
  const exact = hundredthsOf(traffic);
  const live = exact ?? traffic * 100;
  const rises = own !== undefined && own.live > 0 && live > own.live;
  const must = [...unlessIn(life, 'deployed', 'deprecated'), ...known(env)];
  if (!own) must.push('ramp/not-there');
  else if (own.live === 0 && live > 0) must.push('ramp/in-shadow');
  else if (own.live === live && live > 0) must.push('ramp/same');
  if (rises && life.holds.length > 0) must.push('hold/open');
  if (rises && life.stage === 'deprecated') must.push('ramp/deprecated-up');
  if (traffic < 0 || traffic > 100 || exact === undefined)
    return { expected: { outcome: 'refused', must: ['deploy/traffic'], may: must }, next: state };
  if (must.length > 0 || !own) return { expected: { outcome: 'refused', must, may: [] }, next: state };
  const others = present.filter((share) => share.version !== life.version);
  const receivers = others.filter((share) => share.live > 0 && mayRise(lifeOf(state, share.version)));
  const freed = own.live - live;
  const moved =
    freed <= 0
      ? givingWay(others, live)
      : receivers.length === 0
        ? others
        : [
            ...others.filter((share) => !receivers.includes(share)),
            ...proportioned(receivers, total(receivers) + freed),
          ];
  const split = [...moved, { version: life.version, live, mirror: 0 }];
  return done(state, env, [...(state.splits[env] ?? []), split], life.version, at);
}

/** Judges going back to the split before the last change. */
export function rollback(state: State, { env }: Rollback, { at }: Asked): Judgement {
  const stack = state.splits[env] ?? [];
  const earlier = stack.at(-2) ?? [];
  const unknown = known(env);
  if (unknown.length > 0 || earlier.length === 0) {
    const must = unknown.length > 0 ? unknown : ['rollback/nothing-earlier'];
    return { expected: { outcome: 'refused', must, may: [] }, next: state };
  }
  const present = splitOf(state, env);
  const must = earlier.flatMap((share) => {
    const now = present.find((other) => other.version === share.version);
    if (now && share.live <= now.live) return [];
    const life = lifeOf(state, share.version);
    if (isFinal(life)) return ['rollback/gone'];
    if (life.stage === 'deprecated') return ['rollback/deprecated-up'];
    return life.holds.length > 0 ? ['hold/open'] : [];
  });
  if (must.length > 0) return { expected: { outcome: 'refused', must, may: [] }, next: state };
  const loss = ({ version, live, mirror }: Share): number => {
    const then = earlier.find((share) => share.version === version);
    return (live - (then?.live ?? 0)) * 1000 + (mirror - (then?.mirror ?? 0));
  };
  const all = [
    ...present,
    ...ordered(earlier)
      .filter((share) => !present.some((other) => other.version === share.version))
      .map(({ version }) => ({ version, live: 0, mirror: 0 })),
  ];
  const moved = all.filter(({ version, live, mirror }) => {
    const then = earlier.find((share) => share.version === version);
    return live !== (then?.live ?? 0) || mirror !== (then?.mirror ?? 0);
  });
  const most = moved.reduce((best, share) => (loss(share) > loss(best) ? share : best));
  return done(state, env, stack.slice(0, -1), most.version, at);
}
