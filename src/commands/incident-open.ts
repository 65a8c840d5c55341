// mlc incident open: opens an incident, which holds its versions.
import { type Severity, openIncident, severities } from '../lifecycle/operations/incident.js';
import { runTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import { type Command, reasonOf, settingsOf, text, texts, word } from './command.js';

export const command: Command = {
  description:
    'Opens an incident: harm, or nearly harm, that a model had a part in. Its versions are neither deployed nor retired while it is open. The clock for telling the authority runs from --aware-at: 15 days in general, 10 for a death, 2 for widespread harm or critical infrastructure (Regulation 2024/1689, Article 73); it shows in mlc due. Needs a reason: what happened.',
  arguments: [{ name: 'model', description: 'the model' }],
  options: [
    { flags: '--severity <severity>', description: 'decides the clock', choices: severities, required: true },
    {
      flags: '--affected <version>',
      description: 'a version that had a part in it; those that serve where it is left out',
      many: true,
    },
    {
      flags: '--aware-at <time>',
      description:
        'when you became aware of it, as 2026-03-08T05:00:00Z or 2026-03-08 (from its first moment); now where it is left out',
    },
  ],
  examples: ['mlc incident open churn --severity serious -m "wrong dunning letters to 40 people"'],
  commits: true,
  run: async (session, input) =>
    transitionAnswer(
      await runTransition(
        await open(session),
        word(input, 'model'),
        ({ state }, circumstance) =>
          openIncident(
            state,
            {
              severity: text(input, 'severity') as Severity,
              versions: texts(input, 'affected'),
              awareAt: text(input, 'awareAt'),
              summary: reasonOf(input),
            },
            circumstance,
          ),
        settingsOf(input),
      ),
    ),
};
