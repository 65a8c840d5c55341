// What a registration was asked with, read back from the record that it left.
import type { VersionRecord } from '../../generated/types.js';
import { addDays } from '../dates.js';
import { compact } from '../edits.js';
import { register } from '../operations/register.js';
import { type Results, flattenResults } from '../results.js';
import type { Candidate, GateFacts } from './candidate.js';

/** The results that a record holds, with what it says was not measured. */
function resultsOf(record: VersionRecord): Results {
  const results = flattenResults(record.evaluation_results);
  if (record.evaluation_results.evaluation_dataset === 'unknown') delete results.dataset;
  for (const [name, value] of results.metrics) {
    if (value !== 'unmeasured') continue;
    results.metrics.delete(name);
    results.unmeasured.set(name, 'it was not measured');
  }
  return results;
}

/** The baseline's results as the gate's checks have them, for a baseline that was measured again. */
function baselineMeasuredAgain(record: VersionRecord): Results {
  const metrics: Results['metrics'] = new Map();
  for (const check of record.gate?.checks ?? []) {
    if (check.baseline !== null && check.baseline !== undefined) metrics.set(check.metric, check.baseline);
  }
  return { metrics, unmeasured: new Map() };
}

/** The deprecation target that registering set. A deprecation that came sooner has overwritten it: any later day will do. */
function firstTarget(record: VersionRecord): string {
  const moved = record.reviews?.[0]?.previous_target;
  if (moved !== undefined) return moved;
  const notice = record.deprecation?.notice_ends;
  return notice !== undefined && notice === record.deprecation_target
    ? addDays(notice, 1)
    : record.deprecation_target;
}

/** The ways in which a record may have been registered: against the baseline's record, or a baseline measured again. */
export function recalledRegistration(record: VersionRecord, gate: GateFacts): Candidate[] {
  const agreed = record.gate?.agreed_in_advance;
  const gateCommittedAt =
    gate.committedAt.find((moment) => moment === agreed?.gate_committed_at) ?? gate.committedAt[0];
  const input = {
    submission: compact({
      change: record.change && compact({ ...record.change, from: undefined, request: undefined }),
      parent_run_id: record.parent_run_id,
      dataset_version: record.dataset_version,
      training_commit: record.training_commit,
      training: record.training,
      artifacts: record.artifacts,
      compliance: record.compliance,
      intended_use: record.intended_use,
      deprecation_target: firstTarget(record),
      labels: record.labels,
      extensions: record.extensions,
    }),
    bumpFrom: record.change?.from ?? undefined,
    request: record.change?.request,
    results: resultsOf(record),
    evidence: record.gate?.evidence ?? [],
    gateDigest: gate.digest,
    gateCommittedAt,
    trainingCommitAt: agreed?.basis === 'training_commit' ? (agreed.training_at ?? undefined) : undefined,
  };
  const again = input.evidence.length > 1 ? [baselineMeasuredAgain(record)] : [];
  return [undefined, ...again].map((baselineResults) => ({
    operation: 'register',
    version: record.version,
    decide: (state, circumstance) => register(state, { ...input, baselineResults }, circumstance),
  }));
}
