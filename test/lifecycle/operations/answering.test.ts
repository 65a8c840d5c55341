// register --request: the version closes the request and names it, and says where it was trained otherwise than asked.
import { describe, expect, test } from 'vitest';
import type { RetrainingRequest } from '../../../src/generated/types.js';
import type { Decision, ModelState } from '../../../src/lifecycle/decisions.js';
import { register } from '../../../src/lifecycle/operations/register.js';
import { flattenResults } from '../../../src/lifecycle/results.js';
import {
  acting,
  ada,
  alan,
  carriedOut,
  codesOf,
  planOf,
  serving,
  sha,
  stateOf,
  versionOf,
  weights,
} from '../../support/records.js';
import { ledgerOf, requestOf } from '../../support/watching.js';

const request = requestOf('drift-threshold', '2026-05-01');
const stated = (changes: Partial<RetrainingRequest> = {}): ModelState =>
  stateOf([serving('1.0.0', 100)], { ledger: ledgerOf({ requests: [{ ...request, ...changes }] }) });

interface Trained {
  dataset_version?: string;
  training_commit?: string;
  seed?: number;
  digit?: string;
  request?: string | undefined;
  named?: string;
}

function answered(state: ModelState, trained: Trained = {}): Decision {
  const { seed = 7, digit = 'b', named, request: asked = request.id, ...lineage } = trained;
  return register(
    state,
    {
      submission: {
        change: { type: 'retraining', summary: 'as asked', ...(named ? { request: named } : {}) },
        parent_run_id: 'mlflow:run-2',
        dataset_version: 'train@v2',
        training_commit: request.inputs.commit,
        training: { seed, hyperparameters: { depth: 3 }, started_at: '2026-05-30T09:00:00Z' },
        artifacts: [weights(digit)],
        compliance: { gdpr_status: 'done' },
        ...lineage,
      },
      results: flattenResults({ evaluation_dataset: 'churn-golden@v1', accuracy: 0.95 }),
      evidence: [{ file: 'results.json', sha256: sha('e'), format: 'json' }],
      gateDigest: sha('9'),
      gateCommittedAt: '2026-05-01T09:00:00Z',
      request: named ? undefined : asked,
    },
    acting(ada),
  );
}
const codes = (decision: Decision): string[] =>
  (decision.kind === 'refused'
    ? []
    : decision.kind === 'plan'
      ? decision.plan.warnings
      : decision.warnings
  ).map(({ code }) => code);

describe('a version', () => {
  test('closes the request, and names it as its cause', () => {
    const state = stated();
    const after = carriedOut(state, answered(state));
    expect(versionOf(after, '1.1.0').change).toMatchObject({
      type: 'retraining',
      from: '1.0.0',
      request: request.id,
    });
    expect(after.ledger.requests.get(request.id)).toEqual({
      ...request,
      closed: { at: '2026-06-01T09:00:00Z', by: ada, outcome: 'registered', version: '1.1.0' },
    });
    expect(planOf(answered(state)).answer).toMatchObject({ request: request.id });
  });

  test('may name it in its evidence', () => {
    const after = carriedOut(stated(), answered(stated(), { named: request.id }));
    expect(after.ledger.requests.get(request.id)?.closed).toMatchObject({ version: '1.1.0' });
  });

  test.each<[string, Trained, number]>([
    ['as asked', {}, 0],
    ['on a commit written short', { training_commit: request.inputs.commit.slice(0, 9) }, 0],
    ['on other data', { dataset_version: 'train@v3' }, 1],
    ['with another seed', { seed: 8 }, 1],
    ['on another commit', { training_commit: 'c'.repeat(40) }, 1],
    ['otherwise altogether', { dataset_version: 'train@v3', seed: 8, training_commit: 'c'.repeat(40) }, 3],
  ])('trained %s', (_what, trained, warnings) => {
    const told = codes(answered(stated(), trained)).filter(
      (code) => code === 'register/other-than-requested',
    );
    expect(told).toHaveLength(warnings);
  });

  test('a request written short fits the whole commit', () => {
    const short = stated({ inputs: { ...request.inputs, commit: request.inputs.commit.slice(0, 7) } });
    expect(codes(answered(short))).not.toContain('register/other-than-requested');
  });
});

describe('is refused', () => {
  test('for a request that there is none of', () => {
    expect(codesOf(answered(stated(), { request: 'calendar-000000000000' }))).toEqual([
      'register/unknown-request',
    ]);
  });

  test.each([
    ['cancelled', {}],
    ['registered', { version: '1.0.1' }],
  ] as const)('for a request that was %s', (outcome, more) => {
    const closed = { at: '2026-05-03T09:00:00Z', by: alan, outcome, ...more };
    expect(codesOf(answered(stated({ closed })))).toEqual(['register/request-closed']);
  });
});

test('a version that was there before leaves the request open, and says so', () => {
  const once = carriedOut(stated(), answered(stated(), { named: request.id }));
  const reopened: ModelState = { ...once, ledger: stated().ledger };
  expect(answered(reopened)).toMatchObject({
    kind: 'unchanged',
    warnings: [{ code: 'register/request-open' }],
  });
  expect(codes(answered(once))).toEqual([]);
});
