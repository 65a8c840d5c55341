// A registry as one commit has it, as far as auditing needs it: every file with its data, by model.
import type {
  EvaluationGate,
  Incident,
  Model,
  ModelEvent,
  RegistryConfiguration,
  RetrainingRequest,
  VersionRecord,
} from '../../generated/types.js';
import type { ModelState } from '../decisions.js';
import { type Ledger, type LedgerFile, type LedgerKind, ledgerFolders } from '../ledger.js';
import type { Problem } from '../problems.js';

/** What a path of a registry holds, to an audit. */
export type AuditedRole =
  | { kind: 'config' }
  | { kind: 'signers' }
  | { kind: 'model'; model: string }
  | { kind: 'gate'; model: string }
  | { kind: 'version'; model: string; version: string }
  | { kind: LedgerKind; model: string; id: string }
  | { kind: 'unknown'; reason: string };

/** One file as a commit has it. */
export interface AuditedFile {
  /** Relative to the repository. */
  path: string;
  role: AuditedRole;
  oid: string;
  /** SHA-256 of its bytes, so that no proof rests on git's own digest alone. */
  sha256: string;
  /** Undefined where the file is not valid, or is no record. */
  data: unknown;
  /** The bytes as text, for files that are no records. */
  text: string;
  problems: readonly Problem[];
  /** When the commit that gave it this content was made and written, in seconds; undefined where history begins later. */
  changed: { committed: number; authored: number } | undefined;
}

/** The files of one model. Never changed in place. */
export interface AuditedModel {
  model: AuditedFile | undefined;
  gate: AuditedFile | undefined;
  versions: ReadonlyMap<string, AuditedFile>;
  /** Files of its ledger, by `ledgerKey`. */
  ledger: ReadonlyMap<string, AuditedFile>;
}

/** A registry as one commit has it. */
export interface RegistryState {
  config: AuditedFile | undefined;
  signers: AuditedFile | undefined;
  models: Map<string, AuditedModel>;
}

/** A change of one file between a commit and its parent. */
export interface FileChange {
  path: string;
  role: AuditedRole;
  before: AuditedFile | undefined;
  after: AuditedFile | undefined;
}

/** A registry without anything in it. */
export function emptyState(): RegistryState {
  return { config: undefined, signers: undefined, models: new Map() };
}

/** A copy that can be changed without changing the original. */
export function copyState(state: RegistryState): RegistryState {
  return { ...state, models: new Map(state.models) };
}

const noModel: AuditedModel = {
  model: undefined,
  gate: undefined,
  versions: new Map(),
  ledger: new Map(),
};

/** What a file of a ledger is kept under. */
export function ledgerKey({ kind, id }: LedgerFile): string {
  return `${kind} ${id}`;
}

/** Whether a role is that of a file of a ledger. */
export function isLedgerRole(role: AuditedRole): role is Extract<AuditedRole, { kind: LedgerKind }> {
  return role.kind in ledgerFolders;
}

/** The files of a model; a model that is not there has none. */
export function modelOf(state: RegistryState | undefined, model: string): AuditedModel {
  return state?.models.get(model) ?? noModel;
}

/** The ids of the models that changes are about, in order. */
export function modelsOf(changes: readonly FileChange[]): string[] {
  return [...new Set(changes.flatMap(({ role }) => ('model' in role ? [role.model] : [])))].sort();
}

/** The file that a role names. */
export function fileOf(state: RegistryState, role: AuditedRole): AuditedFile | undefined {
  if (role.kind === 'config') return state.config;
  if (role.kind === 'signers') return state.signers;
  if (role.kind === 'unknown') return undefined;
  const files = modelOf(state, role.model);
  if (isLedgerRole(role)) return files.ledger.get(ledgerKey(role));
  if (role.kind === 'model') return files.model;
  return role.kind === 'gate' ? files.gate : files.versions.get(role.version);
}

