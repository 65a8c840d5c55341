// hand-over: the two ends of sending a retraining request: that it is about to be sent, and what came back.
import type { HandOverAttempt, RetrainingRequest } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { append, compact, set } from '../edits.js';
import { type Problem, problem } from '../problems.js';
import { statusOf } from '../stages.js';
import type { HandOverTarget } from './retrain.js';

/** A hand-over that is about to happen. */
export interface SendingInput {
  id: string;
  to: HandOverTarget;
  /** For how many seconds an attempt without an answer may still be on its way, so that nobody sends beside it. */
  patience: number;
}

/** What came back of the newest hand-over. */
export interface SettlingInput {
  id: string;
  /** Which attempt it answers, counted from 0. */
  attempt: number;
  outcome: 'accepted' | 'refused' | 'unknown';
  externalId?: string | undefined;
  url?: string | undefined;
  detail?: string | undefined;
  duplicate?: boolean | undefined;
}

/** Whether a request was taken by whom it was handed to. */
export function isAccepted(request: RetrainingRequest): boolean {
  return (request.attempts ?? []).some(({ outcome }) => outcome === 'accepted');
}

function requestProblems(state: ModelState, id: string): Problem[] {
  const model = state.model.model_id;
  const request = state.ledger.requests.get(id);
  const next = `mlc retrain ${model} --status`;
  if (!request) return [problem('retrain/unknown-request', `${model} has no retraining request ${id}`, next)];
  return request.closed ? [problem('retrain/closed', `the request ${id} is closed already`, next)] : [];
}

function plan(
  state: ModelState,
  request: RetrainingRequest,
  summary: string,
  edits: ReturnType<typeof set>[],
  answer: Record<string, unknown>,
): Decision {
  const record = state.versions.get(request.version);
  const status = record ? statusOf(record) : null;
  return planned({
    operation: 'hand-over',
    model: request.model_id,
    version: request.version,
    from: status,
    to: status,
    summary,
    changes: [{ kind: 'edit-file', file: { kind: 'request', id: request.id }, edits }],
    warnings: [],
    answer: { request: request.id, ...answer },
    next: [`mlc retrain ${request.model_id} --status`],
  });
}

/** Refuses while somebody else's attempt may still be on its way: two at once would train twice. */
function inFlightProblems(request: RetrainingRequest | undefined, patience: number, now: string): Problem[] {
  const open = (request?.attempts ?? []).filter(({ outcome }) => outcome === 'sending');
  return open.flatMap(({ at, by, to }) => {
    const left = patience - (Date.parse(now) - Date.parse(at)) / 1000;
    if (left <= 0) return [];
    return [
      problem(
        'hand-over/in-flight',
        `${by} is handing ${request?.id ?? ''} over to ${to} since ${at}, and the answer may still come`,
        `see what came of it: mlc retrain ${request?.model_id ?? ''} --status; where nothing does, send again in ${Math.ceil(left)} seconds`,
      ),
    ];
  });
}

/** Writes that a request is about to be sent. What is lost after this is known to be unknown. */
export function beginHandOver(
  state: ModelState,
  { id, to, patience }: SendingInput,
  { actor, now }: Circumstance,
): Decision {
  const request = state.ledger.requests.get(id);
  const problems = [...requestProblems(state, id), ...inFlightProblems(request, patience, now)];
  if (problems.length > 0 || !request) return refused('hand-over', `the request ${id}`, problems);
  if (isAccepted(request))
    return {
      kind: 'unchanged',
      operation: 'hand-over',
      version: request.version,
      status: null,
      message: `${id} was handed over already`,
      warnings: [],
    };
  const attempt: HandOverAttempt = { at: now, by: actor, to, outcome: 'sending' };
  return plan(state, request, `${id} to ${to}`, [append(['attempts'], attempt)], { to });
}

/** Writes what came back. */
export function settleHandOver(
  state: ModelState,
  input: SettlingInput,
  { actor, now }: Circumstance,
): Decision {
  const request = state.ledger.requests.get(input.id);
  const index = input.attempt;
  const found = request?.attempts?.[index];
  const attempt = found?.outcome === 'sending' ? found : undefined;
  const problems = requestProblems(state, input.id);
  if (request && !attempt)
    problems.push(
      problem(
        'hand-over/nothing-sent',
        `no hand-over of ${input.id} waits for an answer`,
        `mlc retrain ${request.model_id} --status`,
      ),
    );
  if (problems.length > 0 || !request || !attempt)
    return refused('hand-over', `the request ${input.id}`, problems);
  const settled: HandOverAttempt = compact({
    ...attempt,
    outcome: input.outcome,
    settled_at: now,
    settled_by: actor,
    external_id: input.externalId,
    url: input.url,
    detail: input.detail,
    duplicate: input.duplicate,
  });
  const summary = `${input.id} ${input.outcome} by ${attempt.to}`;
  return plan(state, request, summary, [set(['attempts', index], settled)], {
    to: attempt.to,
    outcome: input.outcome,
    external_id: input.externalId ?? null,
    url: input.url ?? null,
    detail: input.detail ?? null,
    duplicate: input.duplicate ?? false,
  });
}
