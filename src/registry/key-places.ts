// Where keys stand in a text: from a key's path to an offset, through the YAML library's document.
import { type Node, isCollection, isMap, isScalar } from 'yaml';
import type { KeyPath } from './places.js';
import { parseForPlaces } from './yaml-library.js';

/** Finds where values stand in a text. */
export function locator(text: string): (path: KeyPath) => number {
  const document = parseForPlaces(text);
  return (path) => offsetOfPath(document.contents, path);
}

/** Where a key's value stands in the text; the nearest enclosing one where the path leads nowhere. */
function offsetOfPath(root: Node | null, path: KeyPath): number {
  let node: Node | null | undefined = root;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    if (!isCollection(node)) break;
    const next: unknown = node.get(isMap(node) ? key : Number(key), true);
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const keyOffset = (pair?.key as Node | undefined)?.range?.[0];
    node = next as Node | null | undefined;
    offset = node?.range?.[0] ?? keyOffset ?? offset;
    if (keyOffset !== undefined && isCollection(node)) offset = keyOffset;
  }
  return offset;
}
