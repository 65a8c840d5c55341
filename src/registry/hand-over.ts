// Hands a retraining request over: written down before anything is sent, and what came back written down after.
import path from 'node:path';
import { refusal } from '../errors.js';
import type { HandOver, RetrainingRequest } from '../generated/types.js';
import { beginHandOver, settleHandOver } from '../lifecycle/operations/hand-over.js';
import type { HandOverTarget } from '../lifecycle/operations/retrain.js';
import { stampOf } from '../lifecycle/ledger.js';
import type { HandOverOutcome, HandOverRequest } from '../orchestrators/hand-over.js';
import { missingCredentials } from '../orchestrators/credentials.js';
import { handOver, repeatHandOver } from '../orchestrators/send.js';
import type { Registry } from './registry.js';
import { type TransitionOutcome, type TransitionSettings, runTransition } from './transition.js';
import { writeWholeFile } from './whole-files.js';

/** What an orchestrator is told of a request. */
export function handOverRequest(request: RetrainingRequest): HandOverRequest {
  return {
    key: `mlc.${request.model_id}.${request.id}`,
    model: request.model_id,
    version: request.version,
    trigger: request.trigger,
    request: request.id,
    reason: request.reason ?? null,
    dataSnapshot: request.inputs.data_snapshot,
    seed: request.inputs.seed,
    commit: request.inputs.commit,
    requestedAt: request.requested_at,
    requestedBy: request.requested_by,
    causes: request.causes.map(({ message }) => message),
  };
}

/** Refuses where a credential is missing, before anything is written. */
export function checkCredentials(target: HandOver, env: NodeJS.ProcessEnv): void {
  const missing = missingCredentials(target, env);
  if (missing.length === 0) return;
  throw refusal('hand-over/credentials', 'credentials for the hand-over are missing', undefined, missing);
}

/** What was sent, and what came back. */
export interface Handed {
  outcome: HandOverOutcome;
  settled: TransitionOutcome;
  /** The file that keeps what a command printed; null where there is none. */
  outputFile: string | null;
}

/** Where a command's output is kept: in the repository's private folder, never committed. */
async function keepOutput(
  registry: Registry,
  request: RetrainingRequest,
  at: string,
  outcome: HandOverOutcome,
): Promise<string | null> {
  if (outcome.output === undefined) return null;
  const name = `${request.model_id}-${request.id}-${stampOf(at)}.log`;
  const file = path.join(registry.repository.commonDir, 'mlc', 'hand-over', name);
  await writeWholeFile(file, outcome.output);
  return file;
}

// The answer of an orchestrator is waited for half a minute; what was begun a minute ago is not on its way any more.
const networkPatience = 60;

/** For how many seconds an attempt may still be on its way. */
function patienceOf(target: HandOver): number {
  return networkPatience + (target.command?.timeout_seconds ?? (target.to === 'command' ? 600 : 0));
}

/** Writes that a request is about to be sent, where that does not stand yet. */
export async function writeSending(
  registry: Registry,
  model: string,
  id: string,
  target: HandOver,
  settings: TransitionSettings,
): Promise<TransitionOutcome> {
  const input = { id, to: target.to as HandOverTarget, patience: patienceOf(target) };
  return runTransition(registry, model, ({ state }, now) => beginHandOver(state, input, now), settings);
}

/**
 * Sends a request whose newest attempt was written to be sent now, and writes what came back. Where an attempt before it
 * was not refused, the request may have arrived already.
 */
export async function send(
  registry: Registry,
  target: HandOver,
  request: RetrainingRequest,
  env: NodeJS.ProcessEnv,
  settings: TransitionSettings,
): Promise<Handed> {
  const attempts = request.attempts ?? [];
  const attempt = attempts.length - 1;
  const mayHaveArrived = attempts.slice(0, attempt).some(({ outcome }) => outcome !== 'refused');
  const go = mayHaveArrived ? repeatHandOver : handOver;
  const outcome = await go(target, handOverRequest(request), { env, cwd: registry.root });
  const outputFile = await keepOutput(registry, request, attempts[attempt]?.at ?? '', outcome);
  const { externalId, url, detail, duplicate } = outcome;
  const came = { id: request.id, attempt, outcome: outcome.outcome, externalId, url, detail, duplicate };
  const settled = await runTransition(
    registry,
    request.model_id,
    ({ state }, now) => settleHandOver(state, came, now),
    settings,
  );
  return { outcome, settled, outputFile };
}
