// An audit as JSON Lines: what it is of, then a line for each transition and each finding.
import type { AuditExport } from '../lifecycle/audit/population.js';
import { canonicalJson } from '../lifecycle/canonical-json.js';

/** The whole export, a JSON document on each line. */
export function auditLines(audit: AuditExport): string {
  const { transitions, findings, sample, ...about } = audit;
  const sampled = new Set(sample.transitions);
  const header = { type: 'audit', schema: 'mlc/audit-export@1', ...about };
  const lines = [
    { ...header, sample: { size: sample.transitions.length, random_seed: sample.random_seed } },
    ...transitions.map((transition) => ({
      type: 'transition',
      ...transition,
      sampled: sampled.has(transition),
    })),
    ...findings.map((found) => ({ type: 'finding', ...found })),
  ];
  return lines.map((line) => `${canonicalJson(line)}\n`).join('');
}
