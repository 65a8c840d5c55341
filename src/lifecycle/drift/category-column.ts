// A column of categories: how often each comes, bounded in memory.
import { type ColumnCounts, type ColumnProfile, type Tally, measured, mostCategories } from './profile.js';
import { textBinner } from './counting.js';

/** How many distinct categories are told apart while a file is read; later ones count together. */
const mostTracked = 10_000;

/** Counts categories of a reference. */
export interface CategoryTally {
  add: (category: string) => void;
  profile: (name: string, tally: Tally) => ColumnProfile;
  /** Whether no value ever came twice, as in a column of identifiers. */
  isUnique: () => boolean;
}

/** The profile of categories with their counts. Ties are broken by the alphabet, so that row order does not matter. */
export function categoryProfile(
  name: string,
  tally: Tally,
  counted: Iterable<readonly [string, number]>,
): ColumnProfile {
  const byCount = [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kept = byCount.slice(0, mostCategories);
  const own = kept.map(([, count]) => count);
  const other = measured(tally) - own.reduce((sum, count) => sum + count, 0);
  return {
    ...tally,
    name,
    kind: 'categorical',
    bins: { kind: 'categories', categories: kept.map(([category]) => category) },
    counts: [...own, other],
  };
}

/** A tally for the reference. */
export function categoryTally(): CategoryTally {
  const counts = new Map<string, number>();
  let repeats = 0;
  return {
    add: (category) => {
      const count = counts.get(category);
      if (count !== undefined) {
        counts.set(category, count + 1);
        repeats += 1;
      } else if (counts.size < mostTracked) counts.set(category, 1);
    },
    profile: (name, tally) => categoryProfile(name, tally, counts),
    isUnique: () => repeats === 0 && counts.size > mostCategories,
  };
}

/** Counts categories of what is held against a profile. */
export function categoryCounter(profile: ColumnProfile): {
  add: (category: string) => void;
  counts: (tally: Tally) => ColumnCounts;
} {
  const categories = profile.bins.kind === 'categories' ? profile.bins.categories : [];
  const binOf = textBinner(categories);
  const counts = new Float64Array(categories.length + 1);
  return {
    add: (category) => {
      const bin = binOf(category);
      counts[bin] = (counts[bin] ?? 0) + 1;
    },
    counts: (tally) => ({ ...tally, counts: [...counts] }),
  };
}
