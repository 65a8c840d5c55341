// mlc hold: puts a legal or incident hold on a version.
import type { Hold } from '../generated/types.js';
import { hold } from '../lifecycle/operations/hold.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf, text } from './command.js';

export const command: Command = {
  description:
    'Puts a hold on a version: it blocks deploying, retiring and purging until it is released. Needs a reason.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    {
      flags: '--kind <kind>',
      description: 'why there is a hold; legal where it is left out',
      choices: ['legal', 'incident'],
    },
  ],
  examples: ['mlc hold churn@1.0.0 --kind legal -m "litigation 4711"'],
  commits: true,
  run: async (session, input) => {
    const kind = text(input, 'kind') as Hold['kind'] | undefined;
    return onVersion(session, input, (state, version, circumstance) =>
      hold(state, { version, kind, reason: reasonOf(input) }, circumstance),
    );
  },
};
