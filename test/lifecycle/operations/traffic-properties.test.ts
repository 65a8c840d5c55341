// Properties of traffic: whatever is decided in whatever order, splits stay servable and every status tells the truth.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision, ModelState, Plan } from '../../../src/lifecycle/decisions.js';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import { deprecate, reinstate } from '../../../src/lifecycle/operations/deprecate.js';
import { hold, release } from '../../../src/lifecycle/operations/hold.js';
import { ramp } from '../../../src/lifecycle/operations/ramp.js';
import { rollback } from '../../../src/lifecycle/operations/rollback.js';
import { environmentSplit, liveTotal, scaleShares } from '../../../src/lifecycle/rollouts.js';
import { type Status, impliedStatus, isFinal, openHolds } from '../../../src/lifecycle/stages.js';
import { versionProblems } from '../../../src/lifecycle/consistency.js';
import { acting, alan, approved, carriedOut, stateOf, versionOf } from '../../support/records.js';

const versions = ['1.0.0', '1.1.0', '1.2.0'] as const;
const environments = ['staging', 'production'] as const;
const percent = fc.oneof(
  fc.constantFrom(0, 1, 5, 33.33, 50, 99.99, 100),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
);

const step = fc.record({
  what: fc.constantFrom(
    'deploy' as const,
    'deploy' as const,
    'ramp' as const,
    'ramp' as const,
    'rollback' as const,
    'deprecate' as const,
    'reinstate' as const,
    'hold' as const,
    'release' as const,
  ),
  version: fc.constantFrom(...versions),
  env: fc.constantFrom(...environments),
  pattern: fc.constantFrom('shadow' as const, 'canary' as const, 'blue-green' as const, 'ab' as const),
  trafficPct: percent,
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function decide(state: ModelState, { what, version, env, pattern, trafficPct }: Step, now: string): Decision {
  const who = acting(alan, now);
  const input = { version: versionOf(state, version), reason: 'a test' };
  switch (what) {
    case 'deploy':
      return deploy(
        state,
        { ...input, env, pattern, trafficPct: pattern === 'ab' ? trafficPct : undefined },
        who,
      );
    case 'ramp':
      return ramp(state, { ...input, env, trafficPct }, who);
    case 'rollback':
      return rollback(state, { env }, who);
    case 'deprecate':
      return deprecate(state, { ...input, noSuccessorReason: 'the product ends' }, who);
    case 'reinstate':
      return reinstate(state, input, who);
    case 'hold':
      return hold(state, input, who);
    case 'release':
      return release(state, input, who);
  }
}

function moment(index: number): string {
  return new Date(Date.parse('2026-06-01T09:00:00Z') + index * 60_000).toISOString().replace('.000Z', 'Z');
}

/** What holds of every state that decisions lead to. */
function expectSound(state: ModelState): void {
  for (const env of environments) {
    const split = environmentSplit(state.versions, env);
    expect(liveTotal(split)).toBeLessThanOrEqual(100);
    for (const share of split) expect(share.trafficPct).toBeGreaterThanOrEqual(0);
  }
  for (const record of state.versions.values()) {
    expect(record.status).toBe(impliedStatus(record));
    expect(versionProblems(record)).toEqual([]);
  }
}

/** Versions that are deprecated or held never take more live traffic, and enter no environment, in shadow either. */
function expectNoneRose(before: ModelState, after: ModelState, decision: Decision): void {
  if (decision.kind !== 'plan' || decision.plan.operation === 'reinstate') return;
  for (const env of environments) {
    const had = new Map(environmentSplit(before.versions, env).map((share) => [share.version, share]));
    for (const share of environmentSplit(after.versions, env)) {
      const record = versionOf(before, share.version);
      if (record.status !== 'deprecated' && openHolds(record).length === 0) continue;
      expect(had.has(share.version)).toBe(true);
      expect(share.trafficPct).toBeLessThanOrEqual(had.get(share.version)?.trafficPct ?? 0);
    }
  }
}

function walk(
  steps: readonly Step[],
  look: (before: ModelState, after: ModelState, decision: Decision) => void,
): void {
  let state = stateOf(versions.map((version) => approved(version)));
  steps.forEach((each, index) => {
    const decision = decide(state, each, moment(index));
    if (decision.kind !== 'plan') return;
    const after = carriedOut(state, decision);
    look(state, after, decision);
    state = after;
  });
}

describe('any sequence of decisions', () => {
  test('keeps every split at 100 % or below, and every status what its record implies', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        walk(steps, (_before, after) => expectSound(after));
      }),
      { numRuns: 150 },
    );
  });

  test('tells the truth of what it did: from, to, and the record agree', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        walk(steps, (before, after, decision) => {
          if (decision.kind !== 'plan') return;
          const { version, from, to } = decision.plan as Plan & { version: string; to: Status };
          expect(from).toBe(versionOf(before, version).status);
          expect(to).toBe(versionOf(after, version).status);
          expect(isFinal(to)).toBe(false);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('never gives a deprecated or held version more traffic, nor a shadow that it had left', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        walk(steps, expectNoneRose);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps what was recorded: histories only grow', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        walk(steps, (before, after) => {
          for (const [version, record] of before.versions) {
            const { length } = record.deployment_history;
            const kept = versionOf(after, version).deployment_history.slice(0, length);
            expect(kept).toEqual(record.deployment_history);
          }
        });
      }),
      { numRuns: 100 },
    );
  });
});

test('scaling shares sums exactly, is never negative, and keeps the order', () => {
  const hundredths = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(fc.array(hundredths, { minLength: 1, maxLength: 8 }), hundredths, (parts, total) => {
      const others = parts.map((part, index) => ({
        version: `1.${index}.0`,
        trafficPct: part / 100,
        mirrorPct: 0,
      }));
      const scaled = scaleShares(others, total / 100);
      const live = others.filter((share) => share.trafficPct > 0);
      expect([...scaled.keys()].sort()).toEqual(live.map((share) => share.version).sort());
      if (live.length === 0) return;
      const sum = [...scaled.values()].reduce((all, share) => all + Math.round(share * 100), 0);
      expect(sum).toBe(total);
      for (const a of live) {
        const given = scaled.get(a.version) ?? -1;
        expect(given).toBeGreaterThanOrEqual(0);
        for (const b of live)
          if (a.trafficPct > b.trafficPct) expect(given + 0.01).toBeGreaterThan(scaled.get(b.version) ?? 0);
      }
    }),
    { numRuns: 1000 },
  );
});
