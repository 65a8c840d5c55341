// Where keys stand in a text: from a key's path to an offset, through the YAML library's document.
import { type Node, isCollection, isMap, isScalar } from 'yaml';
import type { KeyPath } from '../lifecycle/key-path.js';
import { parseForPlaces } from './yaml-library.js';

/** Finds keys and values in a text; the nearest enclosing one where a path leads nowhere. */
export interface Locator {
  valueAt: (path: KeyPath) => number;
  keyAt: (path: KeyPath) => number;
}

/** Reads a text for the places of its keys. */
export function locator(text: string): Locator {
  const document = parseForPlaces(text);
  return {
    valueAt: (path) => offsetOfPath(document.contents, path),
    keyAt: (path) => offsetOfKey(document.contents, path),
  };
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

function offsetOfKey(root: Node | null, path: KeyPath): number {
  let node: Node | null | undefined = root;
  for (const key of path.slice(0, -1))
    node = isCollection(node) ? node.get(isMap(node) ? key : Number(key), true) : null;
  const pair = isMap(node)
    ? node.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1))
    : undefined;
  return (pair?.key as Node | undefined)?.range?.[0] ?? offsetOfPath(root, path);
}
