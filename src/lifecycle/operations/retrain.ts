// retrain: the decision to train again is written down, before anybody is told of it; and taken back.
import type { RetrainingRequest, TriggerCause, VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { compact, set } from '../edits.js';
import { openRequests } from '../ledger.js';
import { type Problem, count, problem } from '../problems.js';
import { isFinal, statusOf } from '../stages.js';
import { reasonProblem, statusProblem } from './preconditions.js';

/** Whom a request can be handed to over a wire or to a program. */
export type HandOverTarget = NonNullable<RetrainingRequest['attempts']>[number]['to'];

/** A request to train again. */
export interface RetrainInput {
  version: VersionRecord;
  trigger: RetrainingRequest['trigger'];
  /** Trigger and digest of the inputs. */
  id: string;
  inputs: RetrainingRequest['inputs'];
  causes: readonly TriggerCause[];
  response?: string | undefined;
  reason?: string | undefined;
  /** Where it is handed over at once: the attempt stands in the same commit, before anything is sent. */
  sendingTo?: HandOverTarget | undefined;
}

function alreadyThere(request: RetrainingRequest, record: VersionRecord): Decision {
  return {
    kind: 'unchanged',
    operation: 'retrain',
    version: record.version,
    status: statusOf(record),
    message: `already requested as ${request.id}`,
    warnings:
      request.version === record.version
        ? []
        : [
            {
              code: 'retrain/other-version',
              message: `the request is about ${request.version}, so the trigger of ${record.version} stays open`,
              hint: `mlc review ${record.model_id}@${record.version} --trigger ${request.trigger} -m REASON`,
            },
          ],
    answer: { request: request.id },
  };
}

/** Causes that name a report or an event which the ledger does not hold. */
function causeProblems({ model, ledger }: ModelState, causes: readonly TriggerCause[]): Problem[] {
  const { reports, events } = ledger;
  return causes.flatMap(({ kind, source }) => {
    const known = kind === 'report' ? reports : kind === 'event' ? events : undefined;
    if (!known || (source !== undefined && known.has(source))) return [];
    const message = `${model.model_id} has no ${kind} ${source ?? 'without a name'} that could be the cause`;
    return [problem('retrain/unknown-cause', message, `mlc triggers ${model.model_id}`)];
  });
}

/** Writes a request. The same trigger, data, seed and commit again is the same request. */
export function retrain(state: ModelState, input: RetrainInput, { actor, now }: Circumstance): Decision {
  const { version: record, trigger, id } = input;
  const model = record.model_id;
  const address = `${model}@${record.version}`;
  const present = state.ledger.requests.get(id);
  if (present && !present.closed) return alreadyThere(present, record);
  const problems = isFinal(statusOf(record))
    ? statusProblem(record, ['registered', 'approved', 'deployed', 'deprecated'])
    : [];
  if (present?.closed) {
    const how = present.closed.version
      ? `registered as ${present.closed.version}. The same data, seed and commit give the same model`
      : 'cancelled. What is cancelled is not opened again';
    problems.push(
      problem(
        'retrain/closed',
        `the request ${id} was made and closed: ${how}`,
        'name other data, another seed or another commit',
      ),
    );
  }
  problems.push(...causeProblems(state, input.causes));
  if (input.causes.length === 0 && !input.reason?.trim())
    problems.push(
      problem(
        'retrain/no-cause',
        `${trigger} has not fired for ${address}, so retraining needs a reason of its own`,
        '-m "REASON", or see what fired: mlc triggers ' + model,
      ),
    );
  if (problems.length > 0) return refused('retrain', address, problems);
  const request: RetrainingRequest = compact({
    schema: 'mlc/request@1' as const,
    model_id: model,
    id,
    version: record.version,
    trigger,
    requested_at: now,
    requested_by: actor,
    reason: input.reason,
    response: input.response,
    inputs: input.inputs,
    causes: [...input.causes],
    attempts: input.sendingTo && [{ at: now, by: actor, to: input.sendingTo, outcome: 'sending' as const }],
  });
  const others = openRequests(state.ledger).filter(
    (other) => other.trigger === trigger && other.version === record.version,
  );
  return planned({
    operation: 'retrain',
    model,
    version: record.version,
    from: statusOf(record),
    to: statusOf(record),
    summary: `${trigger}, request ${id}`,
    reason: input.reason,
    changes: [{ kind: 'create-file', file: { kind: 'request', id }, data: request }],
    warnings: others.map((other) => ({
      code: 'retrain/another-open',
      message: `the request ${other.id} for the same trigger is open too`,
      hint: `mlc retrain ${model} --cancel ${other.id} -m REASON`,
    })),
    answer: { request: id, trigger, causes: input.causes, inputs: input.inputs },
    next: [`mlc register ${model} --request ${id} --from evidence.yaml --results results.json`],
  });
}

/** A request to take back. */
export interface CancelInput {
  id: string;
  reason?: string | undefined;
}

/** Cancels a request. What it was handed to is not told: that run has to be stopped where it runs. */
export function cancelRetraining(
  state: ModelState,
  input: CancelInput,
  { actor, now }: Circumstance,
): Decision {
  const model = state.model.model_id;
  const request = state.ledger.requests.get(input.id);
  const problems = reasonProblem(input.reason, 'cancelling a request');
  if (!request)
    problems.push(
      problem(
        'retrain/unknown-request',
        `${model} has no retraining request ${input.id}`,
        `mlc retrain ${model} --status`,
      ),
    );
  if (request?.closed)
    problems.push(
      problem('retrain/closed', `the request ${input.id} is closed already`, `mlc retrain ${model} --status`),
    );
  if (problems.length > 0 || !request)
    return refused('retrain-cancel', `the request ${input.id} of ${model}`, problems);
  const sent = (request.attempts ?? []).filter(({ outcome }) => outcome !== 'refused');
  const record = state.versions.get(request.version);
  const status = record ? statusOf(record) : null;
  return planned({
    operation: 'retrain-cancel',
    model,
    version: request.version,
    from: status,
    to: status,
    summary: `request ${input.id}`,
    reason: input.reason,
    changes: [
      {
        kind: 'edit-file',
        file: { kind: 'request', id: input.id },
        edits: [set(['closed'], { at: now, by: actor, outcome: 'cancelled' as const, reason: input.reason })],
      },
    ],
    warnings:
      sent.length > 0
        ? [
            {
              code: 'retrain/was-sent',
              message: `it was handed over in ${count(sent.length, 'attempt')}; stop the run where it runs: ${sent.map(({ url, external_id: run, to }) => url ?? run ?? to).join(', ')}`,
            },
          ]
        : [],
    answer: { request: input.id },
    next: [`mlc retrain ${model} --status`],
  });
}
