// The answer of an audit: what was found, counted, and how much it proves.
import type { Finding } from '../../lifecycle/audit/findings.js';
import { type AssuranceLevel, type AuditCounts, levelOf, notProven } from '../../lifecycle/audit/levels.js';
import { readClock } from '../clock.js';
import { type Registry, headCommit } from '../registry.js';
import { type AuditRequest, auditHistory } from './audit.js';
import { placeFindings } from './places.js';
import { type SealCheck, checkSeal } from './seal.js';

/** What an audit answers. */
export interface AuditReport {
  clean: boolean;
  head: string;
  /** What the audit took as it is: an earlier verified commit, or the revision that was named; null from the beginning. */
  from: string | null;
  level: AssuranceLevel;
  /** What it does not prove. */
  not_proven: string;
  counts: AuditCounts;
  findings: Finding[];
  seal: SealCheck | null;
}

/** Seconds since 1970, by git's clock. */
export function auditClock(env: NodeJS.ProcessEnv): number {
  return Math.floor(Date.parse(readClock(env)) / 1000);
}

/** Audits what is checked out. */
export async function runAudit(
  registry: Registry,
  request: Pick<AuditRequest, 'since' | 'memory' | 'progress'> & { seal: string | undefined },
): Promise<AuditReport> {
  const { commit: head } = await headCommit(registry);
  const { seal: tag, ...how } = request;
  const now = auditClock(registry.repository.env);
  const outcome = await auditHistory(registry, { ...how, head, now });
  const seal = tag === undefined ? null : await checkSeal(registry, tag, head, now);
  const found = [...outcome.findings, ...(seal?.findings ?? [])];
  const findings = await placeFindings(registry, found, head);
  const clean = findings.every(({ level }) => level !== 'error');
  const level = clean ? levelOf(outcome.counts, seal !== null) : 'claimed';
  return {
    clean,
    head,
    from: outcome.from,
    level,
    not_proven: notProven(level),
    counts: outcome.counts,
    findings,
    seal,
  };
}
