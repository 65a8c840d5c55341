// Plain assertions: a broken promise is told with what was promised and what is there.

/** Throws where a promise is broken. */
export function promise(kept: boolean, what: string, evidence: unknown = ''): asserts kept {
  if (kept) return;
  const text = typeof evidence === 'string' ? evidence : JSON.stringify(evidence, null, 1);
  throw new Error(text === '' ? what : `${what}:\n${text}`);
}

/** Throws where two values differ, naming what differs. */
export function promiseSame(what: string, found: unknown, wanted: unknown): void {
  const differing = differences(found, wanted, '');
  promise(differing.length === 0, what, differing.slice(0, 20).join('\n'));
}

function differences(found: unknown, wanted: unknown, at: string): string[] {
  if (Object.is(found, wanted)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isObject(found) || !isObject(wanted))
    return [`${at || 'it'} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];
  const keys = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) => differences(found[key], wanted[key], at === '' ? key : `${at} ${key}`));
}
