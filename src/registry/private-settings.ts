// What no output may tell of a model's file: its hand-over may hold a credential by mistake, and output ends in logs.
import { knownKeys } from '../generated/keys.js';
import type { Problem } from '../lifecycle/problems.js';

/** Whether a value at this path may be a credential. */
export function isPrivate(schema: string, path: readonly string[]): boolean {
  return schema === 'model' && path[0] === 'retraining';
}

/** Whether a key is worth telling. One that is long and not made of small letters may be the credential itself. */
export function isPlainKey(key: string): boolean {
  return /^(?:[a-z_]{1,30}|[\w.-]{1,15})$/.test(key);
}

/** The path without a key that may be a credential, and what is below it. */
export function tellablePath(path: readonly string[]): readonly string[] {
  const end = path.findIndex((key) => !isPlainKey(key));
  return end < 0 ? path : path.slice(0, end);
}

/** A problem without the key in its path that may be a credential. */
export function withTellablePath(problem: Problem): Problem {
  const { path = '', message } = problem;
  const keys = path.split('.');
  const end = keys.findIndex((key) => !isPlainKey(key.replace(/(?<!\])(?:\[\d+\])+$/, '')));
  if (path === '' || end < 0) return problem;
  const shown = keys.slice(0, end).join('.');
  return { ...problem, path: shown, message: message.split(path).join(shown) };
}

// Also a slip of the pen, and a hand-over where it does not belong: what is below may be a credential all the same.
const opening = /(?:^|[\s{,])["']?(?:retr\w*|hand[-_]?over\w*)["']?\s*:|^\s*\?\s/i;
const topKey = /^["']?(\w+)["']?\s*:/;

function isOtherKey(line: string): boolean {
  const name = topKey.exec(line)?.[1];
  return name !== undefined && (knownKeys.model?.[''] ?? []).includes(name);
}

/** The numbers of the lines, from 1, that may hold settings of a hand-over. Takes text that is no YAML too. */
function privateLines(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let isInside = false;
  for (const [index, line] of text.split('\n').entries()) {
    isInside = opening.test(line) || (isInside && !isOtherKey(line));
    if (isInside) found.add(index + 1);
  }
  return found;
}

/** The problems of a model's file, without the lines that may hold a credential. */
export function withoutPrivateLines(problems: readonly Problem[], text: string): Problem[] {
  const hidden = privateLines(text);
  return problems.map((problem) => {
    if (problem.line === undefined || !hidden.has(problem.line)) return problem;
    const rest = { ...problem };
    delete rest.quoted;
    // The parser quotes what it stumbles over.
    const invalid = 'this is not valid YAML';
    return rest.message.startsWith(invalid) ? { ...rest, message: invalid } : rest;
  });
}
