// Seals: signed tags over a verified history, and whether today's history still holds what they were put on.
import { createHash } from 'node:crypto';
import { refusal, usage } from '../../errors.js';
import { isAncestor } from '../../git/commit.js';
import { readCommits } from '../../git/commits.js';
import { readUser } from '../../git/repository.js';
import { GitError } from '../../git/run.js';
import { listRefs, readTag, writeSignedTag } from '../../git/tags.js';
import { canonicalJson } from '../../lifecycle/canonical-json.js';
import { dayOf, timestampOf } from '../../lifecycle/dates.js';
import { type Finding, finding } from '../../lifecycle/audit/findings.js';
import { configOf } from '../../lifecycle/audit/registry-state.js';
import { count, problem } from '../../lifecycle/problems.js';
import { splitTag } from '../../signatures/git-objects.js';
import { readSignature } from '../../signatures/ssh-signature.js';
import type { Registry } from '../registry.js';
import { signingProgram } from '../signing.js';
import { type AuditOutcome, auditHistory, checkClean } from './audit.js';
import type { HistoryVerdict } from './judge-history.js';
import { type Signer, signerOf, signersOf } from './signatures.js';
import { loadState } from './states.js';

/** What a seal says, and whether it is so. */
export interface SealCheck {
  tag: string;
  head: string;
  transitions: number;
  digest: string;
  sealed_at: string;
  sealed_by: string | null;
  findings: Finding[];
}

const prefix = 'mlc-seal';

/** The digest of all transitions of a history, with the SHA-256 of every file that they left. */
export function historyDigest(verdict: HistoryVerdict): string {
  const digest = createHash('sha256');
  for (const transition of verdict.transitions) {
    const line = canonicalJson({ ...transition, files: verdict.contents.get(transition.commit) ?? [] });
    digest.update(`${line}\n`);
  }
  return digest.digest('hex');
}

interface ReadSeal {
  head: string;
  transitions: number;
  digest: string;
  sealedAt: number;
  signer: Signer;
}

const header = (text: string, name: string): string =>
  new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? '';

async function readSeal(registry: Registry, tag: string): Promise<ReadSeal> {
  const raw = await readTag(registry.repository, tag);
  if (!raw)
    throw usage(
      'seal/unknown',
      `there is no annotated tag "${tag}"`,
      `git tag --list '${prefix}*'; git fetch --tags`,
    );
  const split = splitTag(raw);
  const text = split.payload.toString('utf8');
  const head = header(text, 'object');
  const trailer = (name: string): string => header(text, `Mlc-${name}:`);
  if (trailer('Digest') === '')
    throw usage('seal/unknown', `the tag "${tag}" is no seal of mlc`, 'mlc audit seal');
  const state = await loadState(registry, head, new Set());
  const sealedAt = Number(/ (\d+) [+-]\d{4}$/m.exec(header(text, 'tagger'))?.[1] ?? 0);
  const signature =
    split.kind === 'signed' && split.format === 'ssh' ? readSignature(split.signature) : undefined;
  const signers = signersOf(state.signers);
  // A tag tells its own time, and cannot be older than what it is on.
  const commit = (await readCommits(registry.repository, [head])).get(head);
  const signedAt = Math.max(sealedAt, commit?.committedAt ?? 0);
  return {
    head,
    transitions: Number(trailer('Transitions')),
    digest: trailer('Digest').replace('sha256:', ''),
    sealedAt,
    signer: signerOf(signature, split.payload, 'git', signers, signedAt),
  };
}

