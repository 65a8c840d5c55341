// ramp: a share goes up or down, others give or take the difference, and deprecated versions only go down.
import { describe, expect, test } from 'vitest';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { ramp } from '../../../src/lifecycle/operations/ramp.js';
import { environmentSplit, liveTotal } from '../../../src/lifecycle/rollouts.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  entry,
  onHold,
  planOf,
  refusalOf,
  rejected,
  retired,
  serving,
  stateOf,
  versionOf,
} from '../../support/records.js';

function ramped(state: ModelState, version: string, trafficPct: number, env = 'production'): Decision {
  return ramp(state, { version: versionOf(state, version), env, trafficPct }, acting(alan));
}

function shares(state: ModelState, decision: Decision): Record<string, number> {
  const split = environmentSplit(carriedOut(state, decision).versions, 'production');
  return Object.fromEntries(split.map((share) => [share.version, share.trafficPct]));
}

const live = (trafficPct: number) => ({
  deployment_history: [entry('production', trafficPct, { sequence: 1 })],
});
const three = stateOf([serving('1.0.0', 60), serving('1.1.0', 30), serving('1.2.0', 10)]);

describe('shares', () => {
  test('up takes from others in proportion to what they have', () => {
    expect(shares(three, ramped(three, '1.2.0', 40))).toEqual({ '1.0.0': 40, '1.1.0': 20, '1.2.0': 40 });
  });

  test('down gives back to others in proportion to what they have', () => {
    expect(shares(three, ramped(three, '1.2.0', 1))).toEqual({ '1.0.0': 66, '1.1.0': 33, '1.2.0': 1 });
  });

  test('what no version served is taken before anyone gives', () => {
    const state = stateOf([serving('1.0.0', 50), serving('1.1.0', 10)]);
    expect(shares(state, ramped(state, '1.1.0', 40))).toEqual({ '1.0.0': 50, '1.1.0': 40 });
  });

  test('up to 100 % leaves the others nothing, and they are approved again', () => {
    const decision = ramped(three, '1.2.0', 100);
    expect(shares(three, decision)).toEqual({ '1.2.0': 100 });
    expect(versionOf(carriedOut(three, decision), '1.0.0').status).toBe('approved');
  });

  test('a share that nobody may take is left unserved, and that is said', () => {
    const state = stateOf([deprecated('1.0.0', live(60)), serving('1.1.0', 40, onHold())]);
    const decision = ramped(state, '1.0.0', 10);
    expect(shares(state, decision)).toEqual({ '1.1.0': 40, '1.0.0': 10 });
    expect(planOf(decision).warnings).toMatchObject([{ code: 'deploy/unserved' }]);
  });

  test('freed traffic never goes to a deprecated version or one on hold', () => {
    const state = stateOf([
      deprecated('1.0.0', live(40)),
      serving('1.1.0', 20, onHold('incident')),
      serving('1.2.0', 20),
      serving('1.3.0', 20),
    ]);
    expect(shares(state, ramped(state, '1.3.0', 5))).toEqual({
      '1.0.0': 40,
      '1.1.0': 20,
      '1.2.0': 35,
      '1.3.0': 5,
    });
  });

  test('a split of hand-written records above 100 % comes down by lowering a share, as its hint says', () => {
    const state = stateOf([serving('1.0.0', 60), serving('1.1.0', 60)]);
    const split = environmentSplit(carriedOut(state, ramped(state, '1.1.0', 40)).versions, 'production');
    expect(liveTotal(split)).toBe(100);
  });
});

