// Judges a stretch of history, commit by commit, parents before children.
import { setImmediate } from 'node:timers/promises';
import type { VersionRecord } from '../../generated/types.js';
import type { StoredCommit } from '../../git/commits.js';
import {
  type Arrivals,
  asksForArrivals,
  haveArrived,
  judgeArrivals,
} from '../../lifecycle/audit/arrivals.js';
import type { Author } from '../../lifecycle/audit/by-hand.js';
import { type AuditedTransition, type Finding, finding } from '../../lifecycle/audit/findings.js';
import { judgeCommit } from '../../lifecycle/audit/judge.js';
import {
  type AuditedFile,
  type FileChange,
  type RegistryState,
  modelsOf,
  putFile,
} from '../../lifecycle/audit/registry-state.js';
import { repeatedProblem, timeProblems } from '../../lifecycle/audit/truth.js';
import { samePerson } from '../../lifecycle/people.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';
import { boundaryStates } from './boundary.js';
import { describeCommit, gateFactsOf, reviewChecker } from './facts.js';
import { fetchFiles, parseFiles } from './files.js';
import { datedAsMerged, mergeFindings } from './judge-merge.js';
import { type Signer, commitSigner, signatureProblems, signersOf } from './signatures.js';
import type { Source, SourceCommit } from './source.js';
import { dateArrivals } from './states.js';
import { noteChanged, packQuiet } from './quiet-models.js';
import { findRules } from './rules.js';
import { type Walk, authorityOf, beginWalk, fileChanges, isGone, leaveState, takeState } from './walk.js';

/** How a stretch of history is judged. */
export interface HistoryRequest {
  registry: Registry;
  source: Source;
  /** The state whose policy, approvers and gates count for every commit; each commit's own protected branch where it is left out. */
  authority?: RegistryState;
  /** Seconds since 1970. */
  now: number;
  /** When notices and shadows came into the history; left out where the stretch is no protected branch yet. */
  arrivals?: Arrivals;
  /** Transactions that were seen before, which none may repeat. */
  transactions: Set<string>;
  progress?: (done: number, of: number) => void;
}

/** What a stretch of history was found to be. */
export interface HistoryVerdict {
  findings: Finding[];
  transitions: AuditedTransition[];
  handWritten: { commit: string; model: string; version: string }[];
  /** Every file that a commit left behind with the SHA-256 of its bytes, by commit. */
  contents: Map<string, { path: string; sha256: string }[]>;
  commits: number;
}

const filesAtOnce = 1500;
// After so many commits what git sends is taken in, or it would wait.
const commitsAtOnce = 25;

/** Commits in portions whose files fit into memory together. */
function portionsOf(commits: readonly SourceCommit[]): SourceCommit[][] {
  const portions: SourceCommit[][] = [];
  let room = 0;
  for (const item of commits) {
    if (room <= 0) {
      portions.push([]);
      room = filesAtOnce;
    }
    portions.at(-1)?.push(item);
    room -= Math.max(1, item.changes.length);
  }
  return portions;
}

function authorOf(commit: StoredCommit, signer: Signer): Author {
  return { name: commit.author, signer: signer.kind === 'good' ? signer.principal : undefined };
}

/** Notes a legal transition; one that stands in the history twice was copied. */
function note(
  request: HistoryRequest,
  verdict: HistoryVerdict,
  transition: AuditedTransition,
  signer: Signer,
): void {
  const signed = signer.kind === 'good' && samePerson(signer.principal, transition.actor);
  verdict.transitions.push({ ...transition, signed });
  const { transaction } = transition;
  if (transaction === null) return;
  if (request.transactions.has(transaction)) {
    verdict.findings.push(finding(transition.commit, repeatedProblem(transaction)));
  }
  request.transactions.add(transaction);
}

/** Judges a step of the protected branch by when things came onto it. */
async function arrivalProblems(
  request: HistoryRequest,
  arrivals: Arrivals,
  step: {
    before: RegistryState;
    changes: readonly FileChange[];
    at: number;
    handWritten: ReadonlySet<string>;
  },
): Promise<Problem[]> {
  const { base } = request.source;
  for (const { role, before, after } of step.changes) {
    if (base === undefined || role.kind !== 'version' || !before?.data || !after?.data) continue;
    const [was, is] = [before.data, after.data] as [VersionRecord, VersionRecord];
    if (asksForArrivals(was, is) && !haveArrived(arrivals, was))
      await dateArrivals(request.registry, base, role, arrivals);
  }
  return judgeArrivals(step.before, step.changes, arrivals, step.at, step.handWritten);
}

