// retire: the end of a version. Its record stays, with everything that has to be kept and for how long.
import type { Model, Retirement, RetirementRequest, VersionRecord } from '../../generated/types.js';
import { dayOf } from '../dates.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { type Edit, compact, set } from '../edits.js';
import { samePerson } from '../people.js';
import { resolvePolicy, riskClassOf } from '../policy.js';
import { type Problem, problem } from '../problems.js';
import { currentShares, isServing, servingWindows } from '../rollouts.js';
import { isFinal, statusOf } from '../stages.js';
import { holdProblems, reasonProblem, statusProblem } from './preconditions.js';
import { storage } from './storage.js';

/** What the procedure asks for. */
export interface RetireInput extends Pick<
  RetirementRequest,
  'cold_storage' | 'retention' | 'consumers_released' | 'compliance_confirmed_by'
> {
  version: VersionRecord;
  reason?: string | undefined;
  /** Skips the notice: erasure duty, unlawful data. */
  withdraw: boolean;
}

function trafficProblems(record: VersionRecord): Problem[] {
  const address = `${record.model_id}@${record.version}`;
  const successor = record.deprecation?.successor;
  return [...currentShares(record)]
    .filter(([, entry]) => isServing(entry))
    .map(([env, entry]) => {
      const share =
        entry.traffic_pct > 0 ? `takes ${entry.traffic_pct} % of ${env}` : `is in shadow in ${env}`;
      const wayOut = successor
        ? `move it to ${successor}: mlc ramp ${address} --env ${env} --traffic 0; afraid of a regression? two weeks of shadow first: mlc deploy ${record.model_id}@${successor} --env ${env} --pattern shadow`
        : `mlc ramp ${address} --env ${env} --traffic 0; no successor yet? an earlier review date keeps the question open: mlc review ${address} --until DATE -m REASON`;
      return problem('retire/still-serving', `${address} ${share}`, wayOut);
    });
}

function noticeProblems(
  state: ModelState,
  record: VersionRecord,
  input: RetireInput,
  today: string,
): Problem[] {
  const address = `${record.model_id}@${record.version}`;
  if (input.withdraw) return [];
  const wrongStatus = statusProblem(record, ['deprecated']);
  if (wrongStatus.length > 0) {
    if (isFinal(statusOf(record))) return wrongStatus;
    const wayOut = `give notice: mlc deprecate ${address} --successor VERSION; an erasure duty or unlawful data cannot wait: --withdraw`;
    return [{ ...(wrongStatus[0] as Problem), hint: wayOut }];
  }
  const ends = record.deprecation?.notice_ends;
  if (ends === undefined || ends < today) return [];
  return [
    problem(
      'retire/notice-running',
      `the notice of ${address} runs until ${ends}`,
      `wait until it is over; does ${state.model.owner} know? send the report: mlc show ${address} --notice`,
    ),
  ];
}

function consumerProblems(model: Model, record: VersionRecord, released: readonly string[]): Problem[] {
  const pinned = (model.consumers ?? []).filter((consumer) => consumer.pinned_version === record.version);
  const blocking = pinned.filter((consumer) => !released.includes(consumer.name));
  const unknown = released.filter((name) => !pinned.some((consumer) => consumer.name === name));
  return [
    ...blocking.map((consumer) =>
      problem(
        'retire/consumer-pinned',
        `the ${consumer.kind} ${consumer.name} calls ${record.version} by number${consumer.reference ? ` (${consumer.reference})` : ''}`,
        `let it ask for the version: mlc resolve ${model.model_id} --env ENVIRONMENT; when it does: --consumer-released ${consumer.name}`,
      ),
    ),
    ...unknown.map((name) =>
      problem(
        'retire/unknown-consumer',
        `no consumer "${name}" is pinned to ${record.version}`,
        pinned.length > 0
          ? `pinned are: ${pinned.map((consumer) => consumer.name).join(', ')}`
          : 'leave --consumer-released out',
      ),
    ),
  ];
}

