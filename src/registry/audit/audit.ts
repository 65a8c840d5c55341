// The audit of a registry: replays its history, remembers what it verified, and says how much that proves.
import { refusal, usage } from '../../errors.js';
import { isAncestor } from '../../git/commit.js';
import { readRef } from '../../git/repository.js';
import { type AuditedTransition, type Finding, finding } from '../../lifecycle/audit/findings.js';
import { type AuditCounts, addCounts, countTransitions, noCounts } from '../../lifecycle/audit/levels.js';
import { problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';
import { type HistoryVerdict, judgeHistory } from './judge-history.js';
import { forgetAudit, recallAudit, rememberAudit } from './memory.js';
import { type Source, emptySource, readSource } from './source.js';
import { standingProblems, turnedProblem } from './standing.js';

/** What to audit. */
export interface AuditRequest {
  /** The commit to audit. */
  head: string;
  /** Everything that this revision reaches is taken as it is. */
  since?: string | undefined;
  /** `resume` goes on from what was verified; `afresh` reads the whole history; `forget` drops what was verified first. */
  memory: 'resume' | 'afresh' | 'forget';
  now: number;
  progress?: (done: number, of: number) => void;
}

/** What an audit found. */
export interface AuditOutcome {
  head: string;
  /** What the audit began after: a revision that was named, or the last verified commit. */
  from: string | null;
  counts: AuditCounts;
  findings: Finding[];
  /** Of the stretch that was read. */
  verdict: HistoryVerdict;
  transitions: AuditedTransition[];
}

function checkWhole(registry: Registry): void {
  if (!registry.repository.shallow) return;
  throw usage(
    'git/shallow',
    'this clone is shallow, and an audit needs the whole history',
    'git fetch --unshallow',
  );
}

function rewritten(was: string, is: string): Finding {
  const found = problem(
    'history/rewritten',
    `the last audit of this branch verified ${was.slice(0, 10)}, and ${is.slice(0, 10)} does not hold it any more: the history was rewritten`,
    'find out who pushed with force; git reflog has what was there. To begin anew from here: mlc audit --forget',
  );
  return finding('', found);
}

async function resolveSince(registry: Registry, since: string | undefined): Promise<string | undefined> {
  if (since === undefined) return undefined;
  const commit = await readRef(registry.repository, since);
  if (commit === null)
    throw usage(
      'audit/unknown-revision',
      `"${since}" is no revision of this repository`,
      'git log --oneline',
    );
  return commit;
}

/** Audits the history of a commit. */
export async function auditHistory(registry: Registry, request: AuditRequest): Promise<AuditOutcome> {
  checkWhole(registry);
  const { repository } = registry;
  const { head } = request;
  if (request.memory === 'forget') await forgetAudit(registry);
  const since = await resolveSince(registry, request.since);
  const resumes = request.memory === 'resume' && since === undefined;
  const known = resumes ? await recallAudit(registry) : undefined;
  const holds =
    known !== undefined && (known.head === head || (await isAncestor(repository, known.head, head)));
  const memory = holds ? known : undefined;
  const from = since ?? memory?.head;
  const transactions = new Set(memory?.transactions);
  // What was verified needs no reading, and git is not even asked.
  const source: Source =
    from === head ? emptySource() : await readSource(registry, head, from === undefined ? [] : [from]);
  const verdict = await judgeHistory({
    registry,
    source,
    authority: undefined,
    now: request.now,
    arrivals: new Map(),
    transactions,
    ...(request.progress ? { progress: request.progress } : {}),
  });
  const counts = addCounts(
    memory?.counts ?? noCounts,
    countTransitions(verdict.transitions, verdict.commits, verdict.handWritten.length),
  );
  const turned = memory && source.mainline.length > 0 && !source.mainline.includes(memory.head);
  const findings = [
    ...(memory?.findings ?? []),
    ...(turned ? [finding(head, turnedProblem(memory.head, head))] : []),
    ...verdict.findings,
  ];
  const lost = known !== undefined && !holds;
  if (!lost && since === undefined && verdict.commits > 0)
    await rememberAudit(registry, { head, counts, findings, transactions: [...transactions] });
  const standing = await standingProblems(registry);
  return {
    head,
    from: from ?? null,
    counts,
    findings: [
      ...(lost ? [rewritten(known.head, head)] : []),
      ...standing.map((found) => finding('', found)),
      ...findings,
    ],
    verdict,
    transitions: verdict.transitions,
  };
}

/** Refuses where an audit found anything. */
export function checkClean(outcome: AuditOutcome, message: string): void {
  const errors = outcome.findings.filter(({ level }) => level === 'error');
  if (errors.length === 0) return;
  throw refusal('audit/findings', message, 'mlc audit', errors);
}
