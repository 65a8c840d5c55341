// The way to a key inside a record, and how people write it.

/** Keys of mappings and numbers of list items, outermost first. */
export type KeyPath = readonly (string | number)[];

/** A path as people write it: `deployment_history[0].env`. */
export function showPath(path: KeyPath): string {
  return path
    .map((key, index) => (/^\d+$/.test(String(key)) ? `[${key}]` : index === 0 ? String(key) : `.${key}`))
    .join('');
}