function peopleProblems(input: RetireInput, actor: string): Problem[] {
  const problems = input.withdraw ? reasonProblem(input.reason, 'a withdrawal') : [];
  const confirmed = input.compliance_confirmed_by;
  if (!confirmed?.trim()) {
    const who = input.withdraw ? 'a second person' : 'a named person';
    problems.push(
      problem(
        'retire/compliance-unconfirmed',
        `${who} has to confirm that the duties of compliance are met`,
        '--compliance-confirmed-by "NAME <ADDRESS>"',
      ),
    );
  } else if (input.withdraw && samePerson(confirmed, actor)) {
    problems.push(
      problem(
        'retire/second-person',
        `a withdrawal takes two people, and ${actor} is one of them already`,
        '--compliance-confirmed-by someone else',
      ),
    );
  }
  return problems;
}

function consumerEdits(model: Model, record: VersionRecord, released: readonly string[]): Edit[] {
  const consumers = model.consumers ?? [];
  if (
    !consumers.some(
      (consumer) => consumer.pinned_version === record.version && released.includes(consumer.name),
    )
  )
    return [];
  return consumers.flatMap((consumer, index) => {
    if (consumer.pinned_version !== record.version || !released.includes(consumer.name)) return [];
    return [set(['consumers', index], compact({ ...consumer, pinned_version: undefined }))];
  });
}

/** Retires a version, or names everything that still stands in the way. */
export function retire(state: ModelState, input: RetireInput, { actor, now }: Circumstance): Decision {
  const record = input.version;
  const address = `${record.model_id}@${record.version}`;
  const policy = resolvePolicy(state.config);
  const released = input.consumers_released ?? [];
  const kept = storage(record, input, state.model, policy, riskClassOf(state.model, record), now);
  const problems = [
    ...(input.withdraw ? statusProblem(record, ['registered', 'approved', 'deployed', 'deprecated']) : []),
    ...noticeProblems(state, record, input, dayOf(now)),
    ...trafficProblems(record),
    ...consumerProblems(state.model, record, released),
    ...holdProblems(state, record, 'retiring'),
    ...kept.problems,
    ...peopleProblems(input, actor),
  ];
  if (problems.length > 0) return refused('retire', address, problems);
  const reason =
    input.reason ??
    record.deprecation?.reason ??
    (record.deprecation?.successor
      ? `superseded by ${record.deprecation.successor}`
      : record.deprecation?.no_successor_reason) ??
    'end of life';
  const retirement: Retirement = compact({
    retired_at: now,
    by: actor,
    reason,
    withdrawn: input.withdraw,
    second_person: input.withdraw ? input.compliance_confirmed_by : undefined,
    owner: state.model.owner,
    compliance_confirmed_by: input.compliance_confirmed_by,
    cold_storage: kept.stored,
    retention: kept.outcomes,
    consumers_released: released.length > 0 ? [...released] : undefined,
    served: servingWindows(record).map((window) =>
      compact({
        env: window.env,
        from: window.from,
        until: window.until,
        peak_traffic_pct: window.peakTrafficPct,
        peak_mirror_pct: window.peakMirrorPct > 0 ? window.peakMirrorPct : undefined,
      }),
    ),
  });
  const unpin = consumerEdits(state.model, record, released);
  const successor = record.deprecation?.successor;
  return planned({
    operation: 'retire',
    model: record.model_id,
    version: record.version,
    from: statusOf(record),
    to: 'retired',
    summary: input.withdraw
      ? `withdrawn, confirmed by ${input.compliance_confirmed_by ?? ''}`
      : `retired${successor ? `, successor ${successor}` : ''}`,
    reason,
    changes: [
      {
        kind: 'edit-version',
        version: record.version,
        edits: [set(['status'], 'retired'), set(['retirement'], retirement)],
      },
      ...(unpin.length > 0 ? [{ kind: 'edit-model' as const, edits: unpin }] : []),
    ],
    evidence: kept.stored.map((stored) => stored.sha256),
    warnings: kept.warnings,
    answer: { withdrawn: input.withdraw, cold_storage: kept.stored, retention: kept.outcomes },
    next: [`mlc show ${address}`],
  });
}
