// What a branch uses again that its base has used up: numbers of versions, and transactions.
import { everChanged, readMessages } from '../../git/log.js';
import { type AuditedTransition, type Finding, finding } from '../../lifecycle/audit/findings.js';
import type { FileChange } from '../../lifecycle/audit/registry-state.js';
import { repeatedProblem } from '../../lifecycle/audit/truth.js';
import { parseTrailerBlocks } from '../../lifecycle/commit-message.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import type { Registry } from '../registry.js';

/** Numbers that the base once had, and that the branch gives out anew. */
export async function reusedNumbers(
  registry: Registry,
  base: string,
  changes: readonly FileChange[],
): Promise<Problem[]> {
  const added = changes
    .filter(({ role, before }) => role.kind === 'version' && !before)
    .map(({ path }) => path);
  const known = added.length === 0 ? [] : await everChanged(registry.repository, base, added);
  return known.map((file) => ({
    ...problem(
      'number/reused',
      'the number was used before, and its record is gone; numbers are never used again',
      'bring the old record back, and register under the next number',
    ),
    file,
  }));
}

/** Transitions of a branch that stand in the history of its base already. */
export async function repeatedTransactions(
  registry: Registry,
  base: string,
  transitions: readonly AuditedTransition[],
): Promise<Finding[]> {
  const own = transitions.filter(({ transaction }) => transaction !== null);
  if (own.length === 0) return [];
  const known = new Set<string>();
  for (const message of await readMessages(registry.repository, base, 'Mlc-Transaction:'))
    for (const { transaction } of parseTrailerBlocks(message)) known.add(transaction);
  return own
    .filter(({ transaction }) => known.has(transaction ?? ''))
    .map(({ commit, transaction }) => finding(commit, repeatedProblem(transaction ?? '')));
}
