// mlc reject: an approver's review of a registered version.
import { reject } from '../lifecycle/operations/approve.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf } from './command.js';

export const command: Command = {
  description: 'Rejects a registered version, for good: its number is never used again. Needs a reason.',
  arguments: [{ name: 'version', description: 'model@version' }],
  examples: ['mlc reject churn@1.1.0 -m "numbers checked against the golden set"'],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      reject(state, { version, comment: reasonOf(input) }, circumstance),
    ),
};
