// mlc retrain: the decision to train again is written down, and handed to whoever runs the training.
import { usage } from '../errors.js';
import { triggerTypes } from '../lifecycle/triggers/trigger.js';
import {
  type Answer,
  type Command,
  type Input,
  type Session,
  isSet,
  reasonOf,
  settingsOf,
  text,
  word,
} from './command.js';
import { open, transitionAnswer } from './answers.js';
import { runTransition } from '../registry/transition.js';
import { cancelRetraining } from '../lifecycle/operations/retrain.js';
import { requestRetraining } from './retraining.js';
import { requestsAnswer } from './retraining-status.js';

async function cancel(session: Session, input: Input, id: string): Promise<Answer> {
  const outcome = await runTransition(
    await open(session),
    word(input, 'model'),
    ({ state }, circumstance) => cancelRetraining(state, { id, reason: reasonOf(input) }, circumstance),
    settingsOf(input),
  );
  return transitionAnswer(outcome);
}

export const command: Command = {
  description:
    'Writes a retraining request, and hands it over as model.yaml says (retraining.hand_over): prints it, runs a command, or calls Airflow, Prefect, Kubeflow Pipelines, GitHub or GitLab. Its id comes from trigger, data snapshot, seed and commit, so the same request twice is one request. Nothing is run or sent without --send: until then it says what would be. Credentials come from the environment alone. What was sent without an answer shows in --status, and is safe to send again. Exit code 1 where the hand-over was not accepted.',
  arguments: [{ name: 'model', description: 'the model' }],
  options: [
    { flags: '--trigger <trigger>', description: 'the trigger that it answers', choices: triggerTypes },
    {
      flags: '--version-of <version>',
      description: 'the version to train again; the one whose trigger fired where it is left out',
    },
    { flags: '--dataset <name@version>', description: 'the data snapshot to train on' },
    { flags: '--seed <number>', description: "the random seed; the version's own where it is left out" },
    {
      flags: '--commit <ref>',
      description: "the commit of the training code; the version's own where it is left out",
    },
    { flags: '--send', description: 'run the command, or send the request' },
    { flags: '--status', description: 'show the requests of the model instead' },
    { flags: '--cancel <id>', description: 'cancel a request instead; needs a reason' },
  ],
  examples: [
    'mlc retrain churn --trigger drift-threshold --dataset churn-train@v6',
    'mlc retrain churn --trigger drift-threshold --dataset churn-train@v6 --send',
    'mlc retrain churn --status',
  ],
  commits: true,
  run: async (session, input) => {
    const id = text(input, 'cancel');
    if (isSet(input, 'status') && id !== undefined)
      throw usage('usage/retrain', '--status and --cancel are two questions', 'ask one of them');
    if (isSet(input, 'status')) return requestsAnswer(session, word(input, 'model'));
    return id === undefined ? requestRetraining(session, input) : cancel(session, input, id);
  },
};
