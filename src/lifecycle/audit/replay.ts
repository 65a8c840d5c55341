// Replays a change of a model's records: decides each transition that they show once more, and compares what comes out.
import type { Hold, Model, VersionRecord } from '../../generated/types.js';
import type { Change, Decision, ModelState, Plan } from '../decisions.js';
import { applyEdits } from '../edits.js';
import { type Problem, problem } from '../problems.js';
import type { TransitionTrailers } from '../commit-message.js';
import type { Candidate } from './candidate.js';
import { type Difference, differencesOf, isEqual } from './differences.js';
import { ordersOf } from './orders.js';
import type { Trace } from './trace.js';
import { trailerProblems } from './truth.js';

/** A transition that the records show and the rules allow. */
export interface Replayed {
  trace: Trace;
  plan: Plan;
}

/** What a replay found. */
interface Replay {
  transitions: Replayed[];
  /** Why a transition that the records show is not legal. */
  problems: { version: string; problem: Problem }[];
  /** What no transition explains. */
  unexplained: { version: string; differences: Difference[] }[];
}

function recordAfter(state: ModelState, change: Change): VersionRecord | undefined {
  if (change.kind === 'create-version') return change.record;
  if (change.kind === 'edit-model') return undefined;
  const present = state.versions.get(change.version);
  return present && applyEdits(present, change.edits);
}

/** The state after a plan. */
function stateAfter(state: ModelState, plan: Plan): ModelState {
  const versions = new Map(state.versions);
  let { model }: { model: Model } = state;
  for (const change of plan.changes) {
    if (change.kind === 'edit-model') model = applyEdits(model, change.edits);
    else {
      const record = recordAfter(state, change);
      if (record) versions.set(change.version, record);
    }
  }
  return { ...state, model, versions };
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    data,
  );
}

/** An entry of a list as it was appended: a hold may have been released since. */
function asAppended(path: readonly (string | number)[], value: unknown): unknown {
  if (path[0] !== 'holds' || value === undefined) return value;
  return { ...(value as Hold), released: undefined };
}

/** Whether every entry that a plan appends stands in the records at its place, and every hold that it releases is released. */
function isShown(
  plan: Plan,
  { versions }: Trace,
  state: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
): boolean {
  const changed = plan.changes.flatMap((change) => (change.kind === 'edit-model' ? [] : [change.version]));
  if ([...changed].sort().join() !== [...versions].sort().join()) return false;
  return plan.changes.every((change) => {
    if (change.kind !== 'edit-version') return true;
    const [was, is] = [state.versions.get(change.version), after.get(change.version)];
    return change.edits.every((edit) => {
      if (edit.op === 'append') {
        const index = (valueAt(was, edit.path) as unknown[] | undefined)?.length ?? 0;
        return isEqual(asAppended(edit.path, valueAt(is, [...edit.path, index])), edit.value);
      }
      // Other keys may have been set again by what came later; the end of a hold is for good.
      return edit.op !== 'set' || edit.path[0] !== 'holds' || isEqual(valueAt(is, edit.path), edit.value);
    });
  });
}

/** A check whose metric was not measured: the record keeps that it was not, and not the words of why. */
function isReasonUnmeasured(record: VersionRecord, { path }: Difference): boolean {
  const [first, second, index, last] = path;
  if (first !== 'gate' || second !== 'checks' || typeof index !== 'number' || last !== 'formula')
    return false;
  return record.gate?.checks?.[index]?.value === null;
}

function failure(decisions: readonly { candidate: Candidate; decision: Decision }[]): {
  version: string;
  problems: readonly Problem[];
} {
  const refusal = decisions.find(({ decision }) => decision.kind === 'refused') ?? decisions[0];
  if (!refusal) return { version: '', problems: [] };
  const { candidate, decision } = refusal;
  if (decision.kind === 'refused') return { version: candidate.version, problems: decision.problems };
  const message =
    decision.kind === 'unchanged'
      ? `the same inputs are ${decision.message}, and are not registered twice`
      : `the record shows another ${candidate.operation} of ${candidate.version} than the rules give`;
  return { version: candidate.version, problems: [problem('replay/differs', message)] };
}

/** Of several ways in which a change can have been made, the one that the message tells of; else the likeliest. */
function choose(plans: readonly Plan[], told: readonly TransitionTrailers[]): Plan | undefined {
  const exactly = told.flatMap(
    (block) => plans.find((plan) => trailerProblems(block, plan).length === 0) ?? [],
  );
  const nearly = told.flatMap(
    ({ operation, version }) =>
      plans.find((plan) => operation === plan.operation && version === plan.version) ?? [],
  );
  return [...exactly, ...nearly, ...plans][0];
}

type Outcome = Replay & { model: Model };

/** How much a replay leaves open. */
function openIn({ problems, unexplained }: Replay): number {
  // What is not legal weighs more than any difference: nothing after it was replayed.
  return problems.length * 10_000 + unexplained.reduce((sum, { differences }) => sum + differences.length, 0);
}

/** Replays traces, in the order in which they leave least open: the given one, but for those of one moment. */
export function replay(
  before: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
  traces: readonly Trace[],
  told: readonly TransitionTrailers[],
): Outcome {
  let best: Outcome | undefined;
  for (const order of ordersOf(traces)) {
    const outcome = replayInOrder(before, after, order, told);
    if (best === undefined || openIn(outcome) < openIn(best)) best = outcome;
    if (openIn(best) === 0) break;
  }
  return best as Outcome;
}

/** Replays traces one after the other. It stops at the first that is not legal: what follows would be judged on a wrong state. */
function replayInOrder(
  before: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
  traces: readonly Trace[],
  told: readonly TransitionTrailers[],
): Outcome {
  let state = before;
  const transitions: Replayed[] = [];
  const problems: Replay['problems'] = [];
  for (const trace of traces) {
    const circumstance = { actor: trace.by, now: trace.at };
    const decisions = trace.candidates.map((candidate) => ({
      candidate,
      decision: candidate.decide(state, circumstance),
    }));
    const plans = decisions.flatMap(({ decision }) =>
      decision.kind === 'plan' && isShown(decision.plan, trace, state, after) ? [decision.plan] : [],
    );
    const found = choose(plans, told);
    if (!found) {
      const { version, problems: why } = failure(decisions);
      problems.push(...why.map((entry) => ({ version, problem: entry })));
      break;
    }
    transitions.push({ trace, plan: found });
    state = stateAfter(state, found);
  }
  const failed = problems.length > 0;
  return {
    transitions,
    problems,
    unexplained: failed ? [] : unexplained(before, state, after),
    model: state.model,
  };
}

function unexplained(
  before: ModelState,
  replayed: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
): Replay['unexplained'] {
  const found: Replay['unexplained'] = [];
  for (const [version, record] of after) {
    const expected = replayed.versions.get(version);
    if (isEqual(expected, record)) continue;
    const isNew = !before.versions.has(version);
    const differences = differencesOf(expected, record).filter(
      (difference) => !(isNew && isReasonUnmeasured(record, difference)),
    );
    if (differences.length > 0) found.push({ version, differences });
  }
  return found;
}
