// The state of a model once a plan is carried out.
import type { Incident, Model, ModelEvent, RetrainingRequest } from '../generated/types.js';
import type { Change, ModelState, Plan } from './decisions.js';
import { applyEdits } from './edits.js';
import type { Ledger, LedgerFile } from './ledger.js';

/** The data of a file of a ledger; undefined where it is not there, or is known by its id alone. */
export function ledgerData(ledger: Ledger, { kind, id }: LedgerFile): object | undefined {
  if (kind === 'event') return ledger.events.get(id);
  if (kind === 'request') return ledger.requests.get(id);
  return kind === 'incident' ? ledger.incidents.get(id) : undefined;
}

function withFile(ledger: Ledger, { kind, id }: LedgerFile, data: object): Ledger {
  if (kind === 'report') return { ...ledger, reports: new Set([...ledger.reports, id]) };
  if (kind === 'profile') return { ...ledger, profiles: new Set([...ledger.profiles, id]) };
  if (kind === 'event') return { ...ledger, events: new Map([...ledger.events, [id, data as ModelEvent]]) };
  if (kind === 'incident')
    return { ...ledger, incidents: new Map([...ledger.incidents, [id, data as Incident]]) };
  return { ...ledger, requests: new Map([...ledger.requests, [id, data as RetrainingRequest]]) };
}

function changed(state: ModelState, change: Change): ModelState {
  if (change.kind === 'edit-model') return { ...state, model: applyEdits<Model>(state.model, change.edits) };
  if (change.kind === 'create-file')
    return { ...state, ledger: withFile(state.ledger, change.file, change.data) };
  if (change.kind === 'edit-file') {
    const present = ledgerData(state.ledger, change.file);
    return present
      ? { ...state, ledger: withFile(state.ledger, change.file, applyEdits(present, change.edits)) }
      : state;
  }
  const present = state.versions.get(change.version);
  const record =
    change.kind === 'create-version' ? change.record : present && applyEdits(present, change.edits);
  return record ? { ...state, versions: new Map([...state.versions, [change.version, record]]) } : state;
}

/** The state after a plan. The state before is left as it is. */
export function carriedOut(state: ModelState, plan: Plan): ModelState {
  return plan.changes.reduce(changed, state);
}
