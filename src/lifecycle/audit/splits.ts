// What the records of one model contradict in each other after a commit, as two branches that each were right can leave it.
import type { VersionRecord } from '../../generated/types.js';
import { environmentSplit, liveTotal } from '../rollouts.js';
import { type Problem, problem } from '../problems.js';

/** Environments whose live split comes to more than 100 %, which no router can serve. */
export function splitProblems(model: string, records: ReadonlyMap<string, VersionRecord>): Problem[] {
  const environments = new Set(
    [...records.values()].flatMap((record) => record.deployment_history.map((entry) => entry.env)),
  );
  return [...environments].flatMap((env) => {
    const split = environmentSplit(records, env);
    const total = liveTotal(split);
    if (total <= 100) return [];
    const shares = split.map((share) => `${share.version} ${share.trafficPct} %`).join(', ');
    return [
      problem(
        'deploy/over-100',
        `the live split of ${model} in ${env} comes to ${total} %: ${shares}`,
        'rebase the branch, and deploy again on the newer records',
      ),
    ];
  });
}
