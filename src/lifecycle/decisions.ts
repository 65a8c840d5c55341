// What deciding takes and gives: the state of a model, who asks and when, and a refusal or a plan.
import type { EvaluationGate, Model, RegistryConfiguration, VersionRecord } from '../generated/types.js';
import type { Edit } from './edits.js';
import type { Ledger, LedgerFile } from './ledger.js';
import type { Problem, Warning } from './problems.js';
import type { Status } from './stages.js';

export type OperationName =
  | 'init'
  | 'model-add'
  | 'register'
  | 'approve'
  | 'reject'
  | 'deploy'
  | 'ramp'
  | 'rollback'
  | 'review'
  | 'deprecate'
  | 'reinstate'
  | 'retire'
  | 'hold'
  | 'release'
  | 'monitor'
  | 'profile'
  | 'event'
  | 'retrain'
  | 'hand-over'
  | 'retrain-cancel'
  | 'incident-open'
  | 'incident-update'
  | 'incident-close';

/** Everything that is recorded about one model, as one commit has it. */
export interface ModelState {
  config: RegistryConfiguration;
  model: Model;
  /** Undefined where the model has no gate file. */
  gate: EvaluationGate | undefined;
  versions: ReadonlyMap<string, VersionRecord>;
  ledger: Ledger;
}

/** Who asks, and when, by git's own clock. */
export interface Circumstance {
  /** `Name <address>`. */
  actor: string;
  /** UTC, ISO 8601, whole seconds. */
  now: string;
}

/** A change to one file of the model. */
export type Change =
  | { kind: 'create-version'; version: string; record: VersionRecord }
  | { kind: 'edit-version'; version: string; edits: readonly Edit[] }
  | { kind: 'edit-model'; edits: readonly Edit[] }
  | { kind: 'create-file'; file: LedgerFile; data: object }
  | { kind: 'edit-file'; file: LedgerFile; edits: readonly Edit[] };

/** One legal transition: what changes, and how the commit tells it. */
export interface Plan {
  operation: OperationName;
  model: string;
  /** Null where the operation is about the model as a whole. */
  version: string | null;
  /** Null where there is no version, or it begins here. */
  from: Status | null;
  to: Status | null;
  /** The rest of the commit's subject. */
  summary: string;
  /** The person's reason; the body of the commit. */
  reason?: string | undefined;
  changes: readonly Change[];
  environment?: string;
  /** Versions that gave traffic, or that this one takes the place of. */
  supersedes?: readonly string[];
  /** Digests of the evidence. */
  evidence?: readonly string[];
  warnings: readonly Warning[];
  /** What is this operation's own in the answer. */
  answer?: Record<string, unknown>;
  /** Sensible next commands. */
  next?: readonly string[];
}

/** The outcome of deciding. */
export type Decision =
  | { kind: 'refused'; code: string; message: string; problems: readonly Problem[] }
  | {
      kind: 'unchanged';
      operation: OperationName;
      version: string | null;
      status: Status | null;
      message: string;
      warnings: readonly Warning[];
      answer?: Record<string, unknown>;
    }
  | { kind: 'plan'; plan: Plan };

/** A refusal that names every problem. */
export function refused(operation: OperationName, subject: string, problems: readonly Problem[]): Decision {
  const reasons = problems.length === 1 ? '' : ` (${problems.length} reasons)`;
  return {
    kind: 'refused',
    code: `${operation}/refused`,
    message: `${subject} cannot be ${pastTense[operation]}${reasons}`,
    problems,
  };
}

/** A legal transition. */
export function planned(plan: Plan): Decision {
  return { kind: 'plan', plan };
}

/** How messages name what an operation does. */
const pastTense: Record<OperationName, string> = {
  init: 'started',
  'model-add': 'added',
  register: 'registered',
  approve: 'approved',
  reject: 'rejected',
  deploy: 'deployed',
  ramp: 'ramped',
  rollback: 'rolled back',
  review: 'reviewed',
  deprecate: 'deprecated',
  reinstate: 'reinstated',
  retire: 'retired',
  hold: 'held',
  release: 'released',
  monitor: 'monitored',
  profile: 'profiled',
  event: 'recorded',
  retrain: 'retrained',
  'hand-over': 'handed over',
  'retrain-cancel': 'cancelled',
  'incident-open': 'opened',
  'incident-update': 'updated',
  'incident-close': 'closed',
};
