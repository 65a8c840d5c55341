// Judges what one commit does to one model: which transitions it holds, and what no rule allows.
import type { Model, Review, VersionRecord } from '../../generated/types.js';
import { type TransitionTrailers, addressOf } from '../commit-message.js';
import type { ModelState } from '../decisions.js';
import { resolvePolicy } from '../policy.js';
import { type Problem, listOf, problem } from '../problems.js';
import { type Author, alteredProblems, beyondDocumentation, modelProblems } from './by-hand.js';
import type { GateFacts } from './candidate.js';
import { type Difference, differencesOf } from './differences.js';
import type { ReplayedTransition } from './findings.js';
import {
  type AuditedModel,
  type FileChange,
  configOf,
  isLedgerRole,
  ledgerKey,
  descriptionOf,
  modelOf,
  modelState,
  recordsOf,
  type RegistryState,
} from './registry-state.js';
import { type LedgerFile, ledgerPath } from '../ledger.js';
import { changedFiles, ledgerTraces } from './ledger-traces.js';
import { type Replayed, replay } from './replay.js';
import type { Trace } from './trace.js';
import { inOrder, tracesOf } from './traces.js';

/** What a model is judged on. */
export interface ModelCase {
  id: string;
  before: RegistryState;
  /** The state whose policy, approvers and gates count; the parent's own where a registry begins. */
  authority: RegistryState;
  changes: readonly FileChange[];
  /** Who changed a file. */
  authorsOf: (file: string) => readonly Author[];
  gate: GateFacts;
  /**
   * `transition`: the commit says that it is one, and may change nothing else. `by-hand`: what appears was written by hand.
   * `net`: transitions and edits by hand together, as a squash holds them.
   */
  manner: 'transition' | 'by-hand' | 'net';
  /** The transitions that the commit's message tells of. */
  told: readonly TransitionTrailers[];
  /** What is wrong with a review's signature, where it has one. */
  checkReview: (review: Review, record: VersionRecord) => Problem[];
}

/** What was found. */
export interface ModelVerdict {
  transitions: ReplayedTransition[];
  problems: Problem[];
  /** Versions that were added by hand, as policy allows. */
  handWritten: string[];
}

function filesAfter(files: AuditedModel, changes: readonly FileChange[]): AuditedModel {
  const versions = new Map(files.versions);
  const ledger = new Map(files.ledger);
  let { model, gate } = files;
  for (const { role, after } of changes) {
    if (role.kind === 'model') model = after;
    if (role.kind === 'gate') gate = after;
    if (role.kind === 'version' && after) versions.set(role.version, after);
    if (isLedgerRole(role) && after) ledger.set(ledgerKey(role), after);
  }
  return { model, gate, versions, ledger };
}

/** Records that appear: of a transition, or written by hand. */
function handWritten(
  request: ModelCase,
  before: ModelState,
  after: ReadonlyMap<string, VersionRecord>,
): string[] {
  if (request.manner === 'transition') return [];
  return [...after.keys()].filter((version) => {
    if (before.versions.has(version)) return false;
    // A net change is first taken for a registration; a record without a gate's results never was one.
    return request.manner === 'by-hand' || after.get(version)?.gate === undefined;
  });
}

function handWrittenProblems(request: ModelCase, versions: readonly string[], allowed: boolean): Problem[] {
  if (allowed) return [];
  return versions.map((version) => ({
    ...problem(
      'record/hand-written',
      `the record of ${request.id}@${version} was added by hand, past the gate`,
      `register it: mlc register ${request.id}; where old records are imported, a policy owner sets policy.hand_written_records: allow`,
    ),
    file: fileOf(request, version),
  }));
}

function fileOf(request: ModelCase, version: string): string {
  const change = request.changes.find(({ role }) => role.kind === 'version' && role.version === version);
  return change?.path ?? `models/${request.id}/versions/${version}.yaml`;
}

function ledgerFileOf(request: ModelCase, file: LedgerFile): string {
  const change = request.changes.find(
    ({ role }) => isLedgerRole(role) && role.kind === file.kind && role.id === file.id,
  );
  return change?.path ?? ledgerPath(request.id, file);
}

function replayedTransition(request: ModelCase, trace: Trace, record: VersionRecord | undefined): Problem[] {
  return trace.review && record ? request.checkReview(trace.review, record) : [];
}

/** The differences of the description that its transitions do not explain. */
function descriptionProblems(
  request: ModelCase,
  expected: Model | undefined,
  files: AuditedModel,
): Problem[] {
  const change = request.changes.find(({ role }) => role.kind === 'model');
  const is = descriptionOf(files);
  if (!change || !expected) return [];
  // A model that is taken away and added again in one branch is still the one that its owner answers for.
  const agreed = change.before ? undefined : descriptionOf(modelOf(request.authority, request.id));
  const differences = is ? differencesOf(expected, is) : [];
  if (is && !agreed && request.manner === 'transition') return alteredProblems(change.path, differences);
  return modelProblems(
    change.path,
    agreed ?? expected,
    is,
    configOf(request.authority),
    request.authorsOf(change.path),
  );
}

function unexplainedProblems(
  request: ModelCase,
  version: string,
  differences: readonly Difference[],
): Problem[] {
  const serious = request.manner === 'transition' ? differences : beyondDocumentation('version', differences);
  return alteredProblems(fileOf(request, version), serious);
}

