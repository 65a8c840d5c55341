// The population of an audit, and a sample of it that is drawn by a seed: the same history and seed give the same sample, in any tool.
import { distinctPeople } from '../people.js';
import type { AuditedTransition, Finding } from './findings.js';
import type { AssuranceLevel, AuditCounts } from './levels.js';

/** A file that a commit left behind. */
export interface CommittedFile {
  path: string;
  /** SHA-256 of its bytes; empty where the file went. */
  sha256: string;
}

/** One transition of an export: who asked, who approved, on what evidence, in which commit. */
export interface ExportedTransition extends AuditedTransition {
  /** Everyone whose approval the version has after the transition. */
  approved_by: readonly string[];
  files: readonly CommittedFile[];
}

/** An audit to hand out. */
export interface AuditExport {
  registry: string;
  head: string;
  /** What was taken as it is; null from the beginning. */
  from: string | null;
  exported_at: string;
  level: AssuranceLevel;
  not_proven: string;
  counts: AuditCounts;
  /** SHA-256 over the lines of all transitions, each with its line break, as a seal has it. */
  digest: string;
  transitions: readonly ExportedTransition[];
  findings: readonly Finding[];
  sample: { size: number; random_seed: number; transitions: readonly ExportedTransition[] };
}

/** Every transition with its files, and everyone who had approved its version by then. */
export function populationOf(
  transitions: readonly AuditedTransition[],
  filesOf: (commit: string) => readonly CommittedFile[],
): ExportedTransition[] {
  const approvals = new Map<string, string[]>();
  return transitions.map((transition) => {
    const key = `${transition.model}@${transition.version}`;
    if (transition.operation === 'approve' && transition.reviewer !== null)
      approvals.set(key, distinctPeople([...(approvals.get(key) ?? []), transition.reviewer]));
    return { ...transition, approved_by: approvals.get(key) ?? [], files: filesOf(transition.commit) };
  });
}

/**
 * Draws a sample: members in the order of the digest of `SEED:KEY`, the first `size` of them, put back in their order.
 *
 * @param digest SHA-256 as hexadecimal text
 */
export function drawSample<T>(
  population: readonly T[],
  keyOf: (member: T) => string,
  { size, seed }: { size: number; seed: number },
  digest: (text: string) => string,
): T[] {
  const ranked = population.map((member, index) => ({
    member,
    index,
    rank: digest(`${seed}:${keyOf(member)}`),
  }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked
    .slice(0, size)
    .sort((a, b) => a.index - b.index)
    .map(({ member }) => member);
}
