// Where keys stand in a text: from a key's path to an offset, through the YAML library's document.
import { type Node, isCollection, isMap, isScalar } from 'yaml';
import type { KeyPath } from '../lifecycle/key-path.js';
import { parseYaml } from '../yaml-document.js';

/** Finds keys and values in a text; the nearest enclosing one where a path leads nowhere. */
export interface Locator {
  valueAt: (path: KeyPath) => number;
  keyAt: (path: KeyPath) => number;
  /** The key that an offset belongs to; the nearest enclosing one where it stands between keys. */
  pathAt: (offset: number) => KeyPath;
}

/** Reads a text for the places of its keys. */
export function locator(text: string): Locator {
  const document = parseYaml(text);
  return {
    valueAt: (path) => offsetOfPath(document.contents, path),
    keyAt: (path) => offsetOfKey(document.contents, path),
    pathAt: (offset) => pathOfOffset(document.contents, offset),
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

function pathOfOffset(root: Node | null, offset: number): KeyPath {
  const path: (string | number)[] = [];
  let node: unknown = root;
  for (;;) {
    if (!isCollection(node)) return path;
    const parts = isMap(node)
      ? node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', key, value] as const)
      : node.items.map((item, index) => [index, item, item] as const);
    // The last one that begins before the offset: a comment belongs to the key that it follows.
    const found = parts.findLast(([, from]) => ((from as Node | null)?.range?.[0] ?? Infinity) <= offset);
    if (!found) return path;
    path.push(found[0]);
    node = found[2];
  }
}
