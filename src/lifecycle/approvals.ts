// Who may review a version, and when enough people have.
import type { ApprovalStatement, Model, RegistryConfiguration, VersionRecord } from '../generated/types.js';
import { distinctPeople, isBot, isListed, samePerson } from './people.js';
import { resolvePolicy } from './policy.js';
import { type Problem, listOf, problem } from './problems.js';

/** A review that is signed: whose key it was, what was signed, and the signature. */
export interface SignedReview {
  /** The principal of the key in the allowed signers. */
  principal: string;
  statement: ApprovalStatement;
  /** Base64 of the SSHSIG blob. */
  signature: string;
}

/** What stands against a person, or a machine, reviewing under a registry's policy. */
export function policyProblems(
  reviewer: string,
  signed: SignedReview | undefined,
  config: RegistryConfiguration,
): Problem[] {
  const policy = resolvePolicy(config);
  const problems: Problem[] = [];
  if (isBot(reviewer, policy.bots)) {
    problems.push(
      problem(
        'approval/bot',
        `${reviewer} is a machine, and machines do not review`,
        'ask a person who is an approver',
      ),
    );
  }
  if (policy.signatures === 'required' && !signed) {
    problems.push(
      problem(
        'approval/unsigned',
        'policy asks for signed reviews, and this one is not signed',
        'git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub, and add the key to .mlc/allowed_signers',
      ),
    );
  }
  return problems;
}

/** What stands against a person reviewing a version. */
export function reviewerProblems(reviewer: string, model: Model, record: VersionRecord): Problem[] {
  const problems: Problem[] = [];
  if (!isListed(reviewer, model.approvers)) {
    problems.push(
      problem(
        'approval/not-an-approver',
        `${reviewer} is not an approver of ${model.model_id}: those are ${listOf(model.approvers)}`,
        `ask one of them, or have the owner add an approver to models/${model.model_id}/model.yaml`,
      ),
    );
  }
  if (samePerson(reviewer, record.registered_by)) {
    problems.push(
      problem(
        'approval/own-version',
        `${reviewer} registered ${model.model_id}@${record.version}, and nobody reviews their own`,
        `ask another approver: ${listOf(model.approvers.filter((person) => !samePerson(person, reviewer))) || 'there is none yet'}`,
      ),
    );
  }
  if (approvers(record).some((person) => samePerson(person, reviewer))) {
    problems.push(
      problem(
        'approval/twice',
        `${reviewer} has already approved ${model.model_id}@${record.version}; two approvals are two people`,
        'ask another approver',
      ),
    );
  }
  return problems;
}

/** Everyone who approved a version so far, each once. */
export function approvers(record: VersionRecord): string[] {
  const approved = (record.approval.reviews ?? []).filter((review) => review.decision === 'approve');
  return distinctPeople(approved.map((review) => review.by));
}
