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

function child(container: unknown, key: string | number): unknown {
  return (container as Record<string | number, unknown> | undefined)?.[key];
}

/** Applies edits to plain data and answers the changed copy. */
export function applyEdits<T>(data: T, edits: readonly Edit[]): T {
  const copy = structuredClone(data);
  for (const edit of edits) {
    const last = edit.path.at(-1);
    if (last === undefined) continue;
    let parent: unknown = copy;
    for (const key of edit.path.slice(0, -1)) {
      if (child(parent, key) === undefined) (parent as Record<string | number, unknown>)[key] = {};
      parent = child(parent, key);
    }
    const holder = parent as Record<string | number, unknown>;
    const value = structuredClone(edit.value);
    const present = holder[last];
    holder[last] =
      edit.op === 'set' ? value : [...(Array.isArray(present) ? (present as unknown[]) : []), value];
  }
  return copy;
}
