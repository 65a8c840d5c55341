// Which changes of mlc.yaml weaken it: every rule in both directions.
import { describe, expect, test } from 'vitest';
import type { RegistryConfiguration } from '../../src/generated/types.js';
import { weakenings } from '../../src/lifecycle/audit/policy-change.js';

type Policy = NonNullable<RegistryConfiguration['policy']>;

function config(policy: Policy = {}, more: Partial<RegistryConfiguration> = {}): RegistryConfiguration {
  return { schema: 'mlc/config@1', name: 'test', environments: [{ name: 'production' }], policy, ...more };
}

const rule = (
  kind: 'weights' | 'documentation',
  period: string,
  anchor: 'retired_at' | 'placed_on_market' = 'retired_at',
) => ({ kind, period, anchor });

/** Each pair: what weakens in this direction, and must not in the other. */
const pairs: [name: string, strict: Policy, loose: Policy, says: RegExp][] = [
  [
    'gate agreed in advance',
    {},
    { gate: { agreed_in_advance: 'warn' } },
    /gate\.agreed_in_advance goes from enforce to warn/,
  ],
  ['signatures', { signatures: 'required' }, {}, /signatures goes from required to optional/],
  [
    'records by hand',
    {},
    { hand_written_records: 'allow' },
    /hand_written_records goes from refuse to allow/,
  ],
  [
    'approvals of minimal risk',
    { approvals: { minimal: 2 } },
    {},
    /approvals\.minimal goes down from 2 to 1/,
  ],
  [
    'approvals of limited risk',
    { approvals: { limited: 3 } },
    { approvals: { limited: 2 } },
    /approvals\.limited/,
  ],
  [
    'approvals of high risk, below their default',
    {},
    { approvals: { high: 1 } },
    /approvals\.high goes down from 2 to 1/,
  ],
  ['the smallest canary', {}, { deployment: { canary_min_pct: 0 } }, /canary_min_pct goes down/],
  ['the largest canary', {}, { deployment: { canary_max_pct: 50 } }, /canary_max_pct goes up from 10 to 50/],
  ['days of shadow', {}, { deployment: { shadow_days: 1 } }, /shadow_days goes down from 14 to 1/],
  ['days of notice', { retirement: { notice_days: 60 } }, {}, /notice_days goes down from 60 to 30/],
  ['the period of review', {}, { review: { period: 'P2Y' } }, /review\.period goes up from P12M to P2Y/],
  [
    'how long weights are kept',
    { retention: [rule('weights', 'P5Y')] },
    { retention: [rule('weights', 'P59M')] },
    /weights is kept for P59M instead of P5Y/,
  ],
  [
    'how long documentation is kept by default',
    {},
    { retention: [rule('documentation', 'P9Y')] },
    /documentation is kept for P9Y/,
  ],
];

describe('weaker in one direction, and not in the other', () => {
  test.each(pairs)('%s', (_name, strict, loose, says) => {
    expect(weakenings(config(strict), config(loose)).join('; ')).toMatch(says);
    expect(weakenings(config(strict), config(loose))).toHaveLength(1);
    expect(weakenings(config(loose), config(strict)).filter((line) => !line.includes('is gone'))).toEqual([]);
    expect(weakenings(config(strict), config(strict))).toEqual([]);
  });
});

const alone: [
  name: string,
  before: RegistryConfiguration,
  after: RegistryConfiguration,
  says: RegExp | undefined,
][] = [
  [
    'a rule of retention that goes',
    config({ retention: [rule('weights', 'P5Y')] }),
    config(),
    /retention rule for weights is gone/,
  ],
  [
    'another anchor',
    config({ retention: [rule('weights', 'P5Y')] }),
    config({ retention: [rule('weights', 'P50Y', 'placed_on_market')] }),
    /counts from placed_on_market/,
  ],
  [
    'a second, weaker rule behind the first',
    config({ retention: [rule('weights', 'P5Y')] }),
    config({ retention: [rule('weights', 'P5Y'), rule('weights', 'P1Y')] }),
    undefined,
  ],
  [
    'a second, weaker rule before the first',
    config({ retention: [rule('weights', 'P5Y')] }),
    config({ retention: [rule('weights', 'P1Y'), rule('weights', 'P5Y')] }),
    /kept for P1Y/,
  ],
  [
    'a shadowed rule that goes',
    config({ retention: [rule('weights', 'P5Y'), rule('weights', 'P9Y')] }),
    config({ retention: [rule('weights', 'P5Y')] }),
    undefined,
  ],
  ['a rule where there was none', config(), config({ retention: [rule('weights', 'P1D')] }), undefined],
  [
    'long documentation where there was no rule',
    config(),
    config({ retention: [rule('documentation', 'P10Y')] }),
    undefined,
  ],
  ['the first owner', config(), config({ owners: ['olga@example.com'] }), undefined],
  [
    'an owner more',
    config({ owners: ['olga@example.com'] }),
    config({ owners: ['olga@example.com', 'm@example.com'] }),
    /m@example\.com is added to the policy owners/,
  ],
  [
    'an owner less',
    config({ owners: ['olga@example.com'] }),
    config(),
    /olga@example\.com is no longer among the policy owners/,
  ],
  [
    'an owner in another spelling',
    config({ owners: ['olga@example.com'] }),
    config({ owners: ['Olga <OLGA@example.com>'] }),
    undefined,
  ],
  [
    'a machine less',
    config({ bots: ['ci@example.com'] }),
    config(),
    /ci@example\.com is no longer among the bots/,
  ],
  ['a machine more', config(), config({ bots: ['ci@example.com'] }), undefined],
  [
    'squash merges',
    config(),
    config({}, { git: { squash_merges: 'allow' } }),
    /git\.squash_merges goes from refuse to allow/,
  ],
  [
    'hooks that are skipped',
    config(),
    config({}, { git: { hooks: 'skip' } }),
    /git\.hooks goes from run to skip/,
  ],
  ['another name', config(), config({}, { name: 'other' }), /name goes from test to other/],
  [
    'defaults written down',
    config(),
    config(
      { approvals: { minimal: 1, limited: 1, high: 2 }, retirement: { notice_days: 30 } },
      { git: { hooks: 'run', squash_merges: 'refuse' } },
    ),
    undefined,
  ],
  [
    'labels and environments',
    config(),
    config({}, { labels: { a: 'b' }, environments: [{ name: 'x' }] }),
    undefined,
  ],
];

describe('one change', () => {
  test.each(alone)('%s', (_name, before, after, says) => {
    const lines = weakenings(before, after);
    if (says) expect(lines.join('; ')).toMatch(says);
    else expect(lines).toEqual([]);
  });
});
