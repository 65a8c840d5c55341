// mlc ramp: changes a version's share of traffic.
import { ramp } from '../lifecycle/operations/ramp.js';
import { onVersion } from './answers.js';
import { type Command, number, reasonOf, text } from './command.js';

export const command: Command = {
  description:
    'Changes the share of traffic that a version takes. Others give or take the difference in proportion to what they have. A deprecated version only goes down; at 0 % everywhere a version is approved again.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    { flags: '--env <name>', description: 'the environment, as in mlc.yaml', required: true },
    { flags: '--traffic <percent>', description: 'its new share of live traffic, 0 to 100', required: true },
  ],
  examples: [
    'mlc ramp churn@2.0.0 --env production --traffic 50',
    'mlc ramp churn@1.1.0 --env production --traffic 0',
  ],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      ramp(
        state,
        {
          version,
          env: text(input, 'env') ?? '',
          trafficPct: number(input, 'traffic') ?? 0,
          reason: reasonOf(input),
        },
        circumstance,
      ),
    ),
};
