// What a drift method's name means, whatever tool spelled it, and which values of it are drift.
import { type DriftTool, type Method, type Side, methods } from './method-table.js';

/** The method of an observation that holds a metric's plain value. */
export const plainValue = 'value';

/** The method of an observation whose file does not say how it was measured. */
export const unknownMethod = 'unknown';

/** A name without what spellings differ in: case, accents, apostrophes, spaces, hyphens and underscores. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

type Claims = ReadonlyMap<string, readonly Method[]>;

function claims(namesOf: (method: Method) => readonly string[]): Claims {
  const found = new Map<string, Method[]>();
  for (const method of methods)
    for (const name of new Set(namesOf(method).map(plain)))
      found.set(name, [...(found.get(name) ?? []), method]);
  return found;
}

const byId = claims(({ id }) => [id]);
const byAnyName = claims(({ names, toolNames }) => [...names, ...Object.values(toolNames).flat()]);
const byTool: Readonly<Record<DriftTool, Claims>> = {
  evidently: claims(({ toolNames }) => toolNames.evidently ?? []),
  nannyml: claims(({ toolNames }) => toolNames.nannyml ?? []),
  'alibi-detect': claims(({ toolNames }) => toolNames['alibi-detect'] ?? []),
};

// A registry's reports have the same few names a million times over.
const resolved = new Map<string, readonly Method[]>();
const mostResolved = 1000;

function lookUp(name: string, tool: DriftTool | undefined): readonly Method[] {
  const key = plain(name);
  return (tool && byTool[tool].get(key)) ?? byId.get(key) ?? byAnyName.get(key) ?? [];
}

/** Every method that a name can mean. `tool` is whose file the name stands in, where that is known. */
export function methodsNamed(name: string, tool?: DriftTool): readonly Method[] {
  const key = tool === undefined ? name : `${tool}\n${name}`;
  const known = resolved.get(key);
  if (known) return known;
  const found = lookUp(name, tool);
  if (resolved.size < mostResolved) resolved.set(key, found);
  return found;
}

/**
 * The method of a name in any spelling: an id of the table, or a tool's name for it. Undefined for a name that nobody knows,
 * and for one that means two things: `ks` is a p-value to one tool and the statistic to another, so it resolves beside its
 * tool alone.
 */
export function methodOf(name: string, tool?: DriftTool): Method | undefined {
  const found = methodsNamed(name, tool);
  return found.length === 1 ? found[0] : undefined;
}

/** Which side of its threshold is drift. */
export function badSide(method: Method): Side {
  return method.side;
}

/** Whether a value is drift. Both numbers have to be finite. */
export function judge(method: Method, value: number, threshold: number): boolean {
  if (value === threshold) return method.inclusive;
  return method.side === 'high' ? value > threshold : value < threshold;
}

/** Whether a method can give a value at all; a p-value of 5 is something else under a wrong name. */
export function isPossible(method: Method, value: number): boolean {
  // Sums of floating-point shares miss their bounds by a hair.
  const slack = 1e-9;
  return value >= method.range[0] - slack && value <= method.range[1] + slack;
}
