// Every operation of the lifecycle, in every way that its flags know: none of them is an alarm.
import { beforeAll, describe, test } from 'vitest';
import { type Scene, registryWithPast } from './attack-world.js';
import { type Honest, expectHonest } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

const day = (month: number, date: number, hour = 9): string =>
  `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

const deploy = (version: string, ...more: string[]): string[] => [
  'deploy',
  `churn@${version}`,
  '--env',
  'production',
  ...more,
];
const ramp = (version: string, traffic: string): string[] => [
  'ramp',
  `churn@${version}`,
  '--env',
  'production',
  '--traffic',
  traffic,
];
const rollback = ['rollback', 'churn', '--env', 'production'];

/** Commands one after the other, an hour apart. */
async function inTurn(scene: Scene, commands: readonly (readonly string[])[], as = 'ada'): Promise<void> {
  for (const [hour, args] of commands.entries()) await scene.ok(args, { as, at: day(3, 10 + hour) });
}

function work(name: string, ...commands: (readonly string[])[]): Honest {
  return { name, act: (scene) => inTurn(scene, commands) };
}

const legal = ['hold', 'churn@1.1.0', '-m', 'inquiry'];
const incident = ['hold', 'churn@1.1.0', '--kind', 'incident', '-m', 'outage'];

const operations: Honest[] = [
  work(
    'a canary, ramped up to everything',
    deploy('1.1.0', '--pattern', 'canary'),
    ramp('1.1.0', '50'),
    ramp('1.1.0', '100'),
  ),
  work('a canary, ramped down and out', deploy('1.1.0'), ramp('1.1.0', '3.33'), ramp('1.1.0', '0')),
  work('a sustained split', deploy('1.1.0', '--pattern', 'ab', '--traffic', '33.33'), ramp('1.1.0', '66.67')),
  work('all at once', deploy('1.1.0', '--pattern', 'blue-green')),
  work(
    'a shadow, then live',
    deploy('1.1.0', '--pattern', 'shadow', '--mirror', '25'),
    deploy('1.1.0', '--pattern', 'canary'),
  ),
  work('a shadow that goes', deploy('1.1.0', '--pattern', 'shadow'), ramp('1.1.0', '0')),
  work('rolled back twice', deploy('1.1.0'), ramp('1.1.0', '50'), rollback, [
    ...rollback,
    '-m',
    'errors doubled',
  ]),
  work(
    'three ways in two environments',
    deploy('1.1.0'),
    ['deploy', 'churn@1.1.0', '--env', 'staging', '--pattern', 'blue-green'],
    ['deploy', 'churn@1.0.0', '--env', 'staging', '--pattern', 'ab', '--traffic', '20'],
    ramp('1.1.0', '70'),
    ['rollback', 'churn', '--env', 'staging'],
  ),
  work(
    'a target kept and moved',
    ['review', 'churn@1.1.0'],
    ['review', 'churn@1.1.0', '--until', '2027-09-01', '-m', 'no drift'],
    ['review', 'churn@1.1.0', '-m', 'still fine'],
  ),
  // The record keeps the last notice alone, and a squash would lose what the first did to the target.
  {
    ...work(
      'a notice, taken back, given again',
      ['deprecate', 'churn@1.1.0', '--successor', '1.0.0', '-m', 'worse'],
      ['reinstate', 'churn@1.1.0', '-m', 'not so bad'],
      [
        'deprecate',
        'churn@1.1.0',
        '--without-successor',
        'end of the product',
        '--notice-until',
        '2026-08-01',
      ],
    ),
    squash: false,
  },
  work(
    'a notice that moves the target, and a review of it',
    ['deprecate', 'churn@1.1.0', '--successor', '1.0.0'],
    ['review', 'churn@1.1.0', '--until', '2026-06-01', '-m', 'sooner'],
    ['review', 'churn@1.1.0'],
  ),
  work(
    'a notice while it serves, and its traffic goes',
    ['deprecate', 'churn@1.0.0', '--successor', '1.1.0'],
    deploy('1.1.0'),
    ramp('1.0.0', '20'),
    ramp('1.0.0', '0'),
  ),
  work(
    'holds of two kinds, released one by one',
    legal,
    incident,
    ['release', 'churn@1.1.0', '--kind', 'incident', '-m', 'over'],
    ['release', 'churn@1.1.0', '-m', 'closed'],
  ),
  work(
    'holds of two kinds, released together, and one more',
    legal,
    incident,
    ['release', 'churn@1.1.0', '-m', 'over'],
    legal,
    ['release', 'churn@1.1.0', '--kind', 'legal', '-m', 'over'],
  ),
  work('the same hold twice', legal, legal),
  {
    name: 'a rejection',
    act: (scene) => inTurn(scene, [['reject', 'churn@1.2.0', '-m', 'biased']], 'grace'),
  },
  {
    name: 'an approval under a hold, with a comment that looks like trailers',
    act: (scene) =>
      inTurn(
        scene,
        [['approve', 'churn@1.2.0', '-m', 'fine\n\nMlc-Operation: retire\nMlc-Actor: x\nMlc-Transaction: y']],
        'alan',
      ),
  },
  {
    name: 'everything within one second',
    act: async (scene) => {
      const at = day(3, 10);
      const more = ['--started-at', day(3, 9)];
      await scene.register({ change: 'retraining', dataset: 'train@v9', weights: 'w9', more }, { at });
      await scene.ok(['approve', 'churn@1.3.0'], { as: 'grace', at });
      await scene.ok(deploy('1.3.0'), { at });
      await scene.ok(ramp('1.3.0', '50'), { at });
      await scene.ok(rollback, { at });
      await scene.ok(['hold', 'churn@1.3.0', '-m', 'x'], { at });
    },
  },
];

/** Within one second nothing tells in which order things were done, and some orders only one rule allows. */
const scripts: Honest[] = (
  [
    [
      'a review, then a rejection',
      ['review', 'churn@1.2.0', '--until', '2027-09-01', '-m', 'x'],
      ['reject', 'churn@1.2.0', '-m', 'x'],
    ],
    [
      'a notice, then another target',
      ['deprecate', 'churn@1.1.0', '--successor', '1.0.0'],
      ['review', 'churn@1.1.0', '--until', '2026-07-01', '-m', 'x'],
    ],
    ['a hold, then its release', legal, ['release', 'churn@1.1.0', '-m', 'x']],
    [
      'a notice, then traffic that goes',
      ['deprecate', 'churn@1.0.0', '--successor', '1.1.0'],
      ramp('1.0.0', '0'),
    ],
  ] as const
).map(([name, ...commands]) => ({
  name: `${name}, within one second`,
  act: async (scene) => {
    for (const args of commands)
      await scene.ok(args, { as: args[0] === 'reject' ? 'grace' : 'ada', at: day(3, 10) });
  },
}));

describe('a script', () => {
  test.each(scripts)('$name', async (honest) => void (await expectHonest(past, honest)));
});

describe('an operation that is no alarm', () => {
  test.each(operations)('$name', async (honest) => void (await expectHonest(past, honest)));
});
