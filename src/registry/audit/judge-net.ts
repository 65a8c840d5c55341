// Judges what a whole branch comes to, as a squash merge makes one commit of it.
import { type Author, isGoverned } from '../../lifecycle/audit/by-hand.js';
import { judgeCommit } from '../../lifecycle/audit/judge.js';
import type { FileChange, RegistryState } from '../../lifecycle/audit/registry-state.js';
import type { TreeChange } from '../../git/tree-changes.js';
import { gateFactsOf, reviewChecker } from './facts.js';
import { auditedRole, fileKey, readFiles } from './files.js';
import type { HistoryRequest, HistoryVerdict } from './judge-history.js';
import { commitSigner, signersOf } from './signatures.js';
import { type SourceCommit, contentOf } from './source.js';
import { isGone } from './walk.js';

type NetRequest = Pick<HistoryRequest, 'registry' | 'source' | 'now' | 'authority'>;

/** What a commit itself changes: a merge only what it took from neither side. */
function ownChanges({ changes, sides }: SourceCommit): readonly TreeChange[] {
  return changes.filter(
    (change) =>
      !sides.some(({ partings }) =>
        partings.some(({ theirs }) => theirs.get(change.path) === contentOf(change)),
      ),
  );
}

/** Who changed of each file what only some may change. */
async function governedBy(
  { registry, source }: NetRequest,
  authority: RegistryState,
): Promise<Map<string, Author[]>> {
  const steps = source.commits.flatMap((item) =>
    ownChanges(item)
      .filter(({ path }) => ['config', 'signers', 'model'].includes(auditedRole(registry, path)?.kind ?? ''))
      .map((change) => ({ commit: item.commit, change })),
  );
  const entries = steps.flatMap(({ change: { path, oldMode, oldOid, mode, oid } }) => [
    { path, mode: oldMode, oid: oldOid },
    { path, mode, oid },
  ]);
  const files = await readFiles(
    registry,
    entries.filter(({ mode }) => !isGone(mode)),
  );
  const signers = signersOf(authority.signers);
  const authors = new Map<string, Author[]>();
  for (const { commit, change } of steps) {
    const { path, oldMode, oldOid, mode, oid } = change;
    const before = files.get(fileKey({ path, mode: oldMode, oid: oldOid }));
    const after = files.get(fileKey({ path, mode, oid }));
    if (!isGoverned(auditedRole(registry, path)?.kind ?? '', before?.data, after?.data)) continue;
    const signer = commitSigner(commit, signers);
    const author = { name: commit.author, signer: signer.kind === 'good' ? signer.principal : undefined };
    authors.set(path, [...(authors.get(path) ?? []), author]);
  }
  return authors;
}

/** Judges the net change of a branch on its base. */
export async function judgeNet(
  request: NetRequest,
  base: RegistryState,
  changes: readonly FileChange[],
): Promise<HistoryVerdict> {
  const { source, now } = request;
  const authority = request.authority ?? base;
  const authors = await governedBy(request, authority);
  const judged = judgeCommit({
    commit: {
      id: '',
      parents: [],
      author: '',
      authoredAt: now,
      committedAt: now,
      subject: '',
      body: '',
      trailers: undefined,
      blocks: [],
    },
    before: base,
    authority,
    changes,
    authorsOf: (file) => authors.get(file) ?? [],
    gateOf: (model) => gateFactsOf(authority, base, model),
    checkReview: reviewChecker(authority, base, 0),
    manner: 'net',
  });
  return {
    findings: judged.findings,
    transitions: judged.transitions,
    handWritten: judged.handWritten.map((entry) => ({ commit: '', ...entry })),
    contents: new Map(),
    commits: source.commits.length,
  };
}
