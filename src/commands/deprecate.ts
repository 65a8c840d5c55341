// mlc deprecate: gives notice that a version will be retired.
import { deprecate } from '../lifecycle/operations/deprecate.js';
import { onVersion } from './answers.js';
import { type Command, reasonOf, text } from './command.js';

export const command: Command = {
  description:
    'Gives notice that a version will be retired: 30 days by default, with a successor or a reason why there is none. From now on its traffic only goes down.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    { flags: '--successor <version>', description: 'the version that takes its place' },
    { flags: '--without-successor <reason>', description: 'why nothing takes its place' },
    {
      flags: '--notice-until <date>',
      description: 'the last day of the notice, YYYY-MM-DD; policy decides where it is left out',
    },
  ],
  examples: [
    'mlc deprecate churn@1.0.0 --successor 1.1.0',
    'mlc deprecate churn@1.0.0 --without-successor "the product ends" --notice-until 2027-03-31',
  ],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      deprecate(
        state,
        {
          version,
          successor: text(input, 'successor')?.replace(/^.*@/, ''),
          noSuccessorReason: text(input, 'withoutSuccessor'),
          noticeEnds: text(input, 'noticeUntil'),
          reason: reasonOf(input),
        },
        circumstance,
      ),
    ),
};