describe('status', () => {
  test('0 % everywhere makes it approved again', () => {
    const state = stateOf([serving('1.0.0', 90), serving('1.1.0', 10)]);
    const decision = ramped(state, '1.1.0', 0);
    expect(planOf(decision)).toMatchObject({ from: 'deployed', to: 'approved' });
    expect(versionOf(carriedOut(state, decision), '1.1.0').status).toBe('approved');
    expect(versionOf(carriedOut(state, decision), '1.0.0').status).toBe('deployed');
  });

  test.each([
    ['live', entry('staging', 100)],
    ['in shadow', entry('staging', 0, { mirror_pct: 50 })],
  ])('0 %% here while it is %s elsewhere leaves it deployed', (_how, elsewhere) => {
    const history = { deployment_history: [entry('production', 10), elsewhere] };
    const state = stateOf([serving('1.0.0', 90), approved('1.1.0', { status: 'deployed', ...history })]);
    expect(planOf(ramped(state, '1.1.0', 0)).to).toBe('deployed');
  });

  test('a deprecated version stays deprecated at 0 %', () => {
    const state = stateOf([deprecated('1.0.0', live(50)), serving('1.1.0', 50)]);
    const decision = ramped(state, '1.0.0', 0);
    expect(planOf(decision)).toMatchObject({ from: 'deprecated', to: 'deprecated' });
    expect(versionOf(carriedOut(state, decision), '1.0.0').status).toBe('deprecated');
  });

  test('a shadow ends at 0 %', () => {
    const shadow = { deployment_history: [entry('production', 0, { mirror_pct: 100 })] };
    const state = stateOf([serving('1.0.0', 100), approved('1.1.0', { status: 'deployed', ...shadow })]);
    const decision = ramped(state, '1.1.0', 0);
    expect(planOf(decision).to).toBe('approved');
    expect(shares(state, decision)).toEqual({ '1.0.0': 100 });
  });
});

describe('refusals', () => {
  test('a deprecated version only goes down', () => {
    const state = stateOf([deprecated('1.0.0', live(50)), serving('1.1.0', 50)]);
    const hints = refusalOf(ramped(state, '1.0.0', 51));
    expect(hints['ramp/deprecated-up']).toContain('mlc reinstate churn@1.0.0');
    expect(shares(state, ramped(state, '1.0.0', 49))).toEqual({ '1.1.0': 51, '1.0.0': 49 });
  });

  test('a version on hold takes no more traffic, and may take less', () => {
    const state = stateOf([serving('1.0.0', 50, onHold()), serving('1.1.0', 50)]);
    expect(codesOf(ramped(state, '1.0.0', 60))).toEqual(['hold/open']);
    planOf(ramped(state, '1.0.0', 40));
  });

  test.each([-1, 100.01, 33.333, Number.NaN, Number.POSITIVE_INFINITY])('a share of %d %%', (trafficPct) => {
    expect(codesOf(ramped(three, '1.2.0', trafficPct))).toContain('deploy/traffic');
  });

  test('an environment that mlc.yaml does not list', () => {
    expect(codesOf(ramped(three, '1.2.0', 50, 'prod'))).toContain('deploy/unknown-environment');
  });

  test('an environment that it is not in', () => {
    expect(codesOf(ramped(three, '1.2.0', 50, 'staging'))).toEqual(['ramp/not-there']);
  });

  test('an environment that it has left', () => {
    const history = [entry('production', 10, { sequence: 1 }), entry('production', 0, { sequence: 2 })];
    const other = entry('staging', 100);
    const state = stateOf([
      approved('1.0.0', { status: 'deployed', deployment_history: [...history, other] }),
    ]);
    expect(codesOf(ramped(state, '1.0.0', 50))).toEqual(['ramp/not-there']);
  });

  test('a shadow, which is deployed before it is ramped', () => {
    const shadow = { deployment_history: [entry('production', 0, { mirror_pct: 100 })] };
    const state = stateOf([serving('1.0.0', 100), approved('1.1.0', { status: 'deployed', ...shadow })]);
    expect(refusalOf(ramped(state, '1.1.0', 10))['ramp/in-shadow']).toContain('--pattern canary');
  });

  test('the share that it already has', () => {
    expect(codesOf(ramped(three, '1.2.0', 10))).toEqual(['ramp/same']);
  });

  test.each([
    ['approved', approved()],
    ['retired', retired()],
    ['rejected', rejected()],
  ])('a version that is %s', (_status, record) => {
    expect(codesOf(ramped(stateOf([record]), '1.0.0', 10))).toContain('status/not-allowed');
  });
});
