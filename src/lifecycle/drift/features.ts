// Which features of two tables are measured, and what each is made of.
import { type Problem, listOf, problem } from '../problems.js';
import { didYouMean } from '../similarity.js';
import type { ColumnProfile } from './profile.js';

/** One feature: a column, or the columns of an embedding. */
export interface Feature {
  name: string;
  columns: readonly string[];
  /** Where it was said; else its values decide. */
  kind?: ColumnProfile['kind'] | undefined;
  /** Fixed edges of its bins. */
  edges?: readonly number[] | undefined;
}

/** What a person asked for. */
export interface FeatureRequest {
  /** Empty: the key features, or everything. */
  columns: readonly string[];
  keyFeatures: readonly string[];
  categorical: readonly string[];
  numeric: readonly string[];
  /** Name to the columns' common beginning. */
  embeddings: ReadonlyMap<string, string>;
  edges: ReadonlyMap<string, readonly number[]>;
}

/** The features to measure, those that can't be, and what a person should know. */
export interface Selection {
  features: Feature[];
  absent: { name: string; why: string }[];
  notes: string[];
  problems: Problem[];
}

/** The columns of an embedding, in the order of the numbers in their names. */
export function embeddingColumns(prefix: string, columns: readonly string[]): string[] {
  const order = new Intl.Collator('en', { numeric: true });
  return columns
    .filter((column) => column.startsWith(prefix) && column.length > prefix.length)
    .sort(order.compare);
}

function absentFrom(name: string, reference: readonly string[], current: readonly string[]): string {
  const [inReference, inCurrent] = [reference.includes(name), current.includes(name)];
  if (inReference) return 'the current file has no such column';
  return inCurrent ? 'the reference has no such column' : 'neither file has such a column';
}

/** Chooses features from the columns of the reference and of the current file. */
export function selectFeatures(
  reference: readonly string[],
  current: readonly string[],
  request: FeatureRequest,
): Selection {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const absent: Selection['absent'] = [];
  const common = reference.filter((column) => current.includes(column));
  const grouped = new Map(
    [...request.embeddings].map(([name, prefix]) => [name, embeddingColumns(prefix, common)] as const),
  );
  for (const [name, members] of grouped)
    if (members.length === 0)
      problems.push(
        problem('drift/no-columns', `no column of both files begins with "${request.embeddings.get(name)}"`),
      );
  const inGroups = new Set([...grouped.values()].flat());
  const all = [...grouped.keys(), ...common.filter((column) => !inGroups.has(column))];
  const asked = request.columns.length > 0 ? request.columns : request.keyFeatures;
  const wanted = asked.length > 0 ? [...new Set([...asked, ...grouped.keys()])] : all;
  const known = new Set(all);
  for (const name of wanted) {
    if (known.has(name)) continue;
    const why = absentFrom(name, reference, current);
    if (request.columns.includes(name))
      problems.push(problem('drift/unknown-column', `${name}: ${why}`, didYouMean(name, all)));
    else absent.push({ name, why });
  }
  for (const [flag, names] of [
    ['--categorical', request.categorical],
    ['--numeric', request.numeric],
    ['--edges', [...request.edges.keys()]],
  ] as const)
    for (const name of names)
      if (!known.has(name))
        problems.push(
          problem(
            'drift/unknown-column',
            `${flag} names "${name}", which is not in both files`,
            didYouMean(name, all),
          ),
        );
  if (asked.length === 0) {
    const lonely = (here: readonly string[], there: readonly string[]): string[] =>
      here.filter((column) => !there.includes(column));
    const [onlyReference, onlyCurrent] = [lonely(reference, current), lonely(current, reference)];
    // A column that vanished is itself a change: it has to reach whoever reads the report alone.
    if (all.length > 0)
      for (const name of onlyReference) absent.push({ name, why: 'the current data has no such column' });
    if (onlyReference.length > 0) notes.push(`only in the reference: ${listOf(onlyReference.slice(0, 20))}`);
    if (onlyCurrent.length > 0) notes.push(`only in the current file: ${listOf(onlyCurrent.slice(0, 20))}`);
  }
  const features = wanted
    .filter((name) => known.has(name))
    .map((name): Feature => {
      const kind = request.categorical.includes(name)
        ? 'categorical'
        : request.numeric.includes(name) || request.edges.has(name)
          ? 'numeric'
          : undefined;
      const members = grouped.get(name);
      return {
        name,
        columns: members ?? [name],
        kind: members ? 'embedding' : kind,
        edges: request.edges.get(name),
      };
    });
  return { features, absent, notes, problems };
}
