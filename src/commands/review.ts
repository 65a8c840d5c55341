// mlc review: keeps or moves a deprecation target.
import { review } from '../lifecycle/operations/review.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf, text } from './command.js';

export const command: Command = {
  description:
    'Records that somebody looked at how long a version should live. With --until the deprecation target moves, which needs a reason; without it the target is kept.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [{ flags: '--until <date>', description: 'the new deprecation target, YYYY-MM-DD' }],
  examples: [
    'mlc review churn@1.1.0',
    'mlc review churn@1.1.0 --until 2027-09-01 -m "no drift in two quarters"',
  ],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      review(state, { version, until: text(input, 'until'), reason: reasonOf(input) }, circumstance),
    ),
};