/** Judges a commit that is no merge; answers the versions that it adds by hand. */
function judgeStep(
  request: HistoryRequest,
  verdict: HistoryVerdict,
  item: SourceCommit,
  step: { before: RegistryState; authority: RegistryState; changes: readonly FileChange[]; parentAt: number },
): ReadonlySet<string> {
  const { commit } = item;
  const { before, authority, changes } = step;
  const signer = commitSigner(commit, signersOf(authority.signers));
  const judged = judgeCommit({
    commit: describeCommit(commit),
    before,
    authority,
    changes,
    authorsOf: () => [authorOf(commit, signer)],
    gateOf: (model) => gateFactsOf(authority, before, model),
    checkReview: reviewChecker(authority, before, step.parentAt),
    manner: 'commit',
  });
  const signatures = signatureProblems(signer, judged.transitions);
  verdict.findings.push(...judged.findings, ...signatures.map((found) => finding(commit.id, found)));
  for (const transition of judged.transitions) note(request, verdict, transition, signer);
  for (const entry of judged.handWritten) verdict.handWritten.push({ commit: commit.id, ...entry });
  return new Set(judged.handWritten.map(({ model, version }) => `${model}@${version}`));
}

/** Whether a commit changes nothing at all, and may say that it is a transition. */
function claimsAlone({ commit }: SourceCommit, parents: readonly StoredCommit[]): boolean {
  return parents[0]?.tree === commit.tree && commit.message.includes('\nMlc-');
}

async function judgeOne(
  request: HistoryRequest,
  walk: Walk,
  item: SourceCommit,
  files: ReadonlyMap<string, AuditedFile>,
  verdict: HistoryVerdict,
): Promise<void> {
  const { commit, sides } = item;
  const parents = commit.parents.flatMap((id) => walk.commits.get(id) ?? []);
  const others = commit.parents.slice(1).map((id) => takeState(walk, id));
  const before = takeState(walk, commit.parents[0]);
  const changes = datedAsMerged(fileChanges(request.registry, item.changes, commit, before, files), others);
  const authority = request.authority ?? authorityOf(walk, item, before);
  const isMerge = sides.length > 0;
  if (!commit.intact) {
    const found = problem('object/corrupt', 'the commit object is not what its id says', 'git fsck --full');
    verdict.findings.push(finding(commit.id, found));
  }
  if (changes.length > 0 || isMerge) {
    const found = timeProblems(commit, parents, request.now);
    verdict.findings.push(...found.map((entry) => finding(commit.id, entry)));
  }
  let handWritten: ReadonlySet<string> = new Set();
  if (isMerge) verdict.findings.push(...mergeFindings(item, changes, before));
  else if (changes.length > 0 || claimsAlone(item, parents)) {
    const parentAt = Math.max(0, ...parents.map(({ committedAt }) => committedAt));
    handWritten = judgeStep(request, verdict, item, { before, authority, changes, parentAt });
  }
  if (item.isMainline && request.arrivals) {
    const step = { before, changes, at: commit.committedAt, handWritten };
    const found = await arrivalProblems(request, request.arrivals, step);
    verdict.findings.push(...found.map((entry) => finding(commit.id, entry)));
  }
  const left = changes.map(({ path, after }) => ({ path, sha256: after?.sha256 ?? '' }));
  if (left.length > 0) verdict.contents.set(commit.id, left);
  for (const { role, after } of changes) putFile(before, role, after);
  for (const id of modelsOf(changes)) noteChanged(walk.live, id, before);
  leaveState(walk, commit.id, before);
}

/** The commits before a stretch whose rules count in it. */
function rulingBefore(source: Source, rules: ReadonlyMap<string, string>): string[] {
  const known = new Set(source.commits.map(({ commit }) => commit.id));
  return [...new Set(rules.values())].filter((id) => !known.has(id));
}

/** Judges. */
export async function judgeHistory(request: HistoryRequest): Promise<HistoryVerdict> {
  const { registry, source } = request;
  const rules = request.authority ? new Map<string, string>() : await findRules(registry, source);
  const walk = beginWalk(source, await boundaryStates(registry, source, rulingBefore(source, rules)), rules);
  const verdict: HistoryVerdict = {
    findings: [],
    transitions: [],
    handWritten: [],
    contents: new Map(),
    commits: source.commits.length,
  };
  const portions = portionsOf(source.commits);
  const fetch = (portion: readonly SourceCommit[] = []): ReturnType<typeof fetchFiles> =>
    fetchFiles(
      registry,
      portion.flatMap(({ changes }) => changes.filter(({ mode }) => !isGone(mode))),
    );
  let [done, next] = [0, fetch(portions[0])];
  for (const [index, portion] of portions.entries()) {
    const fetched = await next;
    // git reads the next portion while this one is judged.
    next = fetch(portions[index + 1]);
    // Its failure is told when it is waited for.
    next.catch(() => undefined);
    const files = await parseFiles(registry, fetched);
    for (const item of portion) {
      await judgeOne(request, walk, item, files, verdict);
      done += 1;
      if (done % commitsAtOnce === 0) await setImmediate();
    }
    packQuiet(walk.live, [...walk.states.values(), ...walk.authorities.values()]);
    request.progress?.(done, source.commits.length);
  }
  return verdict;
}
