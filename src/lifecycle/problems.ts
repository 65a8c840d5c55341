// What a rule says when it refuses: a problem with a stable code, a reason and a way out.

/** One thing that is wrong, where, and what to do about it. */
export interface Problem {
  /** Stable, `area/name`; scripts may rely on it. */
  code: string;
  message: string;
  /** The way out: what to change, or the next command. */
  hint?: string;
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Path of the key inside the file, as `deployment_history[0].env`. */
  path?: string;
  /** The line of the file that the problem is about, escaped for a terminal. */
  quoted?: string;
}

/** Something that does not stop a transition, but that a person should know. */
export interface Warning {
  code: string;
  message: string;
  hint?: string;
  /** Where it is about a file. */
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Path of the key inside the file. */
  path?: string;
}

/** Builds a problem. */
export function problem(code: string, message: string, hint?: string): Problem {
  return hint === undefined ? { code, message } : { code, message, hint };
}

/** A list in a sentence: `a, b and c`. */
export function listOf(items: readonly string[], conjunction = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** `1 day`, `2 days`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
