// Times that count: a notice, or a shadow period, runs from when it came into the history, however it is dated.
import type { VersionRecord } from '../../generated/types.js';
import { addDays, dayOf, timestampOf } from '../dates.js';
import { resolvePolicy, riskClassOf } from '../policy.js';
import { type Problem, count, problem } from '../problems.js';
import { shadowDays } from '../rollouts.js';
import { isMajor } from '../versions.js';
import { type FileChange, type RegistryState, configOf, descriptionOf, modelOf } from './registry-state.js';

/** When something came into the history, in seconds, by `keyOf…`. */
export type Arrivals = Map<string, number>;

/** The key of a version's deprecation. */
function deprecationKey(record: VersionRecord): string {
  return `${record.model_id}@${record.version} deprecated ${record.deprecation?.deprecated_at ?? ''}`;
}

/** The key of one deployment of a version. */
function deploymentKey(record: VersionRecord, index: number): string {
  return `${record.model_id}@${record.version} deployed ${index}`;
}

/** Notes what arrives with a version's record. What was there before keeps its time. */
export function noteArrivals(
  arrivals: Arrivals,
  before: VersionRecord | undefined,
  after: VersionRecord,
  at: number,
): void {
  const [was, is] = [before?.deprecation, after.deprecation];
  // What was taken back and is given again is another notice, even under the old date.
  const again = was?.reinstated !== undefined && is?.reinstated === undefined;
  if (is && (was?.deprecated_at !== is.deprecated_at || again)) arrivals.set(deprecationKey(after), at);
  const known = before?.deployment_history.length ?? 0;
  after.deployment_history.forEach((entry, index) => {
    if (index >= known && (entry.mirror_pct ?? 0) > 0) arrivals.set(deploymentKey(after, index), at);
  });
}

function isLive(record: VersionRecord): boolean {
  return record.deployment_history.some((entry) => entry.traffic_pct > 0);
}

/** Whether it matters to a change when things arrived: the version retires, or takes live traffic for the first time. */
export function asksForArrivals(before: VersionRecord, after: VersionRecord): boolean {
  return (after.retirement !== undefined && !before.retirement) || (isLive(after) && !isLive(before));
}

/** Whether it is known when a version's notice and all its shadows came into the history. */
export function haveArrived(arrivals: Arrivals, record: VersionRecord): boolean {
  return (
    (record.deprecation === undefined || arrivals.has(deprecationKey(record))) &&
    record.deployment_history.every(
      (entry, index) => (entry.mirror_pct ?? 0) === 0 || arrivals.has(deploymentKey(record, index)),
    )
  );
}

function noticeProblems(
  after: VersionRecord,
  arrivals: Arrivals,
  noticeDays: number,
  today: string,
): Problem[] {
  const { deprecation, retirement } = after;
  if (!deprecation || !retirement || retirement.withdrawn) return [];
  const arrived = arrivals.get(deprecationKey(after));
  if (arrived === undefined) return [];
  const given = dayOf(timestampOf(new Date(arrived * 1000)));
  if (addDays(given, noticeDays) <= today) return [];
  return [
    problem(
      'notice/back-dated',
      `the notice of ${after.model_id}@${after.version} is dated ${deprecation.deprecated_at} and came into this history on ${given}; it was retired on ${today}, before the ${count(noticeDays, 'day')} of notice that policy asks for`,
      `a notice counts from when it is merged: retire it on ${addDays(given, noticeDays)} or later, or withdraw it with a second person`,
    ),
  ];
}

/** The record as if every shadow had begun when it came into the history. */
function withArrivals(record: VersionRecord, arrivals: Arrivals): VersionRecord {
  const history = record.deployment_history.map((entry, index) => {
    const arrived = arrivals.get(deploymentKey(record, index));
    if (arrived === undefined) return entry;
    const at = timestampOf(new Date(arrived * 1000));
    return at > entry.deployed_at ? { ...entry, deployed_at: at } : entry;
  });
  return { ...record, deployment_history: history };
}

function shadowProblems(
  before: VersionRecord | undefined,
  after: VersionRecord,
  arrivals: Arrivals,
  needed: number,
): Problem[] {
  const known = before?.deployment_history.length ?? 0;
  const index = after.deployment_history.findIndex((entry, at) => at >= known && entry.traffic_pct > 0);
  const live = after.deployment_history[index];
  const earlier = after.deployment_history.slice(0, index);
  if (!live || earlier.some((entry) => entry.traffic_pct > 0) || !isMajor(after)) return [];
  const counted = withArrivals({ ...after, deployment_history: earlier }, arrivals);
  const days = shadowDays(counted, live.deployed_at);
  if (days >= needed) return [];
  return [
    problem(
      'shadow/back-dated',
      `${after.model_id}@${after.version} takes live traffic after ${Math.floor(days * 10) / 10} days of shadow in this history; policy asks for ${count(needed, 'day')}`,
      'a shadow counts from when it is merged',
    ),
  ];
}

/**
 * Judges one step of the protected branch by when things arrived on it, and notes what arrives.
 *
 * @param before the branch before the step
 * @param at when the step was made, in seconds
 */
export function judgeArrivals(
  before: RegistryState,
  changes: readonly FileChange[],
  arrivals: Arrivals,
  at: number,
  handWritten: ReadonlySet<string>,
): Problem[] {
  const config = configOf(before);
  const today = dayOf(timestampOf(new Date(at * 1000)));
  return changes.flatMap((change) => {
    const { role } = change;
    if (role.kind !== 'version' || !change.after?.data) return [];
    const [was, is] = [change.before?.data, change.after.data] as [VersionRecord | undefined, VersionRecord];
    noteArrivals(arrivals, was, is, at);
    const model = descriptionOf(modelOf(before, role.model));
    if (!config || !model || handWritten.has(`${role.model}@${role.version}`)) return [];
    const policy = resolvePolicy(config);
    const problems = [
      ...(is.retirement && !was?.retirement ? noticeProblems(is, arrivals, policy.noticeDays, today) : []),
      ...(riskClassOf(model, is) === 'high' ? shadowProblems(was, is, arrivals, policy.shadowDays) : []),
    ];
    return problems.map((found) => ({ ...found, file: change.path }));
  });
}
