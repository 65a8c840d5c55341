// Loads the ledger of a model as one commit has it. Reports and profiles are taken by name alone: a model has hundreds.
import type { Incident, ModelEvent, RetrainingRequest } from '../generated/types.js';
import type { Ledger } from '../lifecycle/ledger.js';
import type { Problem } from '../lifecycle/problems.js';
import { type FileRole, isLedgerRole } from './paths.js';
import { readRecord } from './read-record.js';

/** A file of a ledger, read from git. */
export interface LedgerContent {
  /** Relative to the repository. */
  path: string;
  role: FileRole;
  content: Buffer;
}

/** Whether the content of a file of a ledger is needed to decide, or its name alone. */
export function isReadWhole({ kind }: FileRole): boolean {
  return kind === 'event' || kind === 'request' || kind === 'incident';
}

/** The ledger of a model: names of what is known by name, content of the rest. */
export async function readLedger(
  names: readonly FileRole[],
  contents: readonly LedgerContent[],
): Promise<{ ledger: Ledger; problems: Problem[] }> {
  const idsOf = (kind: FileRole['kind']): Set<string> =>
    new Set(names.flatMap((role) => (role.kind === kind && isLedgerRole(role) ? [role.id] : [])));
  const events = new Map<string, ModelEvent>();
  const requests = new Map<string, RetrainingRequest>();
  const incidents = new Map<string, Incident>();
  const problems: Problem[] = [];
  for (const { path, role, content } of contents) {
    if (role.kind !== 'event' && role.kind !== 'request' && role.kind !== 'incident') continue;
    const read = await readRecord(role.kind, role, content, path);
    problems.push(...read.problems);
    if (read.data === undefined) continue;
    if (role.kind === 'event') events.set(role.id, read.data as ModelEvent);
    else if (role.kind === 'request') requests.set(role.id, read.data as RetrainingRequest);
    else incidents.set(role.id, read.data as Incident);
  }
  return {
    ledger: { reports: idsOf('report'), profiles: idsOf('profile'), events, requests, incidents },
    problems,
  };
}
