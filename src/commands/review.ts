// mlc review: keeps or moves a deprecation target.
import { review } from '../lifecycle/operations/review.js';
import { onVersion } from './answers.js';
import { type TriggerType, triggerTypes } from '../lifecycle/triggers/trigger.js';
import { type Command, reasonOf, text, texts } from './command.js';

export const command: Command = {
  description:
    'Records that somebody looked at how long a version should live. With --until the deprecation target moves, which needs a reason; without it the target is kept. A review that keeps the target, with a reason, answers the triggers of the version that are open; a compliance event, and any trigger of a review that moves the target, only where --trigger names it.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    { flags: '--until <date>', description: 'the new deprecation target, YYYY-MM-DD' },
    {
      flags: '--trigger <trigger>',
      description:
        'an open trigger that it answers; where it is left out, a reason is given and the target is kept: all but a compliance event',
      choices: triggerTypes,
      many: true,
    },
  ],
  examples: [
    'mlc review churn@1.1.0',
    'mlc review churn@1.1.0 --until 2027-09-01 -m "no drift in two quarters"',
    'mlc review churn@1.1.0 --trigger compliance-event -m "none of the erased customers were in its data"',
  ],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) => {
      const triggers = [...new Set(texts(input, 'trigger') as TriggerType[])];
      return review(
        state,
        {
          version,
          until: text(input, 'until'),
          reason: reasonOf(input),
          triggers: triggers.length > 0 ? triggers : undefined,
        },
        circumstance,
      );
    }),
};
