// Patterns of rolling out: which one fits a change, and what share of traffic each asks for.
import type { Deployment, VersionRecord } from '../../generated/types.js';
import type { ResolvedPolicy } from '../policy.js';
import { type Problem, problem } from '../problems.js';
import type { Share } from '../rollouts.js';
import { type ChangeType, changeTypeOf } from '../versions.js';
import { shareProblem } from './traffic.js';

export type Pattern = Exclude<NonNullable<Deployment['pattern']>, 'rollback'>;

/** What a deployment asks for; what is left out follows from the pattern, and the pattern from the change. */
export interface DeployInput {
  version: VersionRecord;
  env: string;
  pattern?: Pattern | undefined;
  trafficPct?: number | undefined;
  mirrorPct?: number | undefined;
  reason?: string | undefined;
}

const defaultPatterns: Record<ChangeType, Pattern> = {
  architecture: 'shadow',
  retraining: 'canary',
  configuration: 'blue-green',
};

/** The pattern that is asked for, else the one that fits the change, and why. */
export function choosePattern(input: DeployInput): { pattern: Pattern; why: string | undefined } {
  if (input.pattern) return { pattern: input.pattern, why: undefined };
  const change = changeTypeOf(input.version);
  const pattern = defaultPatterns[change];
  return {
    pattern,
    why: `${pattern}, since ${input.version.version} is ${change === 'architecture' ? 'an' : 'a'} ${change} change`,
  };
}

/** What a version takes under a pattern, and what is wrong with what was asked for. */
export function trafficOf(
  pattern: Pattern,
  input: DeployInput,
  policy: ResolvedPolicy,
): { share: Share; problems: Problem[] } {
  const { version } = input.version;
  const share = (trafficPct: number, mirrorPct = 0): Share => ({ version, trafficPct, mirrorPct });
  if (input.mirrorPct !== undefined && pattern !== 'shadow') {
    return {
      share: share(0),
      problems: [
        problem('deploy/mirror', `only a shadow mirrors traffic, not ${pattern}`, '--pattern shadow'),
      ],
    };
  }
  switch (pattern) {
    case 'shadow': {
      const mirror = input.mirrorPct ?? 100;
      const problems = shareProblem(mirror, 0.01, 100, 'a shadow mirrors');
      if (input.trafficPct)
        problems.push(
          problem(
            'deploy/traffic',
            'a shadow takes no live traffic',
            'leave --traffic out; --mirror says how much is copied to it',
          ),
        );
      return { share: share(0, mirror), problems };
    }
    case 'canary': {
      const { minimum, maximum } = policy.canary;
      const traffic = input.trafficPct ?? Math.min(Math.max(5, minimum), maximum);
      return {
        share: share(traffic),
        problems: shareProblem(traffic, Math.max(0.01, minimum), maximum, 'a canary starts with'),
      };
    }
    case 'blue-green': {
      const traffic = input.trafficPct ?? 100;
      const problems =
        traffic === 100
          ? []
          : [
              problem(
                'deploy/traffic',
                `blue-green moves all traffic at once; ${traffic} % was asked for`,
                '--pattern canary or --pattern ab',
              ),
            ];
      return { share: share(100), problems };
    }
    case 'ab': {
      if (input.trafficPct === undefined) {
        return {
          share: share(0),
          problems: [problem('input/traffic', 'an A/B test needs its share of traffic', '--traffic PCT')],
        };
      }
      return {
        share: share(input.trafficPct),
        problems: shareProblem(input.trafficPct, 0.01, 99.99, 'an A/B test takes'),
      };
    }
  }
}
