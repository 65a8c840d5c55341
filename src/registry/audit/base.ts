// The base of a check: a revision, a branch that is new, or something that is not here yet and may be fetched.
import { refusal, usage } from '../../errors.js';
import { fetchHistory } from '../../git/remote.js';
import { mergeBases } from '../../git/commits.js';
import { readRef } from '../../git/repository.js';
import type { Registry } from '../registry.js';

/** What decides about the base. */
export interface BaseRequest {
  base: string;
  head: string;
  missing: 'refuse' | 'fetch';
  expects: 'branch' | 'fast-forward';
}

function unknownBase(base: string): Error {
  return usage(
    'check/unknown-base',
    `"${base}" is no revision of this repository`,
    `fetch it: git fetch origin ${base.replace(/^origin\//, '')}, or --fetch`,
  );
}

/** A whole clone that lacks what was pushed before: nothing holds it any more. */
function goneBase(base: string): Error {
  return refusal(
    'history/rewritten',
    `${base} was the tip of this branch, and nothing in this clone holds it any more: the history was rewritten, and pushed with force`,
    'bring it back from a clone that has it, and protect the branch',
  );
}

/** The commit of the base; null where the base is empty, as git hosts say for a branch that is new. */
export async function resolveBase(registry: Registry, request: BaseRequest): Promise<string | null> {
  const { repository } = registry;
  const { base } = request;
  if (base.trim() === '')
    throw usage(
      'check/no-base',
      '--base is empty: the variable that it comes from is not set',
      'in a pull request: --base origin/main; after a push: --base BEFORE',
    );
  if (/^0{40,64}$/.test(base)) return null;
  const fetches = request.missing === 'fetch';
  let commit = await readRef(repository, base);
  if (commit === null && fetches) {
    await fetchHistory(repository, base);
    commit = await readRef(repository, base);
  }
  if (commit === null)
    throw request.expects === 'fast-forward' && !repository.shallow ? goneBase(base) : unknownBase(base);
  if (!repository.shallow || !fetches) return commit;
  if ((await mergeBases(repository, commit, request.head)).length === 0) {
    await fetchHistory(repository, undefined);
    repository.shallow = false;
  }
  return (await readRef(repository, base)) ?? commit;
}
