// The base of a check: a revision, a branch that is new, or something that is not here yet and may be fetched.
import { usage } from '../../errors.js';
import { fetchHistory } from '../../git/remote.js';
import { mergeBases } from '../../git/commits.js';
import { readRef } from '../../git/repository.js';
import type { Registry } from '../registry.js';

/** What decides about the base. */
export interface BaseRequest {
  base: string;
  head: string;
  missing: 'refuse' | 'fetch';
}

function unknownBase(base: string): Error {
  return usage(
    'check/unknown-base',
    `"${base}" is no revision of this repository`,
    `fetch it: git fetch origin ${base.replace(/^origin\//, '')}, or --fetch`,
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
  if (commit === null) throw unknownBase(base);
  if (!repository.shallow || !fetches) return commit;
  if ((await mergeBases(repository, commit, request.head)).length === 0) {
    await fetchHistory(repository, undefined);
    repository.shallow = false;
  }
  return (await readRef(repository, base)) ?? commit;
}
