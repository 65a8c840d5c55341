// Whose rules count for the commits of side branches: found out for a stretch of history, and for what it builds on.
import { isAncestor } from '../../git/commit.js';
import { arrivalsOf, rulesOf } from '../../lifecycle/audit/lines.js';
import type { Registry } from '../registry.js';
import type { Source } from './source.js';

/** With which commit of the protected branch a commit came onto it that is older than the stretch. */
async function arrivalBefore(
  registry: Registry,
  source: Source,
  commit: string,
): Promise<number | undefined> {
  const { mainline, base } = source;
  let [first, last] = [0, base === undefined ? -1 : mainline.indexOf(base)];
  const holds = async (place: number): Promise<boolean> =>
    isAncestor(registry.repository, commit, mainline[place] ?? '');
  if (last < 0 || !(await holds(last))) return undefined;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (await holds(middle)) last = middle;
    else first = middle + 1;
  }
  return last;
}

/** The commit of the protected branch whose rules count, for every commit of a side branch. */
export async function findRules(registry: Registry, source: Source): Promise<Map<string, string>> {
  const { mainline, boundary } = source;
  const sides = source.commits.filter(({ isMainline }) => !isMainline).map(({ commit }) => commit);
  if (sides.length === 0) return new Map();
  const arrivals = arrivalsOf(
    source.commits.map(({ commit }) => commit),
    mainline,
  );
  const places = new Map(mainline.map((id, place) => [id, place]));
  const builtOn = new Set(sides.flatMap(({ parents }) => parents).filter((id) => boundary.has(id)));
  for (const id of builtOn) {
    const place = places.get(id) ?? (await arrivalBefore(registry, source, id));
    if (place !== undefined) arrivals.set(id, place);
  }
  const rules = new Map<string, string>();
  for (const [id, place] of rulesOf(sides, arrivals)) {
    const ruling = mainline[place];
    if (ruling !== undefined) rules.set(id, ruling);
  }
  return rules;
}
