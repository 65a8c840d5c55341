// Replays a change of a model's records: decides each transition that they show once more, and compares what comes out.
import type { Hold, Model, VersionRecord } from '../../generated/types.js';
import { carriedOut, ledgerData } from '../carried-out.js';
import type { Decision, ModelState, Plan } from '../decisions.js';
import { applyEdits } from '../edits.js';
import type { LedgerFile } from '../ledger.js';
import { ledgerKey } from './registry-state.js';
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
  problems: { version: string | null; file: LedgerFile | undefined; problem: Problem }[];
  /** What no transition explains. */
  unexplained: { version: string; differences: Difference[] }[];
  unexplainedFiles: { file: LedgerFile; differences: Difference[] }[];
}

/** What a replay starts from, and has to come to. */
export interface Stretch {
  before: ModelState;
  after: ReadonlyMap<string, VersionRecord>;
  /** Files of the ledger that changed, before and after. */
  files: readonly ChangedFile[];
}

/** One file of the ledger that changed. */
export interface ChangedFile {
  file: LedgerFile;
  before: unknown;
  after: unknown;
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

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join('\n') === [...others].sort().join('\n');
}

/** Whether every entry that a plan appends stands in the records at its place, and every hold that it releases is released. */
function isShown(
  plan: Plan,
  { versions, files = [] }: Trace,
  state: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
): boolean {
  const changed = plan.changes.flatMap((change) => ('version' in change ? [change.version] : []));
  const written = plan.changes.flatMap((change) => ('file' in change ? [ledgerKey(change.file)] : []));
  if (!isSame(changed, versions) || !isSame(written, files.map(ledgerKey))) return false;
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

/** Why no candidate explains a trace: what the rules say of the one that the message tells of, else of the first. */
function failure(
  decisions: readonly { candidate: Candidate; decision: Decision }[],
  told: readonly TransitionTrailers[],
): {
  version: string | null;
  problems: readonly Problem[];
} {
  const refusals = decisions.filter(({ decision }) => decision.kind === 'refused');
  const claimed = refusals.find(({ candidate: { operation, version } }) =>
    told.some((block) => block.operation === operation && (block.version ?? null) === version),
  );
  const refusal = claimed ?? refusals[0] ?? decisions[0];
  if (!refusal) return { version: null, problems: [] };
  const { candidate, decision } = refusal;
  if (decision.kind === 'refused') return { version: candidate.version, problems: decision.problems };
  const message =
    decision.kind === 'unchanged'
      ? `the same inputs are ${decision.message}, and are not registered twice`
      : `the record shows another ${candidate.operation}${candidate.version === null ? '' : ` of ${candidate.version}`} than the rules give`;
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
function openIn({ problems, unexplained, unexplainedFiles }: Replay): number {
  // What is not legal weighs more than any difference: nothing after it was replayed.
  const open = [...unexplained, ...unexplainedFiles];
  return problems.length * 10_000 + open.reduce((sum, { differences }) => sum + differences.length, 0);
}

/** Replays traces, in the order in which they leave least open: the given one, but for those of one moment. */
export function replay(
  stretch: Stretch,
  traces: readonly Trace[],
  told: readonly TransitionTrailers[],
): Outcome {
  let best: Outcome | undefined;
  for (const order of ordersOf(traces)) {
    const outcome = replayInOrder(stretch, order, told);
    if (best === undefined || openIn(outcome) < openIn(best)) best = outcome;
    if (openIn(best) === 0) break;
  }
  return best as Outcome;
}

/** Replays traces one after the other. It stops at the first that is not legal: what follows would be judged on a wrong state. */
function replayInOrder(
  stretch: Stretch,
  traces: readonly Trace[],
  told: readonly TransitionTrailers[],
): Outcome {
  const { before, after } = stretch;
  let state = before;
  const written: Written = new Map();
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
      const { version, problems: why } = failure(decisions, told);
      const file = trace.versions.length === 0 ? trace.files?.[0] : undefined;
      problems.push(...why.map((entry) => ({ version, file, problem: entry })));
      break;
    }
    transitions.push({ trace, plan: found });
    state = carriedOut(state, found);
    write(written, found, stretch);
  }
  const failed = problems.length > 0;
  return {
    transitions,
    problems,
    unexplained: failed ? [] : unexplained(before, state, after),
    unexplainedFiles: failed ? [] : unexplainedFiles(written, stretch),
    model: state.model,
  };
}

/** What transitions make of files, by `ledgerKey`. */
type Written = Map<string, { file: LedgerFile; data: unknown }>;

function contentBefore({ before, files }: Stretch, file: LedgerFile): unknown {
  const change = files.find((changed) => ledgerKey(changed.file) === ledgerKey(file));
  return change ? change.before : ledgerData(before.ledger, file);
}

/** Carries a plan out on the content of files, which the state itself does not keep of all of them. */
function write(written: Written, plan: Plan, stretch: Stretch): void {
  for (const change of plan.changes) {
    if (!('file' in change)) continue;
    const { file } = change;
    const key = ledgerKey(file);
    const present = written.has(key) ? written.get(key)?.data : contentBefore(stretch, file);
    const data = change.kind === 'create-file' ? change.data : applyEdits(present, change.edits);
    written.set(key, { file, data });
  }
}

/** Files that are not what the transitions make of them, and those that they should have changed and did not. */
function unexplainedFiles(written: Written, stretch: Stretch): Replay['unexplainedFiles'] {
  const changed = new Map(stretch.files.map((change) => [ledgerKey(change.file), change]));
  const untouched = [...written]
    .filter(([key]) => !changed.has(key))
    .map(([, { file }]) => ({ file, after: contentBefore(stretch, file) }));
  return [...stretch.files, ...untouched].flatMap(({ file, after }) => {
    const key = ledgerKey(file);
    const expected = written.has(key) ? written.get(key)?.data : contentBefore(stretch, file);
    return isEqual(expected, after) ? [] : [{ file, differences: differencesOf(expected, after) }];
  });
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
