// The reference: from a state and a question to the answer that has to come, and the state after it.
import type { Asked, Operation, Transition } from './reference-operations.js';
import { register } from './reference-register.js';
import { retire } from './reference-retire.js';
import { deprecate, simple } from './reference-reviews.js';
import { type Judgement, type Rules, type State, select } from './reference-state.js';
import { deploy, ramp, rollback } from './reference-traffic.js';

/** A model without versions. */
export function emptyState(rules: Rules, gate: State['gate']): State {
  return { rules, gate, lives: [], splits: {}, pins: {}, log: [] };
}

function transition(state: State, asked: Transition, who: Asked): Judgement {
  if (asked.kind === 'register') return register(state, asked, who);
  if (asked.kind === 'rollback') return rollback(state, asked, who);
  const life = select(state, asked.version);
  if (typeof life === 'string')
    return { expected: { outcome: 'refused', must: [life], may: [] }, next: state };
  if (asked.kind === 'deploy') return deploy(state, life, asked, who);
  if (asked.kind === 'ramp') return ramp(state, life, asked, who);
  if (asked.kind === 'deprecate') return deprecate(state, life, asked, who);
  return asked.kind === 'retire' ? retire(state, life, asked, who) : simple(state, life, asked, who);
}

/** Judges one operation. An edit by hand is always accepted, and no transition. */
export function judge(state: State, asked: Operation, who: Asked): Judgement {
  if (asked.kind === 'pin' || asked.kind === 'regate') {
    const next =
      asked.kind === 'pin'
        ? { ...state, pins: { ...state.pins, [asked.consumer]: asked.version } }
        : { ...state, gate: { floor: asked.floor, committedAt: who.at } };
    return { expected: { outcome: 'edited' }, next };
  }
  const judged = transition(state, asked, who);
  const { expected, next } = judged;
  if (expected.outcome !== 'done') return judged;
  const environment = 'env' in asked ? asked.env : null;
  const { version, from, to } = expected;
  const entry = { operation: asked.kind, version, from, to, environment, actor: who.by };
  return { expected, next: { ...next, log: [...state.log, entry] } };
}
