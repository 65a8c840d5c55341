// Builds observations out of raw values: a finite number with its verdict, or null with the reason.
import type { DriftTool } from '../../lifecycle/monitoring/method-table.js';
import { isPossible, methodOf, methodsNamed, plainValue } from '../../lifecycle/monitoring/methods.js';
import type { Observation } from '../../lifecycle/monitoring/observation.js';
import { numberOrNull, readNumber } from './numbers.js';

/** The name of what is said of all features together. */
export const wholeDataset = 'dataset';

interface Verdict {
  /** Any form of number. */
  threshold?: unknown;
  breached?: boolean | null | undefined;
  /** Why the value does not count, whatever it is. */
  unmeasured?: string | undefined;
}

function reasonAgainst(method: string, value: number): string | undefined {
  const known = methodOf(method);
  if (!known || isPossible(known, value)) return undefined;
  const [least, most] = known.range;
  return `it is ${value}, and ${known.id} is ${most === Number.POSITIVE_INFINITY ? `${least} or more` : `from ${least} to ${most}`}`;
}

/** One observation. `method` is an id of the table, `value`, or a name that nobody knows. */
export function observe(name: string, method: string, raw: unknown, verdict: Verdict = {}): Observation {
  const reading = readNumber(raw);
  const value = reading.kind === 'number' ? reading.value : null;
  const why =
    verdict.unmeasured ??
    (reading.kind === 'number'
      ? reasonAgainst(method, reading.value)
      : reading.kind === 'unmeasured'
        ? reading.why
        : `it is ${JSON.stringify(reading.text)}, which is no number`);
  const threshold = numberOrNull(verdict.threshold);
  if (why !== undefined) return { name, method, value: null, threshold, breached: null, unmeasured: why };
  return { name, method, value, threshold, breached: verdict.breached ?? null };
}

/** The verdict of a tool that gives no number. */
export function observeFlag(name: string, breached: boolean): Observation {
  return observe(name, 'drift-flag', breached ? 1 : 0, { breached });
}

/** A tool's name for a method as reports hold it, with a note where it is not known. */
export function methodId(raw: string, tool: DriftTool | undefined, notes: Set<string>): string {
  const name = raw.trim();
  if (name === '' || name === plainValue) return plainValue;
  const known = methodOf(name, tool);
  if (known) return known.id;
  const meant = methodsNamed(name, tool).map(({ id }) => id);
  notes.add(
    meant.length > 1
      ? `"${name}" can mean ${meant.join(' or ')}, so it is not judged: write the one that it is`
      : `"${name}" is no method that mlc knows, so it is judged only where the file has a verdict`,
  );
  return name;
}
