// mlc incident update: adds to an incident what became known or was done.
import { type Severity, severities, updateIncident } from '../lifecycle/operations/incident.js';
import { runTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import { type Command, reasonOf, settingsOf, text, texts, word } from './command.js';

export const command: Command = {
  description:
    'Adds to an incident what became known or was done: another severity (its clock runs from the same moment), other versions, or where the report to the authority is filed. Needs a reason: the note.',
  arguments: [
    { name: 'model', description: 'the model' },
    { name: 'incident', description: 'the incident, as mlc due names it' },
  ],
  options: [
    { flags: '--severity <severity>', description: 'its severity from here on', choices: severities },
    { flags: '--affected <version>', description: 'its versions from here on', many: true },
    { flags: '--reported <reference>', description: 'where the report to the authority is filed' },
  ],
  examples: ['mlc incident update churn 20260308T060000Z --reported "case 2026-114" -m "told the authority"'],
  commits: true,
  run: async (session, input) =>
    transitionAnswer(
      await runTransition(
        await open(session),
        word(input, 'model'),
        ({ state }, circumstance) =>
          updateIncident(
            state,
            {
              id: word(input, 'incident'),
              note: reasonOf(input),
              severity: text(input, 'severity') as Severity | undefined,
              versions: texts(input, 'affected'),
              reported: text(input, 'reported'),
            },
            circumstance,
          ),
        settingsOf(input),
      ),
    ),
};
