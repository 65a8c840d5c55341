// Judges one commit of a registry: is it a legal transition with truthful trailers, an edit that people may make, or neither?
import type { Review, VersionRecord } from '../../generated/types.js';
import { resolvePolicy } from '../policy.js';
import type { TransitionTrailers } from '../commit-message.js';
import { type Problem, problem } from '../problems.js';
import { type Author, policyProblems, signersProblems } from './by-hand.js';
import type { GateFacts } from './candidate.js';
import {
  type AuditedTransition,
  type Finding,
  type JudgedCommit,
  type ReplayedTransition,
  finding,
} from './findings.js';
import { type ModelVerdict, describeTransitions, judgeModel } from './judge-model.js';
import {
  type FileChange,
  type RegistryState,
  configOf,
  isLedgerRole,
  ledgerKey,
  modelsOf,
} from './registry-state.js';
import { shapeProblems } from './shape.js';
import { actorProblems, authorProblems, blocksFor, squashProblems, trailerProblems } from './truth.js';

/** What a commit is judged on. */
export interface CommitCase {
  commit: JudgedCommit;
  before: RegistryState;
  /** The state whose policy, approvers and gates count: the protected branch's. */
  authority: RegistryState;
  changes: readonly FileChange[];
  /** Who changed a file. */
  authorsOf: (file: string) => readonly Author[];
  gateOf: (model: string) => GateFacts;
  checkReview: (review: Review, record: VersionRecord) => Problem[];
  /** `net`: the change is what a whole branch comes to, and has no message yet. */
  manner: 'commit' | 'net';
}

/** What a commit was found to be. */
export interface CommitVerdict {
  findings: Finding[];
  transitions: AuditedTransition[];
  handWritten: { model: string; version: string }[];
}

function rootProblems(request: CommitCase): Problem[] {
  const { before, authority } = request;
  return request.changes.flatMap(({ role, path, before: was, after }) => {
    if (!after) return [];
    const authors = request.authorsOf(path);
    if (role.kind === 'signers') return signersProblems(path, was, configOf(authority), authors);
    if (role.kind !== 'config' || !was?.data || !after.data) return [];
    const present = configOf(before);
    const next = configOf({ ...before, config: after });
    return present && next
      ? policyProblems(path, present, next, configOf(authority) ?? present, authors)
      : [];
  });
}

/** What the trailers of a start have to be true of. */
function startProblems(request: CommitCase): Problem[] {
  const told = request.commit.trailers;
  if (told?.operation !== 'init' && told?.operation !== 'model-add') return [];
  const foreign = request.changes.filter(({ role, before }) =>
    told.operation === 'init'
      ? role.kind !== 'config'
      : before !== undefined || !(role.kind === 'model' || role.kind === 'gate') || role.model !== told.model,
  );
  return foreign.map(({ path: file }) => ({
    ...problem(
      'trailer/untrue',
      `the commit says that it is ${told.operation}, and changes ${file}`,
      'let mlc make the commit',
    ),
    file,
  }));
}

function auditedOf(
  request: CommitCase,
  transition: ReplayedTransition,
  told: TransitionTrailers | undefined,
  entered: AuditedTransition['entered'],
): AuditedTransition {
  const { plan, by, at, review } = transition;
  return {
    commit: request.commit.id,
    operation: plan.operation,
    model: plan.model,
    version: plan.version,
    from: plan.from,
    to: plan.to,
    environment: plan.environment ?? null,
    supersedes: plan.supersedes ?? [],
    evidence: plan.evidence ?? [],
    actor: told?.actor ?? by,
    at,
    reason: plan.reason ?? null,
    transaction: told?.transaction ?? null,
    reviewer: review === null ? null : by,
    review,
    signed: false,
    entered,
  };
}

/** Whether the policy in force lets one commit hold what several were. */
function allowsSquashes(request: CommitCase): boolean {
  const config = configOf(request.authority);
  return config !== undefined && resolvePolicy(config).squashMerges === 'allow';
}

/** A commit of one transition: what else it changes, and whether it tells the truth. */
function judgeSingle(
  request: CommitCase,
  transition: ReplayedTransition,
  told: TransitionTrailers,
): Problem[] {
  const own = new Set(
    transition.plan.changes.map((change) => {
      if (change.kind === 'edit-model') return 'model';
      return 'file' in change ? ledgerKey(change.file) : change.version;
    }),
  );
  const others = request.changes.filter(({ role }) => {
    if (!('model' in role) || role.model !== transition.plan.model) return true;
    if (isLedgerRole(role)) return !own.has(ledgerKey(role));
    return role.kind === 'version' ? !own.has(role.version) : role.kind !== 'model' || !own.has('model');
  });
  return [
    ...trailerProblems(told, transition.plan),
    ...actorProblems(told, transition),
    ...authorProblems(request.commit, told, transition),
    ...others.map(({ path: file }) => ({
      ...problem(
        'commit/other-changes',
        `the commit is ${describeTransitions([transition])}, and changes ${file} too`,
        'commit other changes apart',
      ),
      file,
    })),
  ];
}