/** A version that is registered by a gate that nobody agreed to yet: the branch's own, which is not the one that counts. */
function gateProblems(request: ModelCase, files: AuditedModel, traces: readonly Trace[]): Problem[] {
  const agreed = modelOf(request.authority, request.id).gate;
  const registered = traces.find(({ candidates }) => candidates[0]?.operation === 'register');
  if (!agreed || !registered || files.gate?.sha256 === agreed.sha256) return [];
  const [version = ''] = registered.versions;
  return [
    {
      ...problem(
        'gate/changed-in-branch',
        `${request.id}@${version} is registered by a gate that is not the agreed one: gate.yaml differs from the protected branch's`,
        'merge the gate first, and register by it afterwards; where the branch is older than the gate, rebase it and register again',
      ),
      file: fileOf(request, version),
    },
  ];
}

/** Consumers that the protected branch pins to a version, and that its retirement does not release. */
function pinnedProblems(
  request: ModelCase,
  transitions: readonly Replayed[],
  after: ReadonlyMap<string, VersionRecord>,
): Problem[] {
  const consumers = descriptionOf(modelOf(request.authority, request.id))?.consumers ?? [];
  return transitions.flatMap(({ plan: { operation, version } }) => {
    if (operation !== 'retire' || version === null) return [];
    const released = after.get(version)?.retirement?.consumers_released ?? [];
    const pinned = consumers.filter(
      ({ name, pinned_version: pin }) => pin === version && !released.includes(name),
    );
    return pinned.map(({ name }) => ({
      ...problem(
        'retire/consumer-pinned',
        `${request.id}@${version} is retired, and on the protected branch ${name} calls it by number`,
        `--consumer-released ${name} says that it does not any more`,
      ),
      file: fileOf(request, version),
    }));
  });
}

/** A message that says which version it is about. */
function named(address: string, message: string): string {
  return message.includes(address) ? message : `${address}: ${message}`;
}

/** Judges the change of one model. */
export function judgeModel(request: ModelCase): ModelVerdict {
  const present = modelOf(request.before, request.id);
  const files = filesAfter(present, request.changes);
  const described = descriptionOf(present) ?? descriptionOf(files);
  const config = configOf(request.authority) ?? configOf(request.before);
  const after = recordsOf(files);
  if (!described || !config) {
    const orphans = request.changes.filter(({ role }) => role.kind === 'version');
    const why = config ? `${request.id} has no valid model.yaml` : 'there is no valid mlc.yaml';
    return {
      transitions: [],
      handWritten: [],
      problems: orphans.map(({ path: file }) => ({
        ...problem('model/none', `${why}, so nothing decides about its versions`, 'mlc validate'),
        file,
      })),
    };
  }
  const state = modelState(present, described, config, modelOf(request.authority, request.id));
  const byHand = handWritten(request, state, after);
  const allowed = resolvePolicy(config).handWrittenRecords === 'allow';
  const versions = new Map(state.versions);
  for (const version of byHand) versions.set(version, after.get(version) as VersionRecord);
  const known: ModelState = { ...state, versions };
  const ledgerChanges = changedFiles(request.changes);
  const traces = inOrder([...tracesOf(known.versions, after, request.gate), ...ledgerTraces(ledgerChanges)]);
  const result = replay({ before: known, after, files: ledgerChanges }, traces, request.told);
  // What the authority lends to the decision is no change of the description.
  const { approvers, eu_ai_act_risk_class, retention } = described;
  const expected: Model = { ...result.model, approvers, eu_ai_act_risk_class };
  if (retention) expected.retention = retention;
  else delete expected.retention;
  const otherGate = gateProblems(request, files, traces);
  // That its results are another gate's follows from that, and is no news.
  const isNews = ({ path }: Difference): boolean => otherGate.length === 0 || path[0] !== 'gate';
  const problems = [
    ...handWrittenProblems(request, byHand, allowed),
    ...otherGate,
    // What was done to a record that should not be there at all needs no explanation of its own.
    ...(allowed || byHand.length === 0 ? result.problems : []).map(({ version, file, problem: found }) => ({
      ...found,
      message: named(addressOf({ model: request.id, version }), found.message),
      file: file ? ledgerFileOf(request, file) : fileOf(request, version ?? ''),
    })),
    ...result.unexplainedFiles.flatMap(({ file, differences }) =>
      alteredProblems(ledgerFileOf(request, file), differences),
    ),
    ...result.unexplained.flatMap(({ version, differences }) =>
      unexplainedProblems(request, version, differences.filter(isNews)),
    ),
    ...result.transitions.flatMap(({ trace, plan }) =>
      replayedTransition(request, trace, after.get(plan.version ?? '')).map((found) => ({
        ...found,
        file: fileOf(request, plan.version ?? ''),
      })),
    ),
    ...pinnedProblems(request, result.transitions, after),
    ...descriptionProblems(request, expected, files),
  ];
  return {
    transitions: result.transitions.map(({ trace, plan }) => ({
      plan,
      by: trace.by,
      at: trace.at,
      review: trace.review ? (trace.review.signature === undefined ? 'claimed' : 'signed') : null,
    })),
    problems,
    handWritten: allowed ? byHand : [],
  };
}

/** What a commit's transitions are, in a sentence. */
export function describeTransitions(transitions: readonly ReplayedTransition[]): string {
  return listOf(transitions.map(({ plan }) => `${plan.operation} of ${addressOf(plan)}`));
}
