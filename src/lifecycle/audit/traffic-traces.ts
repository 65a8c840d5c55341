// What changes of an environment's split leave in the records of all versions that it touched.
import type { Deployment } from '../../generated/types.js';
import type { Circumstance, ModelState } from '../decisions.js';
import { deploy } from '../operations/deploy.js';
import { ramp } from '../operations/ramp.js';
import { rollback } from '../operations/rollback.js';
import type { Candidate } from './candidate.js';
import { type Trace, appended, onVersion, ranks } from './trace.js';

interface Entry {
  version: string;
  entry: Deployment;
}

function trafficCandidates(group: readonly Entry[]): Candidate[] {
  return group.flatMap(({ version, entry }) => {
    const { env, pattern, reason } = entry;
    if (pattern === 'rollback')
      return [
        {
          operation: 'rollback' as const,
          version,
          decide: (state: ModelState, circumstance: Circumstance) =>
            rollback(state, { env, reason }, circumstance),
        },
      ];
    const asRamp = onVersion('ramp', version, (state, record, circumstance) =>
      ramp(state, { version: record, env, trafficPct: entry.traffic_pct, reason }, circumstance),
    );
    if (pattern === undefined) return [asRamp];
    const shadow = pattern === 'shadow';
    const asDeployment = onVersion('deploy', version, (state, record, circumstance) =>
      deploy(
        state,
        {
          version: record,
          env,
          pattern,
          trafficPct: shadow ? undefined : entry.traffic_pct,
          mirrorPct: shadow ? entry.mirror_pct : undefined,
          reason,
        },
        circumstance,
      ),
    );
    return [asDeployment, asRamp];
  });
}

/** Every version's new deployments; those of one sequence, or of one moment, are one change of the split. */
export function trafficTraces(before: ModelState['versions'], after: ModelState['versions']): Trace[] {
  const groups = new Map<string, Entry[]>();
  for (const [version, record] of after) {
    for (const entry of appended(before.get(version)?.deployment_history, record.deployment_history)) {
      const key = `${entry.env} ${entry.sequence ?? entry.deployed_at}`;
      groups.set(key, [...(groups.get(key) ?? []), { version, entry }]);
    }
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Entry];
    return {
      at: first.entry.deployed_at,
      by: first.entry.by ?? '',
      rank: ranks.traffic,
      sequence: first.entry.sequence ?? 0,
      versions: group.map(({ version }) => version),
      candidates: trafficCandidates(group),
    };
  });
}
