// A version that answers a retraining request: it closes the request, and names it as its cause.
import type { Change, Circumstance, ModelState } from '../decisions.js';
import { set } from '../edits.js';
import type { Lineage } from '../lineage.js';
import { type Problem, type Warning, problem } from '../problems.js';

/** What stands against answering a request with a version, and where it was trained otherwise than asked. */
export function answeredRequest(
  state: ModelState,
  id: string | undefined,
  lineage: Lineage,
): { problems: Problem[]; warnings: Warning[] } {
  if (id === undefined) return { problems: [], warnings: [] };
  const model = state.model.model_id;
  const next = `mlc retrain ${model} --status`;
  const request = state.ledger.requests.get(id);
  if (!request)
    return {
      problems: [problem('register/unknown-request', `${model} has no retraining request ${id}`, next)],
      warnings: [],
    };
  const { closed, inputs } = request;
  if (closed) {
    const how = closed.version === undefined ? 'cancelled' : `answered by ${closed.version}`;
    return {
      problems: [problem('register/request-closed', `the request ${id} was ${how} at ${closed.at}`, next)],
      warnings: [],
    };
  }
  const trained = lineage.training_commit;
  // Either may be written short.
  const isCommit = trained?.startsWith(inputs.commit) === true || inputs.commit.startsWith(trained ?? '');
  const asked: [what: string, asked: unknown, is: unknown][] = [
    ['data', inputs.data_snapshot, lineage.dataset_version],
    ['seed', inputs.seed, lineage.training?.seed],
    ['commit', inputs.commit, isCommit ? inputs.commit : trained],
  ];
  return {
    problems: [],
    warnings: asked
      .filter(([, wanted, is]) => is !== undefined && wanted !== is)
      .map(([what, wanted, is]) => ({
        code: 'register/other-than-requested',
        message: `the request asked for ${what} ${String(wanted)}, and the training says ${String(is)}`,
      })),
  };
}

/** The end of a request that a version answers. */
export function closing(id: string, version: string, { actor, now }: Circumstance): Change {
  const closed = { at: now, by: actor, outcome: 'registered' as const, version };
  return { kind: 'edit-file', file: { kind: 'request', id }, edits: [set(['closed'], closed)] };
}
