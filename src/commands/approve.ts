// mlc approve: an approver's review of a registered version.
import { approve } from '../lifecycle/operations/approve.js';
import type { Command } from './command.js';
import { onReview, reviewOptions } from './reviewing.js';

export const command: Command = {
  description:
    "Approves a registered version: you have to be an approver of the model and not the one who registered it. High-risk models need two approvals, by two people. Where policy says signatures: required, the approval is signed with your ssh key, and counts as that key's principal in .mlc/allowed_signers.",
  arguments: [{ name: 'version', description: 'model@version' }],
  options: reviewOptions,
  examples: ['mlc approve churn@1.1.0 -m "numbers checked against the golden set"'],
  commits: true,
  run: (session, input) => onReview(session, input, 'approve', approve),
};
