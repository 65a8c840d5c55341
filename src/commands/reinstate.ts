// mlc reinstate: takes a deprecation back.
import { reinstate } from '../lifecycle/operations/deprecate.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf } from './command.js';

export const command: Command = {
  description:
    'Takes a deprecation back. Needs a reason. The version is again what its reviews and its traffic make it.',
  arguments: [{ name: 'version', description: 'model@version' }],
  examples: ['mlc reinstate churn@1.1.0 -m "2.0.0 was withdrawn"'],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      reinstate(state, { version, reason: reasonOf(input) }, circumstance),
    ),
};
