// The first version of a high-risk model is a MAJOR one, whatever kind of change it was said to be.
import { describe, expect, it } from 'vitest';
import { deploy } from '../../../src/lifecycle/operations/deploy.js';
import { isMajor } from '../../../src/lifecycle/versions.js';
import { acting, ada, approved, modelOf, planOf, stateOf } from '../../support/records.js';

const highRisk = modelOf({ eu_ai_act_risk_class: 'high' });

describe('the first version of a high-risk model', () => {
  it.each(['architecture', 'retraining', 'configuration'] as const)(
    'takes no live traffic before a shadow, registered as %s',
    (type) => {
      const version = approved('1.0.0', { change: { type, from: null } });
      const state = stateOf([version], { model: highRisk });
      const decision = deploy(state, { version, env: 'production', pattern: 'blue-green' }, acting(ada));
      expect(decision).toMatchObject({ kind: 'refused', problems: [{ code: 'deploy/shadow-first' }] });
    },
  );

  it('is held to a shadow by its number, and a later one by its own', () => {
    expect(isMajor(approved('1.0.0', { change: { type: 'retraining', from: null } }))).toBe(true);
    expect(isMajor(approved('1.1.0', { change: { type: 'retraining', from: '1.0.0' } }))).toBe(false);
  });

  it('keeps the pattern that fits the kind of change that was said', () => {
    const version = approved('1.0.0', { change: { type: 'retraining', from: null } });
    const plan = planOf(deploy(stateOf([version]), { version, env: 'production' }, acting(ada)));
    expect(plan.answer).toMatchObject({ pattern: 'canary' });
  });
});
