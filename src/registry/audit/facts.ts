// What judging a commit needs to know beside its records: its message, the gate that counts, and whose signatures do.
import type { Review, VersionRecord } from '../../generated/types.js';
import type { StoredCommit } from '../../git/commits.js';
import type { GateFacts } from '../../lifecycle/audit/candidate.js';
import type { JudgedCommit } from '../../lifecycle/audit/findings.js';
import { type RegistryState, configOf, modelOf } from '../../lifecycle/audit/registry-state.js';
import { parseTrailerBlocks, parseTrailers } from '../../lifecycle/commit-message.js';
import { timestampOf } from '../../lifecycle/dates.js';
import type { Problem } from '../../lifecycle/problems.js';
import { policyDigest } from '../approval-statement.js';
import { reviewProblems, signersOf } from './signatures.js';

/** A commit as it tells of itself. */
export function describeCommit(commit: StoredCommit): JudgedCommit {
  const { id, parents, author, authoredAt, committedAt, message } = commit;
  const end = message.indexOf('\n');
  return {
    id,
    parents,
    author,
    authoredAt,
    committedAt,
    subject: end < 0 ? message : message.slice(0, end),
    body: end < 0 ? '' : message.slice(end + 1).trimStart(),
    trailers: parseTrailers(message),
    blocks: parseTrailerBlocks(message),
  };
}

/** The gate that a registration has to have passed: the authority's, where it has one. */
export function gateFactsOf(authority: RegistryState, before: RegistryState, model: string): GateFacts {
  const gate = modelOf(authority, model).gate ?? modelOf(before, model).gate;
  const moments = gate?.changed ? [gate.changed.committed, gate.changed.authored] : [];
  return {
    digest: gate?.sha256,
    committedAt: moments.map((seconds) => timestampOf(new Date(seconds * 1000))),
  };
}

/** Holds reviews' signatures against the allowed signers and the policy of an authority. */
export function reviewChecker(
  authority: RegistryState,
  before: RegistryState,
  notBefore: number,
): (review: Review, record: VersionRecord) => Problem[] {
  const config = configOf(authority) ?? configOf(before);
  const signers = signersOf(configOf(authority) ? authority.signers : before.signers);
  return (review, record) =>
    reviewProblems(review, record, {
      registry: config?.name ?? '',
      policySha256: config ? policyDigest(config) : '',
      signers,
      notBefore,
    });
}
