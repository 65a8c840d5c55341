// Lineage: which inputs make two versions the same, and what kind of change the evidence shows.
import type { Artifact, Training, VersionRecord } from '../generated/types.js';
import { canonicalJson } from './canonical-json.js';
import { type ChangeType, bumpName, changeTypeOf } from './versions.js';
import { type Problem, type Warning, problem } from './problems.js';

/** What a version was made from; the part of a record that registering compares. */
export type Lineage = Pick<VersionRecord, 'dataset_version' | 'training_commit' | 'training' | 'artifacts'>;

const weightKinds: readonly Artifact['kind'][] = ['weights', 'adapter'];

function digests(
  artifacts: readonly Artifact[] | undefined,
  wanted: (artifact: Artifact) => boolean,
): string[] {
  return [...new Set((artifacts ?? []).filter(wanted).map((artifact) => artifact.sha256))].sort();
}

function trainingData(lineage: Lineage): string {
  const sets = (lineage.training?.datasets ?? []).filter((set) => (set.role ?? 'training') === 'training');
  return canonicalJson([
    lineage.dataset_version,
    sets.map((set) => [set.name, set.version, set.sha256 ?? null]).sort(),
  ]);
}

function sameCommit(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/** Whether two versions come from the same data, seed, commit and hyperparameters. */
function sameInputs(a: Lineage, b: Lineage): boolean {
  return (
    trainingData(a) === trainingData(b) &&
    sameCommit(a.training_commit, b.training_commit) &&
    a.training?.seed === b.training?.seed &&
    canonicalJson(a.training?.hyperparameters ?? {}) === canonicalJson(b.training?.hyperparameters ?? {}) &&
    canonicalJson(a.training?.base_model ?? {}) === canonicalJson(b.training?.base_model ?? {}) &&
    (a.training?.objective ?? null) === (b.training?.objective ?? null) &&
    (a.training?.architecture ?? null) === (b.training?.architecture ?? null)
  );
}

/** What an earlier version means for a candidate with the same inputs. */
export type Recurrence =
  { kind: 'same'; version: string } | { kind: 'not-reproducible'; version: string; field: string };

/**
 * Looks for a version with the candidate's inputs: with the same artifacts it is the same version, with other weights
 * the pipeline is not reproducible. Other prompts or configuration alone make it another version.
 */
export function findRecurrence(candidate: Lineage, records: Iterable<VersionRecord>): Recurrence | undefined {
  const isWeight = (artifact: Artifact): boolean => weightKinds.includes(artifact.kind);
  let irreproducible: Recurrence | undefined;
  for (const record of records) {
    if (!sameInputs(candidate, record)) continue;
    const all = (): boolean => true;
    if (digests(candidate.artifacts, all).join() === digests(record.artifacts, all).join()) {
      return { kind: 'same', version: record.version };
    }
    const [ours, theirs] = [digests(candidate.artifacts, isWeight), digests(record.artifacts, isWeight)];
    if (ours.length > 0 && theirs.length > 0 && ours.join() !== theirs.join()) {
      irreproducible = { kind: 'not-reproducible', version: record.version, field: 'artifacts' };
    }
  }
  return irreproducible;
}

interface Difference {
  field: string;
  needs: ChangeType;
  before: string;
  after: string;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** Compares a field that both sides have to know; where one side is silent there is no evidence. */
function compare(field: string, needs: ChangeType, before: unknown, after: unknown): Difference[] {
  if (before === undefined || after === undefined || canonicalJson(before) === canonicalJson(after))
    return [];
  return [{ field, needs, before: shown(before), after: shown(after) }];
}

function differences(from: Lineage, to: Lineage): Difference[] {
  const [before, after]: [Training, Training] = [from.training ?? {}, to.training ?? {}];
  const weights = (lineage: Lineage): string[] | undefined => {
    const found = digests(lineage.artifacts, (artifact) => weightKinds.includes(artifact.kind));
    return found.length > 0 ? found.map((digest) => digest.slice(0, 12)) : undefined;
  };
  const sets = (training: Training): unknown =>
    training.datasets
      ?.filter((set) => (set.role ?? 'training') === 'training')
      .map((set) => set.sha256 ?? `${set.name}@${set.version}`)
      .sort();
  const bothDigested = [before, after].every((training) =>
    training.datasets?.some((set) => (set.role ?? 'training') === 'training' && set.sha256 !== undefined),
  );
  return [
    ...compare('training.architecture', 'architecture', before.architecture, after.architecture),
    ...compare('training.base_model.name', 'architecture', before.base_model?.name, after.base_model?.name),
    ...compare('training.objective', 'architecture', before.objective, after.objective),
    ...compare('dataset_version', 'retraining', from.dataset_version, to.dataset_version),
    ...(bothDigested ? compare('training.datasets', 'retraining', sets(before), sets(after)) : []),
    ...compare('training.seed', 'retraining', before.seed, after.seed),
    ...compare('training.hyperparameters', 'retraining', before.hyperparameters, after.hyperparameters),
    ...compare(
      'training.base_model.revision',
      'retraining',
      before.base_model?.revision,
      after.base_model?.revision,
    ),
    ...compare('artifacts (weights)', 'retraining', weights(from), weights(to)),
  ];
}

const rank: Record<ChangeType, number> = { configuration: 0, retraining: 1, architecture: 2 };

/** Holds the declared kind of change against what the evidence shows. */
export function judgeChange(
  declared: ChangeType,
  from: VersionRecord,
  candidate: Lineage,
): { problems: Problem[]; warnings: Warning[] } {
  const found = differences(from, candidate);
  const under = found.filter((difference) => rank[difference.needs] > rank[declared]);
  const problems = under.map((difference) => ({
    ...problem(
      'change/under-declared',
      `${difference.field} differs from ${from.version} (${clip(difference.before)} → ${clip(difference.after)}), which needs at least ${bumpName(difference.needs)}; "${declared}" bumps ${bumpName(declared)}`,
      `--change ${difference.needs}`,
    ),
    path: difference.field,
  }));
  const needed = found.reduce<ChangeType>(
    (most, difference) => (rank[difference.needs] > rank[most] ? difference.needs : most),
    'configuration',
  );
  if (problems.length > 0 || rank[declared] <= rank[needed]) return { problems, warnings: [] };
  return {
    problems,
    warnings: [
      {
        code: 'change/over-declared',
        message: `nothing in the evidence needs ${bumpName(declared)}: compared with ${from.version} it asks for ${bumpName(needed)}`,
        hint: `--change ${needed}, if that is what it is`,
      },
    ],
  };
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The field-by-field difference of two versions' lineage and settings, for people. */
export function lineageDifferences(
  from: VersionRecord,
  to: VersionRecord,
): { field: string; before: string; after: string }[] {
  return differences(from, to).map(({ field, before, after }) => ({ field, before, after }));
}

/** The kind of change as the record has it, with the version it came from. */
export function describeChange(record: VersionRecord): string {
  const from = record.change?.from;
  return `${changeTypeOf(record)}${from ? ` of ${from}` : ''}`;
}
