// A high-risk MAJOR version takes no live traffic before its shadow period.
import { describe, expect, test } from 'vitest';
import type { Deployment, VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import type { Pattern } from '../../../src/lifecycle/operations/patterns.js';
import {
  acting,
  alan,
  approved,
  codesOf,
  configOf,
  entry,
  modelOf,
  planOf,
  serving,
  stateOf,
} from '../../support/records.js';

const highRisk = modelOf({ eu_ai_act_risk_class: 'high' });

function shadowEntry(env: string, day: string, mirrorPct = 100): Deployment {
  return entry(env, 0, { deployed_at: `${day}T09:00:00Z`, mirror_pct: mirrorPct, pattern: 'shadow' });
}

function major(history: Deployment[], changes: Partial<VersionRecord> = {}): VersionRecord {
  return approved('2.0.0', { change: { type: 'architecture' }, deployment_history: history, ...changes });
}

function deployed(
  record: VersionRecord,
  pattern: Pattern = 'canary',
  model = highRisk,
  config = configOf(),
): Decision {
  const state = stateOf([serving('1.0.0', 100), record], { model, config });
  return deploy(
    state,
    { version: record, env: 'production', pattern, trafficPct: pattern === 'ab' ? 50 : undefined },
    acting(alan, '2026-06-15'),
  );
}

describe('a high-risk MAJOR version', () => {
  test.each(['canary', 'blue-green', 'ab'] as const)(
    'is refused live traffic without a shadow: %s',
    (pattern) => {
      expect(codesOf(deployed(major([]), pattern))).toEqual(['deploy/shadow-first']);
    },
  );

  test('may go into shadow', () => {
    planOf(deployed(major([]), 'shadow'));
  });

  test.each([
    ['13 days', '2026-06-02', false],
    ['14 days', '2026-06-01', true],
  ])('%s of shadow', (_days, since, through) => {
    const decision = deployed(major([shadowEntry('staging', since)], { status: 'deployed' }));
    if (through) planOf(decision);
    else expect(codesOf(decision)).toEqual(['deploy/shadow-first']);
  });

  test('days before and after a pause count together, the pause does not', () => {
    const paused = (until: string): Deployment[] => [
      shadowEntry('staging', '2026-05-01'),
      shadowEntry('staging', until, 0),
      shadowEntry('staging', '2026-06-08'),
    ];
    planOf(deployed(major(paused('2026-05-08'), { status: 'deployed' })));
    expect(codesOf(deployed(major(paused('2026-05-07'), { status: 'deployed' })))).toEqual([
      'deploy/shadow-first',
    ]);
  });

  test('the same days in two environments are the same days', () => {
    const both = [shadowEntry('staging', '2026-06-07'), shadowEntry('production', '2026-06-07')];
    expect(codesOf(deployed(major(both, { status: 'deployed' })))).toEqual(['deploy/shadow-first']);
  });

  test('policy sets the days', () => {
    const config = configOf({ deployment: { shadow_days: 3 } });
    planOf(
      deployed(
        major([shadowEntry('staging', '2026-06-12')], { status: 'deployed' }),
        'canary',
        highRisk,
        config,
      ),
    );
  });
});

describe('no shadow is asked of', () => {
  test('a MAJOR version that is not high-risk', () => {
    planOf(deployed(major([]), 'canary', modelOf()));
  });

  test.each(['retraining', 'configuration'] as const)('a high-risk %s', (type) => {
    planOf(deployed(approved('1.1.0', { change: { type } })));
  });
});

test('a version that is high-risk by its own record is held to it', () => {
  const compliance = { gdpr_status: 'done', eu_ai_act_risk_class: 'high' as const, soc2_evidence_id: null };
  expect(codesOf(deployed(major([], { compliance }), 'canary', modelOf()))).toEqual(['deploy/shadow-first']);
});
