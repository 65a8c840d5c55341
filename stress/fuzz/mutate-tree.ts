// Mutations of parsed data: types swapped, keys renamed, dropped and added, parts moved; written out again as it was read.
import { parse, stringify } from 'yaml';
import { oneOf } from '../campaign.js';
import { hostileKeys } from './hostile-words.js';
import { hostileValue, nested } from './hostile.js';
import type { Mutation } from './mutate-bytes.js';
import { type Random, whole } from './random.js';

type Holder = Record<string, unknown> | unknown[];

/** One value and where it stands. */
interface Spot {
  holder: Holder;
  key: string;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function spotsIn(root: unknown): Spot[] {
  const spots: Spot[] = [];
  const walk = (holder: unknown): void => {
    if (!isHolder(holder) || spots.length > 20_000) return;
    for (const key of Object.keys(holder)) {
      spots.push({ holder, key });
      walk((holder as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  return spots;
}

function get({ holder, key }: Spot): unknown {
  return (holder as Record<string, unknown>)[key];
}

function set({ holder, key }: Spot, value: unknown): void {
  // As data would have it: an own property, whatever its name.
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function drop({ holder, key }: Spot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Another type that says nearly the same. */
function otherType(random: Random, value: unknown): unknown {
  if (typeof value === 'number')
    return oneOf(random, [String(value), [value], { value }, null, -value, value * 1e9]);
  if (typeof value === 'string')
    return oneOf(random, [Number(value) || 0, [value], { [value]: value }, null, true]);
  if (Array.isArray(value))
    return oneOf<unknown>(random, [{ ...value }, value[0] ?? null, null, [value], String(value)]);
  if (isHolder(value))
    return oneOf<unknown>(random, [Object.values(value), Object.keys(value), null, [value], 'x']);
  return oneOf<unknown>(random, ['true', 0, [], {}, null, 'null']);
}

function change(random: Random, spots: readonly Spot[]): void {
  const spot = oneOf(random, spots);
  const value = get(spot);
  const other = oneOf(random, spots);
  switch (whole(random, 0, 10)) {
    case 0:
    case 1:
    case 2:
      return set(spot, otherType(random, value));
    case 3:
    case 4:
      return set(spot, hostileValue(random));
    case 5:
      return drop(spot);
    case 6:
      drop(spot);
      return set(
        { holder: spot.holder, key: Array.isArray(spot.holder) ? '0' : oneOf(random, hostileKeys) },
        value,
      );
    case 7:
      return set(
        { holder: spot.holder, key: Array.isArray(spot.holder) ? '1' : oneOf(random, hostileKeys) },
        hostileValue(random),
      );
    case 8:
      return set(spot, structuredClone(get(other)));
    case 9:
      return set(
        spot,
        Array.isArray(value) ? value.concat(value, value) : nested(random, whole(random, 1, 40)),
      );
    default:
      return set(spot, typeof value === 'string' ? value + String(hostileValue(random)) : null);
  }
}

/** JSON in which one key stands twice. */
function withTwin(random: Random, json: string): string {
  const keys = [...json.matchAll(/"(?:[^"\\]|\\.)*":/g)];
  if (keys.length === 0) return json;
  const { index, 0: key } = oneOf(random, keys);
  return `${json.slice(0, index)}${key}${JSON.stringify(hostileValue(random) ?? null)},${json.slice(index)}`;
}

/** Parses, changes a few values, and writes it as it was: JSON or YAML. What cannot be parsed comes back as it is. */
export const mutateTree: Mutation = (random, bytes) => {
  const text = bytes.toString('utf8');
  if (text.length > 200_000) return bytes;
  const isJson = /^\s*[[{]/.test(text);
  let root: unknown;
  try {
    root = isJson ? JSON.parse(text) : parse(text, { maxAliasCount: 10, logLevel: 'silent' });
  } catch {
    return bytes;
  }
  for (let changes = whole(random, 1, 3); changes > 0; changes--) {
    const spots = spotsIn(root);
    if (spots.length > 0) change(random, spots);
  }
  try {
    if (!isJson) return Buffer.from(stringify(root, { lineWidth: 0, aliasDuplicateObjects: random() < 0.1 }));
    const json = JSON.stringify(root, null, random() < 0.5 ? 2 : undefined);
    return Buffer.from(random() < 0.15 ? withTwin(random, json) : json);
  } catch {
    return bytes;
  }
};
