// What a reviewer signs: a statement that binds the decision to the version's content, its gate, the policy and the commit.
import { createHash } from 'node:crypto';
import type { ApprovalStatement, RegistryConfiguration, Review, VersionRecord } from '../generated/types.js';
import { canonicalJson } from '../lifecycle/canonical-json.js';
import { type Problem, problem } from '../lifecycle/problems.js';

/** The namespace of approvals' signatures, so that a signature of a commit never passes for one. */
export const approvalNamespace = 'mlc-approval@v1';

/** What registering wrote and nothing changes any more. */
const registeredKeys = [
  'model_id',
  'version',
  'registered_at',
  'registered_by',
  'change',
  'parent_run_id',
  'dataset_version',
  'training_commit',
  'training',
  'artifacts',
  'evaluation_results',
  'gate',
  'compliance',
] as const;

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The digest of a policy: what it asks for, however mlc.yaml writes it. */
export function policyDigest(config: RegistryConfiguration): string {
  return sha256(canonicalJson(config.policy ?? {}));
}

/** The circumstances of a review that stand in its statement beside the record. */
export interface ReviewContext {
  registry: string;
  /** Of the policy, by `policyDigest`. */
  policySha256: string;
  baseCommit: string;
  issuedAt: string;
}

/** The statement that a review of a version signs. */
export function statementOf(
  record: VersionRecord,
  decision: Review['decision'],
  context: ReviewContext,
): ApprovalStatement {
  const registered = Object.fromEntries(registeredKeys.map((key) => [key, record[key]]));
  return {
    type: approvalNamespace,
    registry: context.registry,
    model_id: record.model_id,
    version: record.version,
    decision,
    artifacts: [...new Set((record.artifacts ?? []).map((artifact) => artifact.sha256))].sort(),
    record_sha256: sha256(canonicalJson(registered)),
    gate_results_sha256: sha256(canonicalJson(record.gate?.checks ?? [])),
    policy_sha256: context.policySha256,
    base_commit: context.baseCommit,
    issued_at: context.issuedAt,
  };
}

/** The bytes of a statement that are signed. */
export function statementBytes(statement: ApprovalStatement): Buffer {
  return Buffer.from(canonicalJson(statement), 'utf8');
}

const meaning: Partial<Record<keyof ApprovalStatement, string>> = {
  registry: 'another registry',
  model_id: 'another model',
  version: 'another version',
  decision: 'another decision',
  artifacts: 'other artifacts',
  record_sha256: 'another content of the record',
  gate_results_sha256: 'other results of the gate',
  policy_sha256: 'another policy (mlc.yaml)',
  issued_at: 'another time',
};

/** What a statement says that is not so of the record that holds it. */
export function statementProblems(
  review: Review & { statement: ApprovalStatement },
  record: VersionRecord,
  context: Pick<ReviewContext, 'registry' | 'policySha256'>,
): Problem[] {
  const { statement, decision, at } = review;
  const expected = statementOf(record, decision, {
    ...context,
    baseCommit: statement.base_commit,
    issuedAt: at,
  });
  return (Object.keys(expected) as (keyof ApprovalStatement)[]).flatMap((key) =>
    canonicalJson(expected[key]) === canonicalJson(statement[key])
      ? []
      : [
          problem(
            'approval/other-statement',
            `${review.by} signed ${meaning[key] ?? key}: ${key} is ${canonicalJson(statement[key])}, and here it is ${canonicalJson(expected[key])}`,
            `take the commit of this review out of the branch (git rebase --onto), and review it again: mlc ${statement.decision} ${record.model_id}@${record.version}`,
          ),
        ],
  );
}
