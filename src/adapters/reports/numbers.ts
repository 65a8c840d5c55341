// Turns what tools write where a number belongs into a number, or into the reason why there is none.

/** A finite number, a reason, or a text that is no number at all. */
export type Reading =
  { kind: 'number'; value: number } | { kind: 'unmeasured'; why: string } | { kind: 'text'; text: string };

const decimal = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
const nothing = /^[-+]?(?:nan|n\/a|na|null|none|nat|inf|infinity|\.nan|\.inf|)$/i;

// Databases that have no infinity hold the largest number instead.
const isInfinite = (value: number): boolean => Math.abs(value) >= Number.MAX_VALUE;

function fromNumber(value: number, written: string): Reading {
  if (Number.isNaN(value)) return { kind: 'unmeasured', why: 'it is NaN' };
  if (isInfinite(value)) {
    const shown = Number.isFinite(value) ? `${written}, which stands for infinity` : written;
    return { kind: 'unmeasured', why: `it is ${shown}` };
  }
  return { kind: 'number', value };
}

/** Reads a number out of JSON, YAML or a cell. */
export function readNumber(raw: unknown): Reading {
  if (typeof raw === 'number') return fromNumber(raw, String(raw));
  if (raw === undefined) return { kind: 'unmeasured', why: 'it is missing' };
  if (raw === null) return { kind: 'unmeasured', why: 'it is null' };
  if (typeof raw !== 'string')
    return { kind: 'text', text: typeof raw === 'boolean' ? String(raw) : `a ${typeof raw}` };
  const text = raw.trim();
  if (decimal.test(text)) return fromNumber(Number(text), text);
  if (text === '') return { kind: 'unmeasured', why: 'it is empty' };
  return nothing.test(text) ? { kind: 'unmeasured', why: `it is ${text}` } : { kind: 'text', text };
}

/** A finite number, or null. */
export function numberOrNull(raw: unknown): number | null {
  const reading = readNumber(raw);
  return reading.kind === 'number' ? reading.value : null;
}

/** A number of examples; undefined for what is none. */
export function countOf(raw: unknown): number | undefined {
  const value = numberOrNull(raw);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Yes or no, as Python, JSON and spreadsheets write it; null for anything else. */
export function flagOf(raw: unknown): boolean | null {
  if (typeof raw === 'boolean') return raw;
  if (raw === 0 || raw === 1) return raw === 1;
  if (typeof raw !== 'string') return null;
  if (/^(?:true|yes|1|1\.0)$/i.test(raw.trim())) return true;
  return /^(?:false|no|0|0\.0)$/i.test(raw.trim()) ? false : null;
}
