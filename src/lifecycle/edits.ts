// Changes to a record, as data: what a transition sets, appends or removes, and where.

/** One change to a record. `path` leads to the key, through keys of mappings and numbers of list items. */
export type Edit =
  | { op: 'set'; path: readonly (string | number)[]; value: unknown }
  | { op: 'append'; path: readonly (string | number)[]; value: unknown };

/** Sets a key, adding it where it is missing. */
export function set(path: readonly (string | number)[], value: unknown): Edit {
  return { op: 'set', path, value };
}

/** Appends to a list, adding the list where it is missing. */
export function append(path: readonly (string | number)[], value: unknown): Edit {
  return { op: 'append', path, value };
}

/** Drops keys whose value is undefined, so that records never hold them. */
export function compact<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function childOf(container: unknown, key: string | number): unknown {
  return (container as Record<string | number, unknown> | undefined)?.[key];
}

/** A copy of a container with one value changed; a container that is missing becomes a mapping. */
function withValue(container: unknown, key: string | number, value: unknown): unknown {
  if (Array.isArray(container)) {
    const copy = [...(container as unknown[])];
    copy[Number(key)] = value;
    return copy;
  }
  return { ...(container as object | undefined), [key]: value };
}

function applied(container: unknown, [key, ...rest]: readonly (string | number)[], edit: Edit): unknown {
  if (key === undefined) return container;
  const present = childOf(container, key);
  if (rest.length > 0) return withValue(container, key, applied(present, rest, edit));
  if (edit.op === 'set') return withValue(container, key, edit.value);
  return withValue(container, key, [...(Array.isArray(present) ? (present as unknown[]) : []), edit.value]);
}

/** Applies edits to plain data and answers the changed copy, which shares what did not change with the original. */
export function applyEdits<T>(data: T, edits: readonly Edit[]): T {
  return edits.reduce((copy: unknown, edit) => applied(copy, edit.path, edit), data) as T;
}
