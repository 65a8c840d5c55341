// Signing a review: with the user's ssh key, under the principal that the committed allowed signers give it.
import type { Review, VersionRecord } from '../generated/types.js';
import { usage } from '../errors.js';
import { readObjects } from '../git/objects.js';
import { readScopedSettings, readSettings } from '../git/settings.js';
import type { SignedReview } from '../lifecycle/approvals.js';
import type { Circumstance } from '../lifecycle/decisions.js';
import { resolvePolicy } from '../lifecycle/policy.js';
import { findSigner, parseAllowedSigners } from '../signatures/allowed-signers.js';
import { signWithSshKeygen } from '../signatures/ssh-keygen.js';
import { readSignature } from '../signatures/ssh-signature.js';
import { approvalNamespace, policyDigest, statementBytes, statementOf } from './approval-statement.js';
import type { LoadedModel } from './load.js';
import { signersFile } from './paths.js';
import type { Registry } from './registry.js';

/** Whether a review is signed: as policy says, or because the user asks for it. */
export type Signing = 'as-policy-says' | 'always';

const refusals = {
  'unknown-key': 'is not among the allowed signers',
  'other-namespace': 'is not allowed to sign approvals',
  'not-yet-valid': 'is not valid yet',
  expired: 'is no longer valid',
};

/** The program that signs: the user's own setting counts, one that a repository brings along does not. */
export async function signingProgram(registry: Registry): Promise<string> {
  const settings = await readScopedSettings(registry.repository);
  const setting = settings.findLast(({ key }) => key === 'gpg.ssh.program');
  return setting && setting.scope !== 'local' && setting.scope !== 'worktree' ? setting.value : 'ssh-keygen';
}

function principalOf(signers: string | undefined, armored: string, seconds: number): string {
  if (signers === undefined)
    throw usage(
      'signature/no-signers',
      `nobody may sign: there is no ${signersFile} in the registry`,
      `a policy owner commits it, a line each: NAME@EXAMPLE.COM namespaces="git,${approvalNamespace}" ssh-ed25519 AAAA…`,
    );
  const key = readSignature(armored)?.publicKey ?? '';
  const found = findSigner(parseAllowedSigners(signers).signers, key, approvalNamespace, seconds);
  if (found.kind === 'good') return found.principal;
  throw usage(
    `signature/${found.kind}`,
    `your key ${refusals[found.kind]}`,
    `a policy owner adds it to ${signersFile}, on the protected branch`,
  );
}

/** Signs a review of a version, on the records of the commit that was loaded; undefined where nothing asks for it. */
export async function signReview(
  registry: Registry,
  loaded: LoadedModel,
  review: { record: VersionRecord; decision: Review['decision'] },
  { now }: Circumstance,
  signing: Signing,
): Promise<SignedReview | undefined> {
  const { config } = loaded.state;
  if (signing === 'as-policy-says' && resolvePolicy(config).signatures !== 'required') return undefined;
  const { repository, prefix } = registry;
  const name = `${loaded.commit}:${prefix}${signersFile}`;
  const signers = (await readObjects(repository, [name])).get(name)?.content;
  const settings = await readSettings(repository);
  const key = settings.get('user.signingkey');
  if (key === undefined || (settings.get('gpg.format') ?? 'openpgp') !== 'ssh')
    throw usage(
      'signature/no-key',
      'a review is signed with an ssh key, and git is not set up for that',
      'git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub',
    );
  const statement = statementOf(review.record, review.decision, {
    registry: config.name,
    policySha256: policyDigest(config),
    baseCommit: loaded.commit,
    issuedAt: now,
  });
  const armored = await signWithSshKeygen({
    program: await signingProgram(registry),
    key,
    namespace: approvalNamespace,
    message: statementBytes(statement),
    cwd: repository.cwd,
    env: repository.env,
  });
  const principal = principalOf(signers?.toString('utf8'), armored, Date.parse(now) / 1000);
  const signature = armored.replace(/-----[^-]*-----/g, '').replace(/\s/g, '');
  return { principal, statement, signature };
}
