// Lines of history: in which order commits came onto the protected branch, and by whose rules those of side branches are judged.

/** A commit's place in history. */
export interface Ancestry {
  id: string;
  parents: readonly string[];
}

/** With which commit of the protected branch each commit came onto it: its place on that branch, oldest is 0. */
export function arrivalsOf(commits: readonly Ancestry[], mainline: readonly string[]): Map<string, number> {
  const known = new Map(commits.map((commit) => [commit.id, commit]));
  const arrivals = new Map<string, number>();
  mainline.forEach((tip, place) => {
    const open = [tip];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const commit = known.get(id);
      if (!commit || arrivals.has(id)) continue;
      arrivals.set(id, place);
      open.push(...commit.parents);
    }
  });
  return arrivals;
}

/**
 * The place on the protected branch whose rules count for each commit of a side branch: the newest that it builds on. A
 * branch that goes on after it was merged builds on that merge. What has no place builds on nothing of that branch.
 *
 * @param commits in the order of arrival, parents before children
 * @param arrivals of these commits, and of those that they build on
 */
export function rulesOf(
  commits: readonly Ancestry[],
  arrivals: ReadonlyMap<string, number>,
): Map<string, number> {
  const rules = new Map<string, number>();
  for (const { id, parents } of commits) {
    const own = arrivals.get(id);
    const places = parents.flatMap((parent) => {
      const place = arrivals.get(parent);
      // A parent that came in with the same merge is of the side branch too.
      return (place === own ? rules.get(parent) : place) ?? [];
    });
    if (places.length > 0) rules.set(id, Math.max(...places));
  }
  return rules;
}
