// mlc deprecate: gives notice that a version will be retired.
import { deprecate } from '../lifecycle/operations/deprecate.js';
import { onVersion } from './answers.js';
import { usage } from '../errors.js';
import { type Command, type Input, reasonOf, text, word } from './command.js';

/** The successor's number; with a model before it, it has to be the same model's. */
function successorOf(input: Input): string | undefined {
  const successor = text(input, 'successor');
  if (!successor?.includes('@')) return successor;
  const [model, version] = successor.split('@');
  const own = word(input, 'version').split('@')[0];
  if (model === own) return version;
  throw usage(
    'deprecate/other-model',
    `${successor} is another model; a successor is a version of ${own}`,
    '--successor VERSION',
  );
}

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
          successor: successorOf(input),
          noSuccessorReason: text(input, 'withoutSuccessor'),
          noticeEnds: text(input, 'noticeUntil'),
          reason: reasonOf(input),
        },
        circumstance,
      ),
    ),
};
