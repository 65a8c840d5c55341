// Version numbers: which one a change gets, and which version an address means.
import inc from 'semver/functions/inc.js';
import minor from 'semver/functions/minor.js';
import patch from 'semver/functions/patch.js';
import rcompare from 'semver/functions/rcompare.js';
import type { Change, VersionRecord } from '../generated/types.js';
import { environmentSplit } from './rollouts.js';
import { isFinal, statusOf } from './stages.js';
import { type Problem, listOf, problem } from './problems.js';
import { didYouMean } from './similarity.js';
import { isVersionNumber } from './identifiers.js';

export type ChangeType = Change['type'];
type Records = ReadonlyMap<string, VersionRecord>;

const bumps: Record<ChangeType, 'major' | 'minor' | 'patch'> = {
  architecture: 'major',
  retraining: 'minor',
  configuration: 'patch',
};

/** The part of the number that a kind of change bumps, as people write it. */
export function bumpName(change: ChangeType): 'MAJOR' | 'MINOR' | 'PATCH' {
  return bumps[change].toUpperCase() as 'MAJOR' | 'MINOR' | 'PATCH';
}

/** Version numbers, newest first. */
export function newestFirst(versions: Iterable<string>): string[] {
  return [...versions].sort((a, b) => rcompare(a, b));
}

/** The kind of change of a record; a hand-written one without `change` is read from its number. */
export function changeTypeOf(record: VersionRecord): ChangeType {
  if (record.change) return record.change.type;
  if (patch(record.version) > 0) return 'configuration';
  return minor(record.version) > 0 ? 'retraining' : 'architecture';
}

/** Whether a version is a MAJOR one: by its number, since the first is 1.0.0 whatever kind of change it is said to be. */
export function isMajor(record: VersionRecord): boolean {
  const { version } = record;
  return (minor(version) === 0 && patch(version) === 0) || changeTypeOf(record) === 'architecture';
}

/**
 * The number that a change gets: the one after `from`, stepping over numbers that were ever used, whatever became of
 * them. The first version is 1.0.0.
 */
export function nextVersion(used: Iterable<string>, from: string | null, change: ChangeType): string {
  const taken = new Set(used);
  let candidate = from === null ? '1.0.0' : (inc(from, bumps[change]) ?? '1.0.0');
  while (taken.has(candidate)) candidate = inc(candidate, bumps[change]) ?? candidate;
  return candidate;
}

/** The newest version that is not rejected or retired. */
export function latestVersion(records: Records): string | undefined {
  return newestFirst(records.keys()).find((version) => {
    const record = records.get(version);
    return record !== undefined && !isFinal(statusOf(record));
  });
}

/** The version that a selector means: a number, `latest`, or the one with most live traffic in an environment. */
export function selectVersion(
  model: string,
  selector: string,
  records: Records,
  environments: readonly string[],
): VersionRecord | Problem {
  const exact = records.get(selector);
  if (exact) return exact;
  if (records.size === 0) {
    return problem('address/no-versions', `${model} has no versions yet`, `mlc register ${model} --help`);
  }
  if (selector === 'latest') {
    const latest = latestVersion(records);
    if (latest !== undefined) return records.get(latest) as VersionRecord;
    return problem(
      'address/no-latest',
      `every version of ${model} is rejected or retired`,
      `mlc list ${model}`,
    );
  }
  if (environments.includes(selector)) return servingIn(model, selector, records);
  if (isVersionNumber(selector)) {
    return problem(
      'address/unknown-version',
      `${model} has no version ${selector}`,
      didYouMean(selector, newestFirst(records.keys())),
    );
  }
  return problem(
    'address/unknown-selector',
    `"${selector}" is neither a version of ${model}, "latest", nor an environment`,
    didYouMean(selector, ['latest', ...environments, ...newestFirst(records.keys())]),
  );
}

function servingIn(model: string, env: string, records: Records): VersionRecord | Problem {
  const live = environmentSplit(records, env).filter((share) => share.trafficPct > 0);
  const [first, second] = live;
  if (!first) {
    return problem(
      'address/not-serving',
      `no version of ${model} takes live traffic in ${env}`,
      `mlc list ${model}`,
    );
  }
  if (second && second.trafficPct === first.trafficPct) {
    const tied = live
      .filter((share) => share.trafficPct === first.trafficPct)
      .map((share) => `${model}@${share.version}`);
    return problem(
      'address/ambiguous',
      `${model}@${env} is ambiguous: ${listOf(tied)} take ${first.trafficPct} % each`,
      `name one: ${listOf(tied, 'or')}`,
    );
  }
  return records.get(first.version) as VersionRecord;
}
