// rollback: an environment goes back to its earlier split, step by step, and only to versions that may serve.
import { describe, expect, test } from 'vitest';
import type { VersionRecord } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import type { Pattern } from '../../../src/lifecycle/operations/patterns.js';
import { ramp } from '../../../src/lifecycle/operations/ramp.js';
import { rollback } from '../../../src/lifecycle/operations/rollback.js';
import { environmentSplit } from '../../../src/lifecycle/rollouts.js';
import {
  acting,
  alan,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  onHold,
  planOf,
  refusalOf,
  retired,
  stateOf,
  versionOf,
} from '../../support/records.js';

const env = 'production';

function deployed(state: ModelState, version: string, pattern: Pattern): ModelState {
  return carriedOut(state, deploy(state, { version: versionOf(state, version), env, pattern }, acting(alan)));
}

function ramped(state: ModelState, version: string, trafficPct: number): ModelState {
  return carriedOut(
    state,
    ramp(state, { version: versionOf(state, version), env, trafficPct }, acting(alan)),
  );
}

function back(state: ModelState, from = env): Decision {
  return rollback(state, { env: from, reason: 'complaints' }, acting(alan));
}

function shares(state: ModelState): Record<string, number> {
  return Object.fromEntries(
    environmentSplit(state.versions, env).map((share) => [
      share.version,
      share.trafficPct || -share.mirrorPct,
    ]),
  );
}

/** The same state with one record made into another kind that keeps its deployments. */
function turned(
  state: ModelState,
  version: string,
  make: (version: string, changes: Partial<VersionRecord>) => VersionRecord,
): ModelState {
  const { deployment_history } = versionOf(state, version);
  return {
    ...state,
    versions: new Map([...state.versions, [version, make(version, { deployment_history })]]),
  };
}

const fresh = stateOf([approved('1.0.0'), approved('1.1.0'), approved('1.2.0')]);
const first = deployed(fresh, '1.0.0', 'blue-green');
const canary = deployed(first, '1.1.0', 'canary');
const half = ramped(canary, '1.1.0', 50);
const swapped = deployed(first, '1.1.0', 'blue-green');

describe('going back', () => {
  test('one step restores the split before the last change', () => {
    const decision = back(half);
    expect(planOf(decision)).toMatchObject({
      operation: 'rollback',
      version: '1.1.0',
      from: 'deployed',
      to: 'deployed',
      environment: env,
    });
    expect(shares(carriedOut(half, decision))).toEqual({ '1.0.0': 95, '1.1.0': 5 });
  });

  test('twice goes back two steps, never forward to what the first rollback left', () => {
    const once = carriedOut(half, back(half));
    const twice = carriedOut(once, back(once));
    expect(shares(twice)).toEqual({ '1.0.0': 100 });
    expect(versionOf(twice, '1.1.0').status).toBe('approved');
  });

  test('a third time there is nothing earlier', () => {
    const once = carriedOut(half, back(half));
    const twice = carriedOut(once, back(once));
    expect(codesOf(back(twice))).toEqual(['rollback/nothing-earlier']);
  });

  test('a change after a rollback is what the next rollback undoes', () => {
    const once = carriedOut(swapped, back(swapped));
    const again = deployed(once, '1.2.0', 'canary');
    const undone = carriedOut(again, back(again));
    expect(shares(undone)).toEqual({ '1.0.0': 100 });
    expect(codesOf(back(undone))).toEqual(['rollback/nothing-earlier']);
  });

  test('blue-green goes back whole, and the status of both follows', () => {
    const undone = carriedOut(swapped, back(swapped));
    expect(shares(undone)).toEqual({ '1.0.0': 100 });
    expect(versionOf(undone, '1.0.0').status).toBe('deployed');
    expect(versionOf(undone, '1.1.0').status).toBe('approved');
  });

  test('a shadow that was ended comes back', () => {
    const shadow = deployed(first, '1.1.0', 'shadow');
    const ended = ramped(shadow, '1.1.0', 0);
    expect(shares(carriedOut(ended, back(ended)))).toEqual({ '1.0.0': 100, '1.1.0': -100 });
  });

  test('another environment is left alone', () => {
    const staged = carriedOut(
      swapped,
      deploy(
        swapped,
        { version: versionOf(swapped, '1.0.0'), env: 'staging', pattern: 'blue-green' },
        acting(alan),
      ),
    );
    const undone = carriedOut(staged, back(staged));
    expect(environmentSplit(undone.versions, 'staging')).toEqual(
      environmentSplit(staged.versions, 'staging'),
    );
  });

  test('without a reason it says that the record does not tell why', () => {
    expect(planOf(rollback(half, { env }, acting(alan))).warnings).toMatchObject([
      { code: 'rollback/no-reason' },
    ]);
  });
});

describe('refusals', () => {
  test.each([
    ['never served', fresh],
    ['served one split alone', first],
  ])('an environment that %s', (_what, state) => {
    expect(codesOf(back(state))).toEqual(['rollback/nothing-earlier']);
  });

  test('an environment that mlc.yaml does not list', () => {
    expect(refusalOf(back(half, 'prodction'))['deploy/unknown-environment']).toContain('production');
  });

  test('an earlier split with a retired version', () => {
    expect(codesOf(back(turned(swapped, '1.0.0', retired)))).toEqual(['rollback/gone']);
  });

  test('an earlier split with a deprecated version, until it is reinstated', () => {
    const hints = refusalOf(back(turned(swapped, '1.0.0', deprecated)));
    expect(hints['rollback/deprecated-up']).toContain('mlc reinstate churn@1.0.0');
  });

  test('a deprecated version may lose traffic by a rollback, and stays deprecated', () => {
    const state = turned(swapped, '1.1.0', deprecated);
    const decision = back(state);
    expect(planOf(decision)).toMatchObject({ version: '1.1.0', to: 'deprecated' });
    expect(versionOf(carriedOut(state, decision), '1.1.0').status).toBe('deprecated');
  });

  test('an earlier split with a version on hold, until the hold is released', () => {
    const held = turned(swapped, '1.0.0', (version, changes) =>
      approved(version, { ...changes, ...onHold() }),
    );
    expect(codesOf(back(held))).toEqual(['hold/open']);
  });

  const ended = ramped(deployed(first, '1.1.0', 'shadow'), '1.1.0', 0);
  test.each([
    ['retired', retired, 'rollback/gone'],
    ['deprecated', deprecated, 'rollback/deprecated-up'],
    [
      'held',
      (version: string, changes: Partial<VersionRecord>) => approved(version, { ...changes, ...onHold() }),
      'hold/open',
    ],
  ])('an earlier shadow of a version that is %s now', (_what, make, code) => {
    expect(codesOf(back(turned(ended, '1.1.0', make)))).toEqual([code]);
  });
});
