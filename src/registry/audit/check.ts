// The merge gate: judges what a branch would do to the branch that it is to be merged into.
import { usage } from '../../errors.js';
import { isAncestor } from '../../git/commit.js';
import { mergeBases, readCommits } from '../../git/commits.js';
import { compareTrees, emptyTree } from '../../git/tree-changes.js';
import { type AuditedTransition, type Finding, finding } from '../../lifecycle/audit/findings.js';
import { judgeArrivals } from '../../lifecycle/audit/arrivals.js';
import { wantedBy } from '../../lifecycle/audit/merges.js';
import {
  type FileChange,
  type RegistryState,
  configOf,
  emptyState,
} from '../../lifecycle/audit/registry-state.js';
import { resolvePolicy } from '../../lifecycle/policy.js';
import { type Problem, type Warning, problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';
import { resolveBase } from './base.js';
import { touchedModels } from './boundary.js';
import { auditedPaths, readFiles } from './files.js';
import { judgeHistory } from './judge-history.js';
import { togetherProblems } from './judge-merge.js';
import { judgeNet } from './judge-net.js';
import { rewrittenProblem, turnedProblem } from './standing.js';
import { placeFindings } from './places.js';
import { repeatedTransactions, reusedNumbers } from './reused.js';
import { type Source, changedPaths, readSource } from './source.js';
import { dateArrivalsOf, dateGates, loadState } from './states.js';
import { fileChanges, isGone } from './walk.js';

/** What to judge. */
export interface CheckRequest {
  head: string;
  base: string;
  /** `commits`: each commit is one transition. `net`: what the whole branch comes to, as a squash merge makes of it. */
  manner: 'commits' | 'net';
  /** `fast-forward`: the head has to be a later state of the base, as after a push. */
  expects: 'branch' | 'fast-forward';
  /** Whether what is missing here may be fetched. */
  missing: 'refuse' | 'fetch';
  /** Seconds since 1970. */
  now: number;
  progress?: (done: number, of: number) => void;
}

/** A commit that was judged. */
interface CheckedCommit {
  commit: string;
  subject: string;
  transitions: AuditedTransition[];
  findings: Finding[];
}

/** What a check answers. */
export interface CheckReport {
  clean: boolean;
  /** Null where there is none: a branch that is new, or a registry that begins with it. */
  base: string | null;
  head: string;
  commits: CheckedCommit[];
  /** Every legal transition; those of a net change are no commit's. */
  transitions: AuditedTransition[];
  /** What is about no single commit. */
  findings: Finding[];
  warnings: Warning[];
}

/** What the branch does since it parted, on the base as it is now. */
interface NetChange {
  changes: FileChange[];
  problems: Problem[];
}

async function netChange(
  registry: Registry,
  base: string,
  head: string,
  state: RegistryState,
): Promise<NetChange> {
  const { repository } = registry;
  const forks = await mergeBases(repository, base, head);
  const commits = await readCommits(repository, [base, head, ...forks]);
  const treeOf = (id: string): string => commits.get(id)?.tree ?? emptyTree(repository);
  const from = forks.length === 0 ? [emptyTree(repository)] : forks.map(treeOf);
  const compared = await compareTrees(
    repository,
    from.flatMap((tree) => [head, base].map((id) => [tree, treeOf(id)] as const)),
    auditedPaths(registry),
  );
  const all = new Map(
    compared.filter((_, at) => at % 2 === 0).flatMap((side) => side.map((change) => [change.path, change])),
  );
  const partings = from.map((_, at) => ({
    theirs: changedPaths(compared[2 * at] ?? []),
    ours: changedPaths(compared[2 * at + 1] ?? []),
  }));
  const wanted = new Map([...all.keys()].map((file) => [file, wantedBy(partings, file).from]));
  const theirs = [...all.values()].filter(({ path }) => wanted.get(path) !== 'ours');
  const files = await readFiles(
    registry,
    theirs.filter(({ mode }) => !isGone(mode)),
  );
  const tip = commits.get(head);
  const conflicts = theirs.filter(({ path }) => wanted.get(path) === 'nobody');
  return {
    changes: tip ? fileChanges(registry, theirs, tip, state, files) : [],
    problems: conflicts.map(({ path: file, oldMode }) => ({
      ...(isGone(oldMode)
        ? problem(
            'number/reused',
            `${file.replace(/^.*\//, '').replace(/\.yaml$/, '')} was registered on the base meanwhile`,
            'rebase the branch, and register again: mlc gives it the next number',
          )
        : problem(
            'merge/conflict',
            'the base changed the file meanwhile, and records are never merged as text',
            'rebase the branch, and make its transitions again on the newer records',
          )),
      file,
    })),
  };
}

async function authorityAt(registry: Registry, base: string, source: Source): Promise<RegistryState> {
  const models = touchedModels(registry, source);
  const state = await loadState(registry, base, models.all);
  await dateGates(registry, base, state, models.registering);
  return state;
}

/** What is about the branch as a whole. */
async function wholeProblems(
  registry: Registry,
  base: string,
  request: CheckRequest,
  authority: RegistryState,
  net: NetChange,
  handWritten: ReadonlySet<string>,
): Promise<Problem[]> {
  const arrivals = await dateArrivalsOf(registry, base, net.changes);
  return [
    ...net.problems,
    ...togetherProblems(authority, net.changes),
    ...(await reusedNumbers(registry, base, net.changes)),
    ...judgeArrivals(authority, net.changes, arrivals, request.now, handWritten),
  ];
}

/** Judges a branch against its base. */
export async function checkBranch(registry: Registry, request: CheckRequest): Promise<CheckReport> {
  const { repository } = registry;
  const base = await resolveBase(registry, request);
  const source = await readSource(registry, request.head, base === null ? [] : [base]);
  checkComplete(registry, source);
  const state = base === null ? emptyState() : await authorityAt(registry, base, source);
  // Where the registry begins with the branch, the base has no rules to hold it to.
  const authority = configOf(state) ? state : undefined;
  const net =
    base === null ? { changes: [], problems: [] } : await netChange(registry, base, request.head, state);
  const problems: Problem[] = [];
  if (base !== null && request.expects === 'fast-forward') {
    if (!(await isAncestor(repository, base, request.head))) problems.push(rewrittenProblem(base));
    else if (!source.mainline.includes(base)) problems.push(turnedProblem(base, request.head));
  }
  const how = { registry, source, now: request.now, ...(authority ? { authority } : {}) };
  // A branch without a base has no net change: everything is new, and judged as it came.
  const verdict =
    request.manner === 'net' && base !== null
      ? await judgeNet(how, state, net.changes)
      : await judgeHistory({
          ...how,
          transactions: new Set(),
          ...(request.progress ? { progress: request.progress } : {}),
        });
  const byHand = new Set(verdict.handWritten.map(({ model, version }) => `${model}@${version}`));
  if (base !== null && authority)
    problems.push(...(await wholeProblems(registry, base, request, authority, net, byHand)));
  const all = await placeFindings(
    registry,
    [
      ...problems.filter((found) => !isTold(found, verdict.findings)).map((found) => finding('', found)),
      ...verdict.findings,
      ...(base === null ? [] : await repeatedTransactions(registry, base, verdict.transitions)),
    ],
    request.head,
  );
  const of = (id: string): Finding[] => all.filter(({ commit }) => commit === id);
  const commits = source.commits.map(({ commit }) => ({
    commit: commit.id,
    subject: commit.message.split('\n')[0] ?? '',
    transitions: verdict.transitions.filter((transition) => transition.commit === commit.id),
    findings: of(commit.id),
  }));
  const findings = of('');
  return {
    clean: findings.length === 0 && commits.every((commit) => commit.findings.length === 0),
    base,
    head: request.head,
    commits,
    transitions: verdict.transitions,
    findings,
    warnings: request.manner === 'net' ? squashWarnings(authority) : [],
  };
}

/** A squash that is judged where the audit will not accept it. */
function squashWarnings(authority: RegistryState | undefined): Warning[] {
  const config = configOf(authority);
  if (!config || resolvePolicy(config).squashMerges === 'allow') return [];
  return [
    {
      code: 'squash/refused-later',
      message:
        'mlc.yaml of the base does not allow squash merges, so the audit will find fault with this one',
      hint: 'a policy owner merges "git: {squash_merges: allow}" before, or merge without squashing',
    },
  ];
}

/** Whether a problem of the whole branch is one of a commit too. */
function isTold(found: Problem, findings: readonly Finding[]): boolean {
  return findings.some(
    ({ code, file, message }) => code === found.code && file === found.file && message === found.message,
  );
}

/** Refuses where commits that the branch builds on are not in this clone. */
function checkComplete(registry: Registry, source: Source): void {
  if (!registry.repository.shallow) return;
  const known = new Set([...source.boundary.keys(), ...source.commits.map(({ commit }) => commit.id)]);
  const missing = source.commits.flatMap(({ commit }) => commit.parents.filter((id) => !known.has(id)));
  if (missing.length === 0) return;
  throw usage(
    'git/shallow',
    'this clone is shallow, and does not reach back to where the branch parted from its base',
    'check out the whole history (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0), or: git fetch --unshallow, or --fetch',
  );
}
