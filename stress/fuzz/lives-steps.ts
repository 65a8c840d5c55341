// Steps of a random life: what fast-check draws and shrinks, and which operation a step means in a given state.
import { array, constantFrom, integer, noBias, record, type Arbitrary } from 'fast-check';
import { randomFrom } from '../campaign.js';
import { type Draw, type Kind, operationOf } from './lives-operations.js';
import { judge } from './reference.js';
import type { Asked, Operation } from './reference-operations.js';
import type { State } from './reference-state.js';

/** One step. Its meaning follows from the state that it meets, so that a sequence from which steps were taken still plays. */
export interface Step {
  kind: Kind;
  /** Where its choices come from. */
  dice: number;
  /** Whether it looks for an operation that the reference accepts, rather than for any. */
  fit: boolean;
  /** Minutes since the step before. */
  wait: number;
  dry: boolean;
}

/** An operation, who asks for it and when. */
export interface Question {
  asked: Operation;
  who: Asked;
  dry: boolean;
}

const people = ['ada', 'grace', 'alan', 'mallory'] as const;

const weighted: Record<Kind, number> = {
  register: 4,
  approve: 4,
  reject: 1,
  deploy: 6,
  ramp: 5,
  rollback: 3,
  review: 1,
  deprecate: 3,
  reinstate: 2,
  retire: 4,
  withdraw: 1,
  hold: 1,
  release: 1,
  pin: 1,
  regate: 1,
};

const kinds = (Object.keys(weighted) as Kind[]).flatMap((kind) =>
  Array.from({ length: weighted[kind] }, () => kind),
);

const hour = 60;

const step: Arbitrary<Step> = record({
  kind: constantFrom(...kinds),
  dice: noBias(integer({ min: 0, max: 9_999 })),
  fit: constantFrom(true, true, true, false),
  wait: constantFrom(1, 1, 1, 6 * hour, 72 * hour, 192 * hour, 384 * hour, 840 * hour),
  dry: constantFrom(false, false, false, false, false, false, false, true),
});

/** A random life, and by which rules it is lived. */
export interface Life {
  rules: number;
  steps: Step[];
}

/** Lives of about twenty steps. */
export function lives(rules: number, length = { min: 1, max: 40 }): Arbitrary<Life> {
  return record({
    rules: integer({ min: 0, max: rules - 1 }),
    steps: array(step, { minLength: length.min, maxLength: length.max, size: 'max' }),
  });
}

/** What has to come first, where nothing of a kind can be accepted. */
const before: Partial<Record<Kind, Kind>> = {
  approve: 'register',
  reject: 'register',
  deploy: 'approve',
  ramp: 'deploy',
  rollback: 'ramp',
  review: 'register',
  deprecate: 'deploy',
  reinstate: 'deprecate',
  retire: 'deprecate',
  withdraw: 'register',
  hold: 'register',
  release: 'hold',
  pin: 'register',
};

/** The longest that a step waits for something to become possible. */
const patience = 40 * 24 * hour;

const attempts = 48;

function drawFor(dice: number, attempt: number): Draw {
  const random = randomFrom(dice * 64 + attempt);
  return (choices) => choices[Math.floor(random() * choices.length)] as (typeof choices)[number];
}

function attemptAt(state: State, kind: Kind, asked: Step, attempt: number, clock: number): Question {
  const draw = drawFor(asked.dice, attempt);
  const wait = attempt < attempts / 2 ? asked.wait : patience;
  const who = { by: draw(people), at: clock + wait * 60_000 };
  return { asked: operationOf(kind, state, who, draw), who, dry: asked.dry };
}

/** What a step means in a state. */
export function questionOf(state: State, asked: Step, clock: number): Question {
  if (!asked.fit) return attemptAt(state, asked.kind, asked, 0, clock);
  for (let kind: Kind | undefined = asked.kind; kind; kind = before[kind]) {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const question = attemptAt(state, kind, asked, attempt, clock);
      const { expected } = judge(state, question.asked, question.who);
      if (expected.outcome === 'done' || expected.outcome === 'edited') return question;
    }
  }
  return attemptAt(state, asked.kind, asked, 0, clock);
}
