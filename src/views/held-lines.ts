// What holds a version, a line each: it can be neither deployed nor retired until they are over.
import type { Incident, VersionRecord } from '../generated/types.js';
import { escapeLine } from '../lifecycle/escape.js';
import { openHolds } from '../lifecycle/stages.js';
import type { Style } from './style.js';

/** The open holds of a version, and the open incidents that it had a part in. */
export function heldLines(record: VersionRecord, incidents: readonly Incident[], style: Style): string[] {
  const holds = openHolds(record).map(
    ({ kind, placed_at: at, by, reason }) => `a ${kind} hold since ${at.slice(0, 10)} (${by}): ${reason}`,
  );
  const open = incidents.map(
    ({ id, severity, opened_at: at, summary }) =>
      `the incident ${id} (${severity}), open since ${at.slice(0, 10)}: ${summary}`,
  );
  return [...holds, ...open].map((by) => `  ${style.warn('by')} ${escapeLine(by)}`);
}
