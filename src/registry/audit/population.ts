// What an auditor gets: the audited history with every transition, and a sample of them.
import { createHash } from 'node:crypto';
import { timestampOf } from '../../lifecycle/dates.js';
import { levelOf, notProven } from '../../lifecycle/audit/levels.js';
import {
  type AuditExport,
  type ExportedTransition,
  drawSample,
  populationOf,
} from '../../lifecycle/audit/population.js';
import { configOf } from '../../lifecycle/audit/registry-state.js';
import type { Registry } from '../registry.js';
import { type AuditRequest, auditHistory } from './audit.js';
import { historyDigest } from './seal.js';
import { loadState } from './states.js';

/** What to export. */
export interface ExportRequest extends Pick<AuditRequest, 'head' | 'since' | 'now' | 'progress'> {
  sample: number;
  randomSeed: number;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function keyOf({ commit, transaction, model, version, at }: ExportedTransition): string {
  return transaction ?? `${commit} ${model}@${version} ${at}`;
}

/** Audits the history of a commit, and answers the whole of it. */
export async function exportAudit(registry: Registry, request: ExportRequest): Promise<AuditExport> {
  const { sample: size, randomSeed: seed, ...how } = request;
  const { head, now } = how;
  const outcome = await auditHistory(registry, { ...how, memory: 'afresh' });
  const transitions = populationOf(
    outcome.transitions,
    (commit) => outcome.verdict.contents.get(commit) ?? [],
  );
  const clean = outcome.findings.length === 0;
  const level = clean ? levelOf(outcome.counts, false) : 'claimed';
  return {
    registry: configOf(await loadState(registry, head, new Set()))?.name ?? '',
    head,
    from: outcome.from,
    exported_at: timestampOf(new Date(now * 1000)),
    level,
    not_proven: notProven(level),
    counts: outcome.counts,
    digest: historyDigest(outcome.verdict),
    transitions,
    findings: outcome.findings,
    sample: {
      size,
      random_seed: seed,
      transitions: drawSample(transitions, keyOf, { size, seed }, digestOf),
    },
  };
}
