// mlc event: writes down what happened to a model from outside.
import { parseNamed } from '../adapters/flags.js';
import type { ModelEvent } from '../generated/types.js';
import { event } from '../lifecycle/operations/event.js';
import { runTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import { type Command, isSet, number, reasonOf, settingsOf, text, word } from './command.js';

export const command: Command = {
  description:
    'Writes down what happened to a model from outside, so that triggers see it: the provider changed the base model, a law, an erasure or an audit finding asks for a retraining, or newly labelled data came. Needs a reason: what happened.',
  arguments: [{ name: 'model', description: 'the model' }],
  options: [
    {
      flags: '--type <type>',
      description: 'what kind of event',
      choices: ['upstream-change', 'compliance-event', 'data-accumulation'],
      required: true,
    },
    { flags: '--base-model <name@revision>', description: 'the base model that the provider has now' },
    {
      flags: '--duty <kind>',
      description: 'what kind of duty a compliance event is',
      choices: ['regulation', 'erasure', 'audit-finding', 'other'],
    },
    {
      flags: '--changes <what>',
      description: 'what it changes: the data that may be used, or the objective',
      choices: ['data', 'objective'],
    },
    { flags: '--new-examples <number>', description: 'labelled examples that came since the event before' },
    { flags: '--new-domain', description: 'they are from a domain that the training data lacks' },
    { flags: '--on <date>', description: 'the day that it happened; today where it is left out' },
    { flags: '--reference <uri>', description: 'where it is written down' },
  ],
  examples: [
    'mlc event assistant --type upstream-change --base-model llama-3-8b@7 -m "the provider moved to revision 7"',
    'mlc event churn --type compliance-event --duty erasure -m "erasure request 4711 touches the training data"',
    'mlc event churn --type data-accumulation --new-examples 1200 -m "labels of February"',
  ],
  commits: true,
  run: async (session, input) => {
    const base = text(input, 'baseModel');
    const named = base === undefined ? undefined : parseNamed(base, '--base-model');
    const registry = await open(session);
    const outcome = await runTransition(
      registry,
      word(input, 'model'),
      ({ state }, circumstance) =>
        event(
          state,
          {
            type: text(input, 'type') as ModelEvent['type'],
            base_model: named && { name: named.name, revision: named.version },
            duty: text(input, 'duty') as ModelEvent['duty'],
            changes: text(input, 'changes') as ModelEvent['changes'],
            new_examples: number(input, 'newExamples'),
            new_domain: isSet(input, 'newDomain') ? true : undefined,
            occurredOn: text(input, 'on'),
            reference: text(input, 'reference'),
            summary: reasonOf(input),
          },
          circumstance,
        ),
      settingsOf(input),
    );
    return transitionAnswer(outcome);
  },
};
