// deploy: the four patterns, the default by change, and what is refused.
import { describe, expect, test } from 'vitest';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import type { DeployInput } from '../../../src/lifecycle/operations/patterns.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { environmentSplit, liveTotal } from '../../../src/lifecycle/rollouts.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  configOf,
  deprecated,
  entry,
  onHold,
  planOf,
  refusalOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

const change = (type: 'architecture' | 'retraining' | 'configuration') => ({ change: { type } });

function deployed(state: ModelState, version: string, input: Partial<DeployInput> = {}): Decision {
  return deploy(state, { version: versionOf(state, version), env: 'production', ...input }, acting(alan));
}

function shares(state: ModelState, env = 'production'): Record<string, number> {
  return Object.fromEntries(environmentSplit(state.versions, env).map((s) => [s.version, s.trafficPct]));
}

const lone = stateOf([approved()]);
const two = stateOf([serving('1.0.0', 100), approved('1.1.0')]);

describe('the default pattern follows the change, and the answer says why', () => {
  test.each([
    ['architecture', 'shadow', 0, 100],
    ['retraining', 'canary', 5, 0],
    ['configuration', 'blue-green', 100, 0],
  ] as const)('%s: %s', (type, pattern, live, mirrored) => {
    const state = stateOf([serving('1.0.0', 100), approved('1.1.0', change(type))]);
    const decision = deployed(state, '1.1.0');
    const because = String(planOf(decision).answer?.pattern_because);
    expect(because).toContain(pattern);
    expect(because).toContain(type);
    expect(planOf(decision).answer).toMatchObject({ pattern });
    const last = versionOf(carriedOut(state, decision), '1.1.0').deployment_history.at(-1);
    expect(last).toMatchObject({ pattern, traffic_pct: live });
    expect(last?.mirror_pct ?? 0).toBe(mirrored);
  });

  test.each([
    ['2.0.0', 'shadow'],
    ['1.1.0', 'canary'],
    ['1.1.1', 'blue-green'],
  ])('a hand-written record without a change is read from its number: %s, %s', (version, pattern) => {
    const record = approved(version);
    delete record.change;
    const state = stateOf([serving('1.0.0', 100), record]);
    expect(planOf(deployed(state, version)).answer).toMatchObject({ pattern });
  });
});

describe('patterns', () => {
  test('a shadow takes no live traffic, and its mirrored share is recorded', () => {
    const decision = deployed(two, '1.1.0', { pattern: 'shadow', mirrorPct: 20 });
    const after = carriedOut(two, decision);
    expect(versionOf(after, '1.1.0')).toMatchObject({
      status: 'deployed',
      deployment_history: [{ env: 'production', traffic_pct: 0, mirror_pct: 20, pattern: 'shadow' }],
    });
    expect(versionOf(after, '1.0.0')).toEqual(versionOf(two, '1.0.0'));
  });

  test.each([1, 5, 10])(
    'a canary starts at %d %% and takes it from who serves, in one plan',
    (trafficPct) => {
      const decision = deployed(two, '1.1.0', { pattern: 'canary', trafficPct });
      expect(shares(carriedOut(two, decision))).toEqual({ '1.0.0': 100 - trafficPct, '1.1.0': trafficPct });
      expect(
        planOf(decision)
          .changes.map((each) => 'version' in each && each.version)
          .sort(),
      ).toEqual(['1.0.0', '1.1.0']);
      expect(planOf(decision).supersedes).toEqual(['1.0.0']);
    },
  );

  test('blue-green moves everything at once; who gave all is approved again', () => {
    const after = carriedOut(two, deployed(two, '1.1.0', { pattern: 'blue-green' }));
    expect(shares(after)).toEqual({ '1.1.0': 100 });
    expect(versionOf(after, '1.0.0').status).toBe('approved');
  });

  test('an A/B split is sustained at the share that is asked for', () => {
    const after = carriedOut(two, deployed(two, '1.1.0', { pattern: 'ab', trafficPct: 40 }));
    expect(shares(after)).toEqual({ '1.0.0': 60, '1.1.0': 40 });
  });

  test('others give in proportion to what they have', () => {
    const state = stateOf([serving('1.0.0', 60), serving('1.1.0', 30), approved('1.2.0')]);
    const after = carriedOut(state, deployed(state, '1.2.0', { pattern: 'ab', trafficPct: 40 }));
    expect(shares(after)).toEqual({ '1.0.0': 40, '1.1.0': 20, '1.2.0': 40 });
  });

  test('what no version served is taken before anyone gives', () => {
    const state = stateOf([serving('1.0.0', 60), approved('1.1.0')]);
    const decision = deployed(state, '1.1.0', { pattern: 'ab', trafficPct: 30 });
    expect(shares(carriedOut(state, decision))).toEqual({ '1.0.0': 60, '1.1.0': 30 });
    expect(planOf(decision).warnings).toMatchObject([{ code: 'deploy/unserved' }]);
  });

  test('a version in shadow gets live traffic, and its mirroring ends', () => {
    const shadow = { deployment_history: [entry('production', 0, { mirror_pct: 100 })] };
    const state = stateOf([serving('1.0.0', 100), approved('1.1.0', { status: 'deployed', ...shadow })]);
    const after = carriedOut(state, deployed(state, '1.1.0', { pattern: 'canary' }));
    expect(environmentSplit(after.versions, 'production')).toEqual([
      { version: '1.0.0', trafficPct: 95, mirrorPct: 0 },
      { version: '1.1.0', trafficPct: 5, mirrorPct: 0 },
    ]);
  });

  test.each([
    ['a canary of 0.5 %', { pattern: 'canary', trafficPct: 0.5 }, 'deploy/traffic'],
    ['a canary of 0 %', { pattern: 'canary', trafficPct: 0 }, 'deploy/traffic'],
    ['a canary of 10.01 %', { pattern: 'canary', trafficPct: 10.01 }, 'deploy/traffic'],
    ['a canary of NaN %', { pattern: 'canary', trafficPct: Number.NaN }, 'deploy/traffic'],
    ['a share finer than records hold', { pattern: 'canary', trafficPct: 1.005 }, 'deploy/traffic'],
    ['blue-green at 50 %', { pattern: 'blue-green', trafficPct: 50 }, 'deploy/traffic'],
    ['a shadow with live traffic', { pattern: 'shadow', trafficPct: 5 }, 'deploy/traffic'],
    ['a shadow that mirrors nothing', { pattern: 'shadow', mirrorPct: 0 }, 'deploy/traffic'],
    ['a shadow that mirrors 101 %', { pattern: 'shadow', mirrorPct: 101 }, 'deploy/traffic'],
    ['a canary that mirrors', { pattern: 'canary', mirrorPct: 10 }, 'deploy/mirror'],
    ['an A/B split of 100 %', { pattern: 'ab', trafficPct: 100 }, 'deploy/traffic'],
    ['an A/B split of -5 %', { pattern: 'ab', trafficPct: -5 }, 'deploy/traffic'],
    ['an A/B split without a share', { pattern: 'ab' }, 'input/traffic'],
  ] as const)('%s is refused', (_what, input, code) => {
    expect(codesOf(deployed(two, '1.1.0', input))).toContain(code);
  });

  test('policy moves the bounds of a canary', () => {
    const state = { ...two, config: configOf({ deployment: { canary_min_pct: 20, canary_max_pct: 30 } }) };
    expect(codesOf(deployed(state, '1.1.0', { pattern: 'canary', trafficPct: 10 }))).toEqual([
      'deploy/traffic',
    ]);
    expect(shares(carriedOut(state, deployed(state, '1.1.0', { pattern: 'canary' })))['1.1.0']).toBe(20);
  });
});