interface Truth {
  problems: Problem[];
  /** The trailers of each transition, where the message has them. */
  told: (TransitionTrailers | undefined)[];
  entered: AuditedTransition['entered'];
}

/** Whether a commit's message is true of the transitions that were found in it. */
function truthOf(request: CommitCase, transitions: readonly ReplayedTransition[]): Truth {
  const { commit, manner } = request;
  const none = transitions.map(() => undefined);
  if (manner === 'net') return { problems: [], told: none, entered: 'squash' };
  const told = commit.trailers;
  const squash = allowsSquashes(request);
  const [first] = transitions;
  const blocks = squash && transitions.length > 0 ? blocksFor(commit.blocks, transitions) : undefined;
  // One transition by its own author at its own time is a commit of its own, wherever squashes are allowed.
  const isOwn = told && first && authorProblems(commit, told, first).length === 0;
  if (transitions.length === 1 && first && told && (isOwn || !blocks))
    return { problems: judgeSingle(request, first, told), told: [told], entered: 'commit' };
  if (blocks) return { problems: squashProblems(commit, transitions), told: blocks, entered: 'squash' };
  if (transitions.length === 0) return { problems: claimProblems(commit), told: [], entered: 'by-hand' };
  const several = transitions.length > 1 && (told !== undefined || commit.blocks.length > 0);
  return {
    problems: [
      several
        ? problem(
            'commit/several-transitions',
            `the commit holds ${transitions.length} transitions: ${describeTransitions(transitions)}`,
            squash
              ? 'a squash has to keep the trailers of every transition in its message'
              : 'one transition is one commit; for squash merges: "git: {squash_merges: allow}" in mlc.yaml',
          )
        : problem(
            'commit/by-hand',
            `${describeTransitions(transitions)} was written by hand: the commit has no trailers of a transition`,
            'let mlc make the change',
          ),
    ],
    told: none,
    entered: 'by-hand',
  };
}

/** A commit that says it is a transition, and is none. */
function claimProblems(commit: JudgedCommit): Problem[] {
  const told = commit.trailers;
  if (!told || told.operation === 'init' || told.operation === 'model-add') return [];
  return [
    problem(
      'trailer/untrue',
      `the trailers say ${told.operation} of ${told.model ?? ''}@${told.version ?? ''}, and the records show no such transition`,
      'let mlc make the commit',
    ),
  ];
}

/** Judges a commit against its parent. Merges are judged elsewhere. */
export function judgeCommit(request: CommitCase): CommitVerdict {
  const { commit, changes, before } = request;
  const claims = commit.trailers !== undefined || commit.blocks.length > 0;
  const squash = claims && allowsSquashes(request);
  const manner = request.manner === 'net' || squash ? 'net' : claims ? 'transition' : 'by-hand';
  const told = [...(commit.trailers ? [commit.trailers] : []), ...(squash ? commit.blocks : [])];
  const verdicts = modelsOf(changes).map((id): ModelVerdict & { id: string } => ({
    id,
    ...judgeModel({
      id,
      before,
      authority: request.authority,
      changes: changes.filter(({ role }) => 'model' in role && role.model === id),
      authorsOf: request.authorsOf,
      gate: request.gateOf(id),
      manner,
      told,
      checkReview: request.checkReview,
    }),
  }));
  const replayed = verdicts.flatMap((verdict) => verdict.transitions);
  const problems = [
    ...shapeProblems(changes, before),
    ...rootProblems(request),
    ...startProblems(request),
    ...verdicts.flatMap((verdict) => verdict.problems),
  ];
  const broken = verdicts.some((verdict) => verdict.problems.length > 0);
  const truth = truthOf(request, replayed);
  // Where a transition is not legal, that its trailers do not fit is no news.
  if (!(broken && replayed.length === 0)) problems.push(...truth.problems);
  return {
    findings: problems.map((found) => finding(commit.id, found)),
    transitions: replayed.map((transition, index) =>
      auditedOf(request, transition, truth.told[index], truth.entered),
    ),
    handWritten: verdicts.flatMap(({ id, handWritten }) =>
      handWritten.map((version) => ({ model: id, version })),
    ),
  };
}
