// mlc approve: an approver's review of a registered version.
import { approve } from '../lifecycle/operations/approve.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf } from './command.js';

export const command: Command = {
  description:
    'Approves a registered version: you have to be an approver of the model and not the one who registered it. High-risk models need two approvals, by two people.',
  arguments: [{ name: 'version', description: 'model@version' }],
  examples: ['mlc approve churn@1.1.0 -m "numbers checked against the golden set"'],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      approve(state, { version, comment: reasonOf(input) }, circumstance),
    ),
};