describe('refusals', () => {
  test('an environment that mlc.yaml does not list, with what may be meant', () => {
    const hints = refusalOf(deployed(lone, '1.0.0', { env: 'prodution', pattern: 'blue-green' }));
    expect(hints['deploy/unknown-environment']).toContain('production');
    planOf(deployed(lone, '1.0.0', { env: 'staging', pattern: 'blue-green' }));
  });

  test.each([
    ['registered', registered()],
    ['deprecated', deprecated()],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s', (_status, record) => {
    expect(codesOf(deployed(stateOf([record]), '1.0.0', { pattern: 'blue-green' }))).toEqual([
      'status/not-allowed',
    ]);
  });

  test('a version on hold, until the hold is released', () => {
    const state = stateOf([approved('1.0.0', onHold())]);
    expect(codesOf(deployed(state, '1.0.0'))).toEqual(['hold/open']);
    const holds = (onHold().holds ?? []).map((hold) => ({
      ...hold,
      released: { at: '2026-05-21T09:00:00Z', by: alan, reason: 'over' },
    }));
    planOf(deployed(stateOf([approved('1.0.0', { holds })]), '1.0.0'));
  });

  test.each(['canary', 'blue-green', 'shadow', 'ab'] as const)(
    'a version that is already live, by %s',
    (pattern) => {
      const trafficPct = pattern === 'ab' ? 40 : undefined;
      expect(codesOf(deployed(stateOf([serving('1.0.0', 50)]), '1.0.0', { pattern, trafficPct }))).toEqual([
        'deploy/already-live',
      ]);
    },
  );

  test('a version that is already in shadow, unless it takes live traffic now', () => {
    const shadow = { deployment_history: [entry('production', 0, { mirror_pct: 100 })] };
    const state = stateOf([approved('1.1.0', { status: 'deployed', ...shadow })]);
    expect(codesOf(deployed(state, '1.1.0', { pattern: 'shadow' }))).toEqual(['deploy/already-live']);
    planOf(deployed(state, '1.1.0', { pattern: 'canary' }));
  });

  test('a version that is live elsewhere may be deployed here', () => {
    const elsewhere = { deployment_history: [entry('staging', 100)] };
    const state = stateOf([approved('1.0.0', { status: 'deployed', ...elsewhere })]);
    expect(planOf(deployed(state, '1.0.0', { pattern: 'blue-green' })).from).toBe('deployed');
  });

  test.each(['shadow', 'canary'] as const)(
    'a split of records written by hand that is above 100 %% is not built upon: %s',
    (pattern) => {
      const state = stateOf([serving('1.0.0', 60), serving('1.1.0', 60), approved('1.2.0')]);
      const decision = deployed(state, '1.2.0', { pattern });
      if (decision.kind === 'refused') return expect(codesOf(decision)).toEqual(['deploy/over-100']);
      const split = environmentSplit(carriedOut(state, decision).versions, 'production');
      return expect(liveTotal(split)).toBeLessThanOrEqual(100);
    },
  );

  test('every problem at once', () => {
    const state = stateOf([registered('1.0.0', onHold())]);
    expect(codesOf(deployed(state, '1.0.0', { env: 'nowhere', pattern: 'canary', trafficPct: 50 }))).toEqual([
      'deploy/traffic',
      'deploy/unknown-environment',
      'hold/open',
      'status/not-allowed',
    ]);
  });
});
