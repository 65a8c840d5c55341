// Reads times as tools write them into UTC timestamps without fractions of a second.
import { usage } from '../../errors.js';
import { isDay, timestampOf } from '../../lifecycle/dates.js';
import type { Window } from '../../lifecycle/monitoring/observation.js';

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** `2026-03-01`, `2026-03-01 09:30:00.5`, `2026-03-01T09:30:00+01:00`; UTC where no zone is said. Undefined for no time. */
function momentOf(raw: string): string | undefined {
  const match = pattern.exec(raw.trim());
  if (!match) return undefined;
  const [, day = '', hours = '00', minutes = '00', seconds = '00', zone = 'Z'] = match;
  if (!isDay(day)) return undefined;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const parsed = Date.parse(`${day}T${hours}:${minutes}:${seconds}${offset}`);
  const moment = Number.isNaN(parsed) ? '' : timestampOf(new Date(parsed));
  return /^\d{4}-/.test(moment) ? moment : undefined;
}

/** A window out of two times; undefined where one is missing or runs backwards. */
export function windowOf(start: string, end: string): Window | undefined {
  const [from, to] = [momentOf(start), momentOf(end)];
  return from !== undefined && to !== undefined && from <= to ? { start: from, end: to } : undefined;
}

/** A window that somebody wrote down: anything but two times in order is refused. */
export function writtenWindow(start: unknown, end: unknown, file: string): Window {
  const window = typeof start === 'string' && typeof end === 'string' ? windowOf(start, end) : undefined;
  if (window) return window;
  throw usage(
    'report/window',
    `the window of ${file} is no start and end in this order: ${JSON.stringify({ start, end })}`,
    '"window": {"start": "2026-03-01T00:00:00Z", "end": "2026-03-08T00:00:00Z"}',
  );
}
