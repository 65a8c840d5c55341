// mlc reject: an approver's review of a registered version.
import { reject } from '../lifecycle/operations/approve.js';
import type { Command } from './command.js';
import { onReview, reviewOptions } from './reviewing.js';

export const command: Command = {
  description: 'Rejects a registered version, for good: its number is never used again. Needs a reason.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: reviewOptions,
  examples: ['mlc reject churn@1.1.0 -m "numbers checked against the golden set"'],
  commits: true,
  run: (session, input) => onReview(session, input, 'reject', reject),
};
