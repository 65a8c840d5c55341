// mlc deploy: a version begins to take traffic.
import { deploy } from '../lifecycle/operations/deploy.js';
import type { Pattern } from '../lifecycle/operations/patterns.js';
import { onVersion } from './answers.js';
import { type Command, number, reasonOf, text } from './command.js';

export const command: Command = {
  description:
    "Lets a version take an environment's traffic. The versions that give it traffic change in the same commit. Without --pattern: shadow for an architecture change, canary for a retraining, blue-green for a configuration change. mlc records the split; `mlc resolve` tells it to the router that moves the traffic.",
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    { flags: '--env <name>', description: 'the environment, as in mlc.yaml', required: true },
    {
      flags: '--pattern <pattern>',
      description: 'how it is rolled out',
      choices: ['shadow', 'canary', 'blue-green', 'ab'],
    },
    { flags: '--traffic <percent>', description: 'its share of live traffic' },
    { flags: '--mirror <percent>', description: 'the share that a shadow mirrors; 100 where it is left out' },
  ],
  examples: [
    'mlc deploy churn@1.1.0 --env production',
    'mlc deploy churn@2.0.0 --env production --pattern canary --traffic 5',
  ],
  commits: true,
  run: (session, input) =>
    onVersion(session, input, (state, version, circumstance) =>
      deploy(
        state,
        {
          version,
          env: text(input, 'env') ?? '',
          pattern: text(input, 'pattern') as Pattern | undefined,
          trafficPct: number(input, 'traffic'),
          mirrorPct: number(input, 'mirror'),
          reason: reasonOf(input),
        },
        circumstance,
      ),
    ),
};
