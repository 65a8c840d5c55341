// mlc rollback: an environment goes back to its earlier split.
import { rollback } from '../lifecycle/operations/rollback.js';
import { open } from './answers.js';
import { runTransition } from '../registry/transition.js';
import { transitionAnswer } from './answers.js';
import { type Command, reasonOf, settingsOf, text, word } from './command.js';

export const command: Command = {
  description:
    'Brings an environment back to the split that it had before its last change. Rolling back twice goes back two steps, never forward again to what was rolled back.',
  arguments: [{ name: 'model', description: 'the model' }],
  options: [{ flags: '--env <name>', description: 'the environment, as in mlc.yaml', required: true }],
  examples: ['mlc rollback churn --env production -m "error rate doubled"'],
  commits: true,
  run: async (session, input) => {
    const registry = await open(session);
    const request = { env: text(input, 'env') ?? '', reason: reasonOf(input) };
    const outcome = await runTransition(
      registry,
      word(input, 'model'),
      ({ state }, circumstance) => rollback(state, request, circumstance),
      settingsOf(input),
    );
    return transitionAnswer(outcome);
  },
};