function withFile(
  files: ReadonlyMap<string, AuditedFile>,
  key: string,
  file: AuditedFile | undefined,
): ReadonlyMap<string, AuditedFile> {
  const copy = new Map(files);
  if (file) copy.set(key, file);
  else copy.delete(key);
  return copy;
}

function isReadWhole(kind: LedgerKind): boolean {
  return kind !== 'report' && kind !== 'profile';
}

/** Puts a file into a state, or takes it out. Changes the state itself, which one line of history hands on. */
export function putFile(state: RegistryState, role: AuditedRole, file: AuditedFile | undefined): void {
  if (role.kind === 'config') state.config = file;
  else if (role.kind === 'signers') state.signers = file;
  else if (role.kind !== 'unknown') {
    const files = modelOf(state, role.model);
    if (role.kind === 'version')
      state.models.set(role.model, { ...files, versions: withFile(files.versions, role.version, file) });
    else if (isLedgerRole(role)) {
      // Reports are known by name once they are judged: their content would fill the memory.
      const kept = file && !isReadWhole(role.kind) ? { ...file, data: undefined } : file;
      state.models.set(role.model, { ...files, ledger: withFile(files.ledger, ledgerKey(role), kept) });
    } else state.models.set(role.model, { ...files, [role.kind]: file });
    const left = modelOf(state, role.model);
    if (!left.model && !left.gate && left.versions.size + left.ledger.size === 0)
      state.models.delete(role.model);
  }
}

/** The data of a file that is valid. */
function dataOf<T>(file: AuditedFile | undefined): T | undefined {
  return file?.data as T | undefined;
}

/** The configuration that a state holds, where it is valid. */
export function configOf(state: RegistryState | undefined): RegistryConfiguration | undefined {
  return dataOf<RegistryConfiguration>(state?.config);
}

/** The description of a model, where it is valid. */
export function descriptionOf(files: AuditedModel): Model | undefined {
  return dataOf<Model>(files.model);
}

/** The gate of a model, where it is valid. */
function gateOf(files: AuditedModel): EvaluationGate | undefined {
  return dataOf<EvaluationGate>(files.gate);
}

/** The valid records of a model. */
export function recordsOf(files: AuditedModel): Map<string, VersionRecord> {
  const records = new Map<string, VersionRecord>();
  for (const [version, file] of files.versions) {
    if (file.data !== undefined) records.set(version, file.data as VersionRecord);
  }
  return records;
}

/** The ledger of a model, of its valid files. */
function ledgerOf(files: AuditedModel): Ledger {
  const found = {
    reports: new Set<string>(),
    profiles: new Set<string>(),
    events: new Map<string, ModelEvent>(),
    requests: new Map<string, RetrainingRequest>(),
    incidents: new Map<string, Incident>(),
  };
  for (const { role, data } of files.ledger.values()) {
    if (!isLedgerRole(role)) continue;
    if (role.kind === 'report') found.reports.add(role.id);
    else if (role.kind === 'profile') found.profiles.add(role.id);
    else if (data === undefined) continue;
    else if (role.kind === 'event') found.events.set(role.id, data as ModelEvent);
    else if (role.kind === 'request') found.requests.set(role.id, data as RetrainingRequest);
    else found.incidents.set(role.id, data as Incident);
  }
  return found;
}

/**
 * What a transition is decided on: the records of its parent commit, under the policy, gate, approvers and risk class of
 * the authority, which a branch cannot change for itself.
 */
export function modelState(
  before: AuditedModel,
  model: Model,
  config: RegistryConfiguration,
  authority: AuditedModel,
): ModelState {
  const agreed = descriptionOf(authority);
  return {
    config,
    model: agreed
      ? {
          ...model,
          approvers: agreed.approvers,
          eu_ai_act_risk_class: agreed.eu_ai_act_risk_class,
          ...(agreed.retention ? { retention: agreed.retention } : {}),
        }
      : model,
    gate: gateOf(authority) ?? gateOf(before),
    versions: recordsOf(before),
    ledger: ledgerOf(before),
  };
}
