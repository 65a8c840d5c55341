// Times commands in turn, so that a slow moment of the machine falls on all of them alike.

/**
 * One thing that is measured. `before` puts things back so that it can run again, and `after` looks whether it did its work;
 * their time is not counted.
 */
export interface Subject {
  run: () => void;
  before?: () => void;
  after?: () => void;
}

/** How long something took, in milliseconds. */
export interface Timing {
  median: number;
  lowest: number;
  highest: number;
  runs: number;
}

/** What a command took that was ended because it took longer than its limit, in milliseconds. */
export interface Unfinished {
  limit: number;
}

/** Thrown by a subject that was ended at its limit. */
export class LimitReached extends Error {
  constructor(readonly limit: number) {
    super(`not finished after ${limit / 1000} s`);
  }
}

export function timingOf(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return {
    median: (upper + lower) / 2,
    lowest: sorted[0] ?? Number.NaN,
    highest: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
}

function once({ run, before, after }: Subject): number {
  before?.();
  const started = process.hrtime.bigint();
  run();
  const taken = Number(process.hrtime.bigint() - started) / 1e6;
  after?.();
  return taken;
}

/** What takes longer than this is no slower for being the first, and its first run counts. */
const longEnough = 5000;

/** Each subject's times, by its name. A quick one runs once more than asked, first, uncounted: that fills the caches. */
export function measure<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  times: number,
): Record<Name, Timing> {
  const measured = measureWithin(subjects, times);
  for (const [name, timing] of Object.entries<Timing | Unfinished>(measured))
    if ('limit' in timing) throw new LimitReached(timing.limit);
    else if (!(timing.median > 0)) throw new Error(`${name} took no time`);
  return measured as Record<Name, Timing>;
}

/** The same, where a subject may take too long: it is then not run again. */
export function measureWithin<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  times: number,
): Record<Name, Timing | Unfinished> {
  const names = Object.keys(subjects) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  const ended = new Map<Name, number>();
  for (let round = 0; round <= times; round++)
    for (const name of names) {
      const counted = taken.get(name) ?? [];
      if (ended.has(name) || counted.length >= times) continue;
      try {
        const time = once(subjects[name]);
        if (round > 0 || time > longEnough) counted.push(time);
      } catch (error) {
        if (!(error instanceof LimitReached)) throw error;
        ended.set(name, error.limit);
      }
    }
  const result = (name: Name): Timing | Unfinished => {
    const limit = ended.get(name);
    return limit === undefined ? timingOf(taken.get(name) ?? []) : { limit };
  };
  return Object.fromEntries(names.map((name) => [name, result(name)])) as Record<Name, Timing | Unfinished>;
}
