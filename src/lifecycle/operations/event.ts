// event: something that happened to a model from outside is written down, so that triggers can see it.
import type { ModelEvent } from '../../generated/types.js';
import { dayOf, isDay } from '../dates.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { compact } from '../edits.js';
import { freshId, stampOf } from '../ledger.js';
import { type Warning, listOf, problem } from '../problems.js';
import { isFinal, statusOf } from '../stages.js';
import { reasonProblem } from './preconditions.js';

/** What happened. */
export interface EventInput extends Pick<
  ModelEvent,
  'type' | 'reference' | 'base_model' | 'duty' | 'changes' | 'new_examples' | 'new_domain'
> {
  occurredOn?: string | undefined;
  summary?: string | undefined;
}

function detailProblems(input: EventInput): ReturnType<typeof problem>[] {
  const problems = [];
  if (input.type === 'upstream-change' && !input.base_model)
    problems.push(
      problem(
        'input/base-model',
        'an upstream change needs the base model now',
        '--base-model NAME@REVISION',
      ),
    );
  if (input.type === 'data-accumulation' && input.new_examples === undefined)
    problems.push(problem('input/new-examples', 'new data needs its number of examples', '--new-examples N'));
  if (
    input.new_examples !== undefined &&
    !(Number.isSafeInteger(input.new_examples) && input.new_examples > 0)
  )
    problems.push(
      problem(
        'input/new-examples',
        `${input.new_examples} is no number of examples: it has to be whole, and 1 or more`,
        '--new-examples N',
      ),
    );
  if (input.type !== 'data-accumulation' && input.new_examples !== undefined)
    problems.push(
      problem('input/new-examples', `${input.type} counts no examples`, '--type data-accumulation'),
    );
  return problems;
}

/** Says where an upstream change is about a base model that nothing was made from: no trigger would see it. */
function baseWarnings(state: ModelState, { type, base_model: base }: EventInput): Warning[] {
  if (type !== 'upstream-change' || !base) return [];
  const names = [...state.versions.values()].flatMap((record) =>
    isFinal(statusOf(record)) ? [] : (record.training?.base_model?.name ?? []),
  );
  if (names.length === 0 || names.includes(base.name)) return [];
  return [
    {
      code: 'event/other-base',
      message: `no version of ${state.model.model_id} is made from ${base.name}, so no trigger sees this`,
      hint: `versions are made from ${listOf([...new Set(names)])}`,
    },
  ];
}

/** Records an event. */
export function event(state: ModelState, input: EventInput, { actor, now }: Circumstance): Decision {
  const model = state.model.model_id;
  const { occurredOn } = input;
  const problems = [...detailProblems(input), ...reasonProblem(input.summary, 'an event')];
  if (occurredOn !== undefined && !isDay(occurredOn))
    problems.push(problem('date/form', `"${occurredOn}" is not a day`, '--on YYYY-MM-DD'));
  else if (occurredOn !== undefined && occurredOn > dayOf(now))
    problems.push(problem('event/future', `${occurredOn} is yet to come`, '--on the day that it happened'));
  if (problems.length > 0) return refused('event', `an event of ${model}`, problems);
  const id = freshId(state.ledger.events, `${stampOf(now)}-${input.type}`);
  const data: ModelEvent = compact({
    schema: 'mlc/event@1' as const,
    model_id: model,
    id,
    type: input.type,
    recorded_at: now,
    recorded_by: actor,
    occurred_on: occurredOn,
    summary: input.summary as string,
    reference: input.reference,
    base_model: input.base_model,
    duty: input.duty,
    changes: input.changes,
    new_examples: input.new_examples,
    new_domain: input.new_domain,
  });
  return planned({
    operation: 'event',
    model,
    version: null,
    from: null,
    to: null,
    summary: input.type,
    reason: input.summary,
    changes: [{ kind: 'create-file', file: { kind: 'event', id }, data }],
    warnings: baseWarnings(state, input),
    answer: { event: id, type: input.type },
    next: [`mlc triggers ${model}`],
  });
}
