// Where two values differ, as paths of keys.
import type { KeyPath } from '../key-path.js';

/** One place where two values differ. */
export interface Difference {
  path: KeyPath;
  before: unknown;
  after: unknown;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every place where two values differ, outermost first. A key that is missing is undefined. */
export function differencesOf(before: unknown, after: unknown, path: KeyPath = []): Difference[] {
  if (Object.is(before, after)) return [];
  if (isMapping(before) && isMapping(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differencesOf(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      differencesOf(before[index], after[index], [...path, index]),
    );
  }
  return [{ path, before, after }];
}

/** A value in a few characters. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Whether two plain values are equal; a key that is undefined is no key. */
export function isEqual(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    return before.every((value, index) => isEqual(value, after[index]));
  }
  if (!isMapping(before) || !isMapping(after)) return false;
  for (const key of Object.keys(before)) if (!isEqual(before[key], after[key])) return false;
  for (const key of Object.keys(after))
    if (after[key] !== undefined && before[key] === undefined) return false;
  return true;
}
