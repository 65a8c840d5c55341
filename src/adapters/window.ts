// A window of time as people write it: `2026-03-01..2026-03-07`, days included, or two moments in UTC.
import { usage } from '../errors.js';
import { dayOf, isDay, isMoment, timestampOf } from '../lifecycle/dates.js';
import type { Window } from '../lifecycle/monitoring/observation.js';

function unreadable(text: string): Error {
  return usage(
    'input/window',
    `--window is "${text}"; it has to be START..END, in UTC`,
    '--window 2026-03-01..2026-03-07, or with moments: 2026-03-01T06:00:00Z..2026-03-02T06:00:00Z',
  );
}

/** The first moment of a window. */
function startOf(text: string): string | undefined {
  if (isDay(text)) return `${text}T00:00:00Z`;
  return isMoment(text) ? timestampOf(new Date(text)) : undefined;
}

/** The last moment: of a day its last second, and of today this one. */
function endOf(text: string, now: string): string | undefined {
  if (!isDay(text)) return startOf(text);
  return text === dayOf(now) ? now : `${text}T23:59:59Z`;
}

/** Reads a window. `now` is a UTC timestamp. */
export function parseWindow(text: string, now: string): Window {
  const [first = '', last = '', ...more] = text.split('..');
  const [start, end] = [startOf(first.trim()), endOf(last.trim(), now)];
  if (start === undefined || end === undefined || more.length > 0) throw unreadable(text);
  return { start, end };
}
