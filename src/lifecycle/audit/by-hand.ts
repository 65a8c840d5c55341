// What people may change by hand: documentation; and what only owners may.
import type { Model, RegistryConfiguration } from '../../generated/types.js';
import { isListed } from '../people.js';
import { resolvePolicy } from '../policy.js';
import { type Problem, listOf, problem } from '../problems.js';
import { showPath } from '../key-path.js';
import { type Difference, differencesOf, showValue } from './differences.js';
import { weakenings } from './policy-change.js';
import type { AuditedFile } from './registry-state.js';

const documentation: Record<'version' | 'model', readonly string[]> = {
  version: ['intended_use', 'labels', 'extensions'],
  model: ['title', 'intended_use', 'task', 'consumers', 'labels', 'extensions'],
};

/** The differences that are more than documentation. */
export function beyondDocumentation(
  kind: 'version' | 'model',
  differences: readonly Difference[],
): Difference[] {
  return differences.filter(({ path }) => !documentation[kind].includes(String(path[0])));
}

/** A record that says something that no transition gave it. */
export function alteredProblems(file: string, differences: readonly Difference[]): Problem[] {
  return differences.map(({ path, before, after }) => {
    const place = showPath(path);
    const what =
      after === undefined
        ? `was ${showValue(before)} and is gone`
        : before === undefined
          ? `was added: ${showValue(after)}`
          : `was ${showValue(before)} and is ${showValue(after)}`;
    return {
      ...problem(
        'record/altered',
        `${place} ${what}, and no transition did that`,
        `put it back before it is merged (git checkout COMMIT~1 -- ${file}), and let mlc make the change`,
      ),
      file,
      path: place,
    };
  });
}

/** Somebody who wrote a change. */
export interface Author {
  /** `Name <address>`. */
  name: string;
  /** Whose key signed the commit, where it is signed by an allowed signer. */
  signer: string | undefined;
}

/** Why not all authors of a change may weaken the policy; undefined where they may. */
function notEntitled(
  authors: readonly Author[],
  owners: readonly string[],
  signatures: 'optional' | 'required',
): string | undefined {
  if (owners.length === 0) return 'mlc.yaml names no policy owner, so nobody may';
  if (authors.length === 0) return 'nothing shows who did';
  if (signatures === 'required' && authors.some(({ signer }) => signer === undefined))
    return 'the commit is not signed by an allowed signer';
  // Where signatures count, the name that a commit gives does not.
  const people = authors.map(({ name, signer }) => (signatures === 'required' ? (signer ?? name) : name));
  const others = people.filter((person) => !isListed(person, owners));
  return others.length === 0 ? undefined : `${listOf([...new Set(others)])} is not one of them`;
}

/** A policy that was weakened by somebody who may not. `authority` is the policy that was in force. */
export function policyProblems(
  file: string,
  before: RegistryConfiguration,
  after: RegistryConfiguration,
  authority: RegistryConfiguration,
  authors: readonly Author[],
): Problem[] {
  const weaker = weakenings(before, after);
  if (weaker.length === 0) return [];
  const { owners, signatures } = resolvePolicy(authority);
  const why = notEntitled(authors, owners, signatures);
  if (why === undefined) return [];
  return weaker.map((line) => ({
    ...problem(
      'policy/weakened',
      `the policy is weakened: ${line}. Only policy owners may do that: ${why}`,
      owners.length === 0
        ? "name them under policy.owners in mlc.yaml, and merge that first: the owners that count are the protected branch's"
        : `ask one of them: ${listOf(owners)}`,
    ),
    file,
  }));
}

/** A change of the allowed signers by somebody who may not. */
export function signersProblems(
  file: string,
  before: AuditedFile | undefined,
  authority: RegistryConfiguration | undefined,
  authors: readonly Author[],
): Problem[] {
  if (!authority) return [];
  const { owners, signatures } = resolvePolicy(authority);
  // Nobody relies on signers that were not there, in a registry that names no owner yet.
  const why = !before && owners.length === 0 ? undefined : notEntitled(authors, owners, signatures);
  if (why === undefined) return [];
  return [
    {
      ...problem(
        'policy/signers',
        `the allowed signers changed. Only policy owners may do that: ${why}`,
        owners.length === 0
          ? "name them under policy.owners in mlc.yaml, and merge that first: the owners that count are the protected branch's"
          : `ask one of them: ${listOf(owners)}`,
      ),
      file,
    },
  ];
}

function governedKeys(governed: readonly Difference[]): string[] {
  return [...new Set(governed.map(({ path }) => String(path[0])))];
}

/** Whether a change of a file is one that only some people may make, so that it matters who made it. */
export function isGoverned(kind: string, before: unknown, after: unknown): boolean {
  if (kind === 'signers') return true;
  if (before === undefined || after === undefined) return kind === 'config' || kind === 'model';
  if (kind === 'config')
    return weakenings(before as RegistryConfiguration, after as RegistryConfiguration).length > 0;
  return kind === 'model' && beyondDocumentation('model', differencesOf(before, after)).length > 0;
}

/**
 * What of a model's description somebody changed who may not: all but documentation is the owner's, and so is taking the
 * model away.
 *
 * @param after undefined where the description is gone
 */
export function modelProblems(
  file: string,
  before: Model,
  after: Model | undefined,
  config: RegistryConfiguration | undefined,
  authors: readonly Author[],
): Problem[] {
  const governed = after ? beyondDocumentation('model', differencesOf(before, after)) : [];
  if (after && governed.length === 0) return [];
  const owners = [before.owner, before.business_owner ?? before.owner, ...(config?.policy?.owners ?? [])];
  const why = notEntitled(authors, owners, config?.policy?.signatures ?? 'optional');
  if (why === undefined) return [];
  const keys = governedKeys(governed);
  const what = after ? `${listOf(keys)} of ${before.model_id} changed` : `${before.model_id} was taken away`;
  return [
    {
      ...problem(
        'model/not-owner',
        `${what}. Only its owner or a policy owner may do that: ${why}`,
        `ask ${listOf([...new Set(owners)], 'or')}`,
      ),
      file,
      ...(keys[0] === undefined ? {} : { path: keys[0] }),
    },
  ];
}
