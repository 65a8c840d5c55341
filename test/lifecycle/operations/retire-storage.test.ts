// What retiring asks of storage: every artifact with its digest, and a day or a reason to keep it under every rule.
import { describe, expect, test } from 'vitest';
import type { Artifact, Model, RetentionRule, VersionRecord } from '../../../src/generated/types.js';
import type { Decision } from '../../../src/lifecycle/decisions.js';
import { type RetireInput, retire } from '../../../src/lifecycle/operations/retire.js';
import {
  acting,
  alan,
  codesOf,
  configOf,
  deprecated,
  grace,
  modelOf,
  planOf,
  prompt,
  refusalOf,
  sha,
  stateOf,
  weights,
} from '../../support/records.js';

interface Setting {
  artifacts?: Artifact[];
  input?: Partial<RetireInput>;
  model?: Model;
  rules?: RetentionRule[];
}

const usual: RetentionRule[] = [
  { kind: 'weights', period: 'P5Y', anchor: 'retired_at' },
  { kind: 'training_data', period: 'P2Y', anchor: 'retired_at' },
];
const stored = [{ sha256: sha('a'), location: 's3://cold/a' }];

function retiring(setting: Setting = {}): Decision {
  const record = deprecated('1.0.0', { artifacts: setting.artifacts ?? [weights('a')] });
  const state = stateOf([record], {
    model: setting.model ?? modelOf(),
    config: configOf({ retention: setting.rules ?? usual }),
  });
  const input = { cold_storage: stored, compliance_confirmed_by: grace, withdraw: false, ...setting.input };
  return retire(state, { ...input, version: record }, acting(alan, '2026-06-01'));
}

function retirementOf(decision: Decision): NonNullable<VersionRecord['retirement']> {
  for (const change of planOf(decision).changes) {
    if (change.kind !== 'edit-version') continue;
    const edit = change.edits.find((each) => each.path[0] === 'retirement');
    if (edit) return edit.value as NonNullable<VersionRecord['retirement']>;
  }
  throw new Error('no retirement in the plan');
}

const kept = (decision: Decision): Record<string, string | null> =>
  Object.fromEntries(
    (retirementOf(decision).retention ?? []).map((outcome) => [outcome.kind, outcome.retain_until]),
  );

describe('cold storage', () => {
  test('an artifact that is not there blocks, with the digest to name', () => {
    const decision = retiring({ artifacts: [weights('a'), prompt('b')] });
    expect(refusalOf(decision)).toEqual({ 'retire/not-stored': expect.stringContaining(sha('b')) as string });
  });

  test('one with another digest is not what was registered', () => {
    const cold_storage = [{ sha256: sha('f'), location: 's3://cold/a' }];
    expect(codesOf(retiring({ input: { cold_storage } }))).toEqual([
      'retire/digest-mismatch',
      'retire/not-stored',
    ]);
  });

  test('all of them let it through, each with its day', () => {
    const cold_storage = [...stored, { sha256: sha('b'), location: 's3://cold/b' }];
    const decision = retiring({ artifacts: [weights('a'), prompt('b')], input: { cold_storage } });
    expect(retirementOf(decision).cold_storage).toMatchObject([
      { sha256: sha('a'), location: 's3://cold/a', retain_until: '2031-06-01' },
      { sha256: sha('b'), location: 's3://cold/b', retain_until: '2033-06-01' },
    ]);
  });

  test('a version without artifacts is retired with a warning', () => {
    expect(planOf(retiring({ artifacts: [], input: { cold_storage: [] } })).warnings).toMatchObject([
      { code: 'retire/no-artifacts' },
    ]);
  });

  test.each([
    ['2031-05-31', 'retire/retention-too-short'],
    ['in ten years', 'date/form'],
  ])('a retain-until of %s is refused', (retain_until, code) => {
    const cold_storage = [{ sha256: sha('a'), location: 's3://cold/a', retain_until }];
    expect(codesOf(retiring({ input: { cold_storage } }))).toEqual([code]);
  });

  test.each(['2031-06-01', '2040-01-01'])('a retain-until of %s is kept as said', (retain_until) => {
    const cold_storage = [{ sha256: sha('a'), location: 's3://cold/a', retain_until }];
    expect(retirementOf(retiring({ input: { cold_storage } })).cold_storage).toMatchObject([
      { retain_until },
    ]);
  });
});

describe('retention rules', () => {
  test.each([
    ['weights', [usual[1]]],
    ['training data', [usual[0]]],
  ])('%s have to be said', (what, rules) => {
    const decision = retiring({ rules: rules as RetentionRule[] });
    expect(codesOf(decision)).toContain('retire/no-retention-rule');
    expect(decision.kind === 'refused' && decision.problems[0]?.message).toContain(what);
  });

  test('a rule that is said with the retirement lets it through', () => {
    const retention = [{ kind: 'training_data' as const, period: 'P6M', anchor: 'retired_at' as const }];
    expect(kept(retiring({ rules: [usual[0] as RetentionRule], input: { retention } }))).toMatchObject({
      training_data: '2026-12-01',
    });
  });

  test('the model goes before the registry', () => {
    const model = modelOf({ retention: [{ kind: 'weights', period: 'P9Y', anchor: 'retired_at' }] });
    expect(kept(retiring({ model }))).toMatchObject({ weights: '2035-06-01' });
  });

  test('documentation is kept 7 years after retirement', () => {
    expect(kept(retiring())).toEqual({
      documentation: '2033-06-01',
      weights: '2031-06-01',
      training_data: '2028-06-01',
    });
  });

  test('documentation of a high-risk model is kept 10 years from placing on the market', () => {
    const model = modelOf({ eu_ai_act_risk_class: 'high', placed_on_market: '2025-02-28' });
    const decision = retiring({ model });
    expect(kept(decision)).toMatchObject({ documentation: '2035-02-28' });
    expect(retirementOf(decision).retention?.[0]).toMatchObject({
      anchor: 'placed_on_market',
      period: 'P10Y',
      basis: 'EU AI Act, Article 18',
    });
  });

  test('a missing anchor means keep, and that is said', () => {
    const decision = retiring({ model: modelOf({ eu_ai_act_risk_class: 'high' }) });
    expect(kept(decision)).toMatchObject({ documentation: null });
    expect(planOf(decision).warnings).toMatchObject([{ code: 'retire/kept' }]);
  });

  test('what a missing anchor keeps cannot be given a day', () => {
    const rules: RetentionRule[] = [
      { kind: 'weights', period: 'P5Y', anchor: 'placed_on_market' },
      usual[1] as RetentionRule,
    ];
    expect(kept(retiring({ rules }))).toMatchObject({ weights: null });
    const cold_storage = [{ sha256: sha('a'), location: 's3://cold/a', retain_until: '2099-01-01' }];
    expect(codesOf(retiring({ rules, input: { cold_storage } }))).toEqual(['retire/retention-too-short']);
  });
});