/** Holds the history of a commit against a seal. */
export async function checkSeal(
  registry: Registry,
  tag: string,
  head: string,
  now: number,
): Promise<SealCheck> {
  const seal = await readSeal(registry, tag);
  const findings: Finding[] = [];
  const say = (code: string, message: string, hint?: string): void => {
    findings.push(finding('', problem(code, message, hint)));
  };
  if (seal.signer.kind !== 'good')
    say(
      'seal/signature',
      `the signature of the seal ${tag} does not count: ${seal.signer.kind === 'bad' ? seal.signer.why : 'there is none'}`,
    );
  if (!(await isAncestor(registry.repository, seal.head, head)))
    say(
      'seal/broken',
      `the seal ${tag} is on ${seal.head.slice(0, 10)}, which today's history does not hold any more: it was rewritten`,
      `git log ${tag} shows what was there`,
    );
  const sealed = await auditHistory(registry, { head: seal.head, memory: 'afresh', now });
  const digest = historyDigest(sealed.verdict);
  if (digest !== seal.digest || sealed.counts.transitions !== seal.transitions)
    say(
      'seal/broken',
      `the seal ${tag} says ${count(seal.transitions, 'transition')} with the digest ${seal.digest.slice(0, 12)}…, and the history it is on has ${sealed.counts.transitions} with ${digest.slice(0, 12)}…`,
    );
  return {
    tag,
    head: seal.head,
    transitions: seal.transitions,
    digest: seal.digest,
    sealed_at: timestampOf(new Date(seal.sealedAt * 1000)),
    sealed_by: seal.signer.kind === 'good' ? seal.signer.principal : null,
    findings,
  };
}

/** What sealing made. */
export interface SealOutcome {
  tag: string;
  head: string;
  transitions: number;
  digest: string;
}

async function freeName(registry: Registry, day: string): Promise<string> {
  const taken = new Set((await listRefs(registry.repository, 'refs/tags/')).map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = `${prefix}-${day}${number === 1 ? '' : `.${number}`}`;
    if (!taken.has(`refs/tags/${name}`)) return name;
  }
}

function messageOf(name: string, outcome: AuditOutcome, digest: string): string {
  const { head, counts } = outcome;
  return [
    `Seal of ${name}: ${count(counts.transitions, 'transition')} up to ${head.slice(0, 10)}`,
    '',
    `Mlc-Head: ${head}`,
    `Mlc-Transitions: ${counts.transitions}`,
    `Mlc-Digest: sha256:${digest}`,
    '',
  ].join('\n');
}

/** Audits the whole history of a commit and puts a signed tag on it. */
export async function seal(
  registry: Registry,
  request: {
    head: string;
    name: string | undefined;
    now: number;
    progress?: (done: number, of: number) => void;
  },
): Promise<SealOutcome> {
  const { repository } = registry;
  const { settings } = await readUser(repository);
  if (settings.get('gpg.format') !== 'ssh')
    throw usage(
      'seal/no-key',
      'a seal is signed with an ssh key, and git is not set up for that',
      'git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub',
    );
  const { name: wanted, ...how } = request;
  const outcome = await auditHistory(registry, { ...how, memory: 'afresh' });
  checkClean(outcome, 'the history is not clean, and is not sealed');
  const state = await loadState(registry, request.head, new Set());
  const digest = historyDigest(outcome.verdict);
  const tag = wanted ?? (await freeName(registry, dayOf(timestampOf(new Date(request.now * 1000)))));
  const message = messageOf(configOf(state)?.name ?? 'the registry', outcome, digest);
  try {
    const program = await signingProgram(registry);
    await writeSignedTag(repository, { name: tag, commit: request.head, message }, program);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw refusal(
      'seal/not-made',
      `git did not make the tag: ${error.stderr.trim()}`,
      'git config user.signingkey',
    );
  }
  const made = await readSeal(registry, tag);
  if (made.signer.kind !== 'good')
    throw refusal(
      'seal/signature',
      `the tag ${tag} was made, and its signature does not count: ${made.signer.kind === 'bad' ? made.signer.why : 'there is none'}`,
      `a policy owner adds your key to .mlc/allowed_signers; take the tag away: git tag -d ${tag}`,
    );
  return { tag, head: request.head, transitions: outcome.counts.transitions, digest };
}
