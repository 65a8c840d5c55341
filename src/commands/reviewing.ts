// What approve and reject share: a review of a version, signed where policy or the reviewer asks for it.
import type { Circumstance, Decision, ModelState } from '../lifecycle/decisions.js';
import type { ReviewInput } from '../lifecycle/operations/approve.js';
import { signReview } from '../registry/signing.js';
import { runVersionTransition } from '../registry/transition.js';
import { open, transitionAnswer } from './answers.js';
import {
  type Answer,
  type Input,
  type OptionDefinition,
  type Session,
  isSet,
  reasonOf,
  settingsOf,
  word,
} from './command.js';

/** The flags of a review. */
export const reviewOptions: readonly OptionDefinition[] = [
  {
    flags: '--sign',
    description:
      'sign the review with your ssh key (user.signingkey), where policy does not ask for it already',
  },
];

/** Makes a review of the version that the command names. */
export async function onReview(
  session: Session,
  input: Input,
  decision: 'approve' | 'reject',
  decide: (state: ModelState, input: ReviewInput, circumstance: Circumstance) => Decision,
): Promise<Answer> {
  const registry = await open(session);
  const signing = isSet(input, 'sign') ? 'always' : 'as-policy-says';
  const outcome = await runVersionTransition(
    registry,
    word(input, 'version'),
    async (loaded, version, circumstance) => {
      const signed = await signReview(registry, loaded, { record: version, decision }, circumstance, signing);
      return decide(loaded.state, { version, comment: reasonOf(input), signed }, circumstance);
    },
    settingsOf(input),
  );
  return transitionAnswer(outcome);
}
