// What a run found: every time that was taken, and the comparisons that are made with them.
import { type Subject, type Timing, measure } from './measure.js';

/** Where something was measured. */
export interface Place {
  node: string;
  records: number;
}

/** How long one piece of work took. */
export interface Measurement extends Place {
  work: string;
  timing: Timing;
}

/** One piece of work beside its yardstick, measured in turn with it. */
export interface Row extends Place {
  work: string;
  milliseconds: number;
  yardstick: string;
  yardstickMilliseconds: number;
  ratio: number;
  budget: number | null;
  met: boolean | null;
}

export interface Findings {
  measurements: Measurement[];
  rows: Row[];
}

/** A comparison to make once the times are known. */
interface Comparison<Name extends string> {
  work: Name;
  yardstick: string;
  /** The yardstick's milliseconds, from the medians of what was measured beside it. */
  milliseconds: (medians: Readonly<Record<Name, number>>) => number;
  budget: number | null;
}

/** Measures subjects in turn, and compares them. */
export function compare<Name extends string>(
  place: Place,
  times: number,
  subjects: Readonly<Record<Name, Subject>>,
  comparisons: readonly Comparison<NoInfer<Name>>[],
): Findings {
  const timings = measure(subjects, times);
  const names = Object.keys(timings) as Name[];
  const medians = Object.fromEntries(names.map((name) => [name, timings[name].median])) as Record<
    Name,
    number
  >;
  const rows = comparisons.map(({ work, yardstick, milliseconds, budget }): Row => {
    const beside = milliseconds(medians);
    const ratio = medians[work] / beside;
    process.stderr.write(
      `node ${place.node}, ${place.records} records: ${work}: ${ratio.toFixed(2)} × ${yardstick}\n`,
    );
    return {
      ...place,
      work,
      milliseconds: medians[work],
      yardstick,
      yardstickMilliseconds: beside,
      ratio,
      budget,
      met: budget === null ? null : ratio <= budget,
    };
  });
  return { measurements: names.map((work) => ({ ...place, work, timing: timings[work] })), rows };
}

export function together(parts: readonly Findings[]): Findings {
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    rows: parts.flatMap(({ rows }) => rows),
  };
}
