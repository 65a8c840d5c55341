// What time it is for a read: git's clock, as it is for a transition, without asking who the user is.
import { timestampOf } from '../lifecycle/dates.js';

/** Now, in UTC: GIT_COMMITTER_DATE where it is set and can be read, else the machine's clock. */
export function readClock(env: NodeJS.ProcessEnv): string {
  const set = env.GIT_COMMITTER_DATE?.trim();
  const raw = set === undefined ? null : /^@?(\d{5,})( [+-]\d{4})?$/.exec(set);
  const milliseconds = raw ? Number(raw[1]) * 1000 : Date.parse(set ?? '');
  return timestampOf(Number.isNaN(milliseconds) ? new Date() : new Date(milliseconds));
}
