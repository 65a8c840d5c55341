// mlc incident close: closes an incident, which releases its versions.
import { closeIncident } from '../lifecycle/operations/incident.js';
import { runTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import { type Command, reasonOf, settingsOf, word } from './command.js';

export const command: Command = {
  description:
    'Closes an incident, which releases its versions. One that has to be reported is closed only after it was. Needs a reason: what was found, and why it is over.',
  arguments: [
    { name: 'model', description: 'the model' },
    { name: 'incident', description: 'the incident, as mlc due names it' },
  ],
  options: [],
  examples: ['mlc incident close churn 20260308T060000Z -m "cause removed in 2.1.1"'],
  commits: true,
  run: async (session, input) =>
    transitionAnswer(
      await runTransition(
        await open(session),
        word(input, 'model'),
        ({ state }, circumstance) =>
          closeIncident(state, { id: word(input, 'incident'), reason: reasonOf(input) }, circumstance),
        settingsOf(input),
      ),
    ),
};
