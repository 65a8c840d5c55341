// Signatures of commits and of reviews, held against the allowed signers as they stood. No program of the user's is asked.
import type { Review, VersionRecord } from '../../generated/types.js';
import type { StoredCommit } from '../../git/commits.js';
import type { AuditedTransition } from '../../lifecycle/audit/findings.js';
import type { AuditedFile } from '../../lifecycle/audit/registry-state.js';
import { samePerson } from '../../lifecycle/people.js';
import { type Problem, problem } from '../../lifecycle/problems.js';
import { type AllowedSigners, findSigner, parseAllowedSigners } from '../../signatures/allowed-signers.js';
import { splitCommit } from '../../signatures/git-objects.js';
import { type SshSignature, isSignatureOf, readSignature } from '../../signatures/ssh-signature.js';
import { approvalNamespace, statementBytes, statementProblems } from '../approval-statement.js';

const parsed = new Map<string, AllowedSigners>();

/** The allowed signers that a file names; none where there is no file. */
export function signersOf(file: Pick<AuditedFile, 'oid' | 'text'> | undefined): AllowedSigners {
  if (!file) return { signers: [], problems: [] };
  const known = parsed.get(file.oid) ?? parseAllowedSigners(file.text);
  parsed.set(file.oid, known);
  return known;
}

/** Whose signature something carries. */
export type Signer =
  { kind: 'good'; principal: string } | { kind: 'unsigned' } | { kind: 'bad'; code: string; why: string };

const refusals = {
  'unknown-key': 'its key is not among the allowed signers',
  'other-namespace': 'its key is not allowed for this use',
  'not-yet-valid': 'its key was not valid yet',
  expired: 'its key was no longer valid',
};

/** Whose key made a signature, and whether it may count. */
export function signerOf(
  signature: SshSignature | undefined,
  message: Buffer,
  namespace: string,
  signers: AllowedSigners,
  at: number,
): Signer {
  if (!signature || !isSignatureOf(signature, message, namespace))
    return { kind: 'bad', code: 'signature/bad', why: 'it is not a signature of this content' };
  const found = findSigner(signers.signers, signature.publicKey, namespace, at);
  return found.kind === 'good'
    ? { kind: 'good', principal: found.principal }
    : { kind: 'bad', code: `signature/${found.kind}`, why: refusals[found.kind] };
}

/** Whose signature a commit carries. Only ssh signatures can be checked without a program of the user's. */
export function commitSigner(commit: StoredCommit, signers: AllowedSigners): Signer {
  // Most commits are not signed, and need not be taken apart to see that.
  if (!commit.raw.includes('\ngpgsig')) return { kind: 'unsigned' };
  const split = splitCommit(commit.raw);
  if (split.kind !== 'signed' || split.format !== 'ssh') return { kind: 'unsigned' };
  return signerOf(readSignature(split.signature), split.payload, 'git', signers, commit.committedAt);
}

/** What is wrong with a commit's signature. A commit without one says nothing either way. */
export function signatureProblems(signer: Signer, transitions: readonly AuditedTransition[]): Problem[] {
  if (signer.kind === 'unsigned') return [];
  // A key that nobody allowed signs for nobody; a signature of other content is a forgery.
  if (signer.kind === 'bad')
    return signer.code === 'signature/bad'
      ? [
          problem(
            signer.code,
            `the signature of the commit does not count: ${signer.why}`,
            'git verify-commit COMMIT',
          ),
        ]
      : [];
  return transitions
    .filter(({ actor, entered }) => entered === 'commit' && !samePerson(actor, signer.principal))
    .map(({ actor }) =>
      problem(
        'signature/other-person',
        `the transition says that ${actor} made it, and the commit is signed by ${signer.principal}`,
        'sign with a key of your own',
      ),
    );
}

const armorWidth = 70;

/** The armored form of a signature that a record holds on one line. */
function armored(signature: string): string {
  const lines = signature.match(new RegExp(`.{1,${armorWidth}}`, 'g')) ?? [];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
}

/** What a review is held against. */
interface ReviewAuthority {
  registry: string;
  policySha256: string;
  signers: AllowedSigners;
  /** When the parent commit was made, in seconds: nothing that builds on it was signed before. */
  notBefore: number;
}

/** What is wrong with a review's signature. A review without one is the claim of whoever committed it. */
export function reviewProblems(review: Review, record: VersionRecord, authority: ReviewAuthority): Problem[] {
  const { statement, signature } = review;
  const address = `${record.model_id}@${record.version}`;
  if (!statement || signature === undefined) {
    if (!statement && signature === undefined) return [];
    return [
      problem(
        'approval/half-signed',
        `the review of ${address} by ${review.by} has ${statement ? 'a statement and no signature' : 'a signature and no statement'}`,
        `mlc approve ${address}`,
      ),
    ];
  }
  const told = statementProblems({ ...review, statement }, record, authority);
  const at = Math.max(Date.parse(review.at) / 1000, authority.notBefore);
  const signer = signerOf(
    readSignature(armored(signature)),
    statementBytes(statement),
    approvalNamespace,
    authority.signers,
    at,
  );
  if (signer.kind !== 'good') {
    const why = signer.kind === 'bad' ? signer.why : 'there is none';
    const code = signer.kind === 'bad' ? signer.code : 'signature/bad';
    return [
      ...told,
      problem(
        code,
        `the signature of ${review.by} on ${address} does not count: ${why}`,
        'a policy owner adds keys to .mlc/allowed_signers, on the protected branch, before they sign',
      ),
    ];
  }
  if (samePerson(signer.principal, review.by)) return told;
  return [
    ...told,
    problem(
      'signature/other-person',
      `the review of ${address} is said to be by ${review.by}, and the key is ${signer.principal}'s`,
      `mlc approve ${address}`,
    ),
  ];
}
