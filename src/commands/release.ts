// mlc release: releases the holds of a version.
import type { Hold } from '../generated/types.js';
import { release } from '../lifecycle/operations/hold.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf, text } from './command.js';

export const command: Command = {
  description: 'Releases the open holds of a version, or those of one kind. Needs a reason.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    {
      flags: '--kind <kind>',
      description: 'release the holds of this kind alone',
      choices: ['legal', 'incident'],
    },
  ],
  examples: ['mlc release churn@1.0.0 -m "case closed"'],
  commits: true,
  run: async (session, input) => {
    const kind = text(input, 'kind') as Hold['kind'] | undefined;
    return onVersion(session, input, (state, version, circumstance) =>
      release(state, { version, kind, reason: reasonOf(input) }, circumstance),
    );
  },
};
