// Runs a lifecycle operation: loads the model, lets the pure rule decide, and lands the plan as one commit.
import { refusal, usage } from '../errors.js';
import type { Identity } from '../git/repository.js';
import type { VersionRecord } from '../generated/types.js';
import { formatMessage, subjectOf, trailersOf } from '../lifecycle/commit-message.js';
import { timestampOf } from '../lifecycle/dates.js';
import type { Change, Circumstance, Decision, Plan } from '../lifecycle/decisions.js';
import { parseAddress } from '../lifecycle/identifiers.js';
import { ledgerPath } from '../lifecycle/ledger.js';
import { environmentNames } from '../lifecycle/policy.js';
import type { Warning } from '../lifecycle/problems.js';
import type { Status } from '../lifecycle/stages.js';
import { selectVersion } from '../lifecycle/versions.js';
import { type LoadedModel, decidingFiles } from './load.js';
import type { Prepared } from './landing.js';
import { modelFile, roleOf, schemaReference, versionFile } from './paths.js';
import { type Reading, readAhead } from './read-ahead.js';
import { type RecordKind, readRecord } from './read-record.js';
import { type Registry, notARegistry } from './registry.js';
import { secretWarnings } from './secret-warnings.js';
import { transact } from './transact.js';
import { editYaml } from './yaml-edit.js';
import { renderFile } from './yaml-write.js';

/** Settings of a transition, from the flags that every command which commits takes. */
export interface TransitionSettings {
  dryRun: boolean;
  push: boolean;
  onRetry?: (attempt: number) => void;
}

/** How an operation decides, on a model as one commit has it. */
export type Decide = (loaded: LoadedModel, circumstance: Circumstance) => Decision | Promise<Decision>;

/** What a transition did, or would do. */
export interface TransitionOutcome {
  kind: 'done' | 'planned' | 'unchanged';
  operation: string;
  model: string;
  /** Null where the operation is about the model as a whole. */
  version: string | null;
  from: Status | null;
  to: Status | null;
  subject: string;
  commit: string | null;
  pushed: boolean;
  warnings: Warning[];
  /** What is the operation's own. */
  answer: Record<string, unknown>;
  /** Paths of the files that change. */
  files: string[];
  next: readonly string[];
  message?: string;
}

/** The moment of a transition: git's clock, in whole seconds. */
function circumstanceOf(identity: Identity): Circumstance {
  return { actor: identity.actor, now: timestampOf(new Date(identity.seconds * 1000)) };
}

// Problems of the question rather than of the answer: something is missing, malformed, or names what is not there.
const askedWrongly =
  /^input\/|^date\/form$|\/unknown-(?:parent|environment|successor|consumer|request|incident|version)$/;

/** Refuses; where every problem is one of the question, it could not be put. */
function throwRefused(decision: Extract<Decision, { kind: 'refused' }>): never {
  const { code, message, problems } = decision;
  if (problems.some((found) => !askedWrongly.test(found.code)))
    throw refusal(code, message, undefined, problems);
  const missing = problems.every((found) => found.code.startsWith('input/'));
  throw usage(
    missing ? 'input/missing' : code,
    missing ? `${message.replace(/ \(.*/, '')}: more is needed` : message,
    undefined,
    problems,
  );
}

/** Which file a change is about. */
interface Place {
  /** Relative to the registry's root. */
  relative: string;
  kind: RecordKind;
}

function placeOf(model: string, change: Change): Place {
  if (change.kind === 'edit-model') return { relative: modelFile(model), kind: 'model' };
  if (change.kind === 'create-file' || change.kind === 'edit-file')
    return { relative: ledgerPath(model, change.file), kind: change.file.kind };
  return { relative: versionFile(model, change.version), kind: 'version' };
}

/** The text of a changed file. */
async function textOf(change: Change, { relative, kind }: Place, present: string): Promise<string> {
  if (change.kind === 'create-version' || change.kind === 'create-file') {
    const data = change.kind === 'create-file' ? change.data : change.record;
    return renderFile(data, schemaReference(relative, kind));
  }
  return editYaml(present, change.edits);
}

/** A file as it is to be committed, and what a person should know of it. */
interface WrittenFile {
  path: string;
  content: Buffer;
  warnings: Warning[];
}

/**
 * What looks like a secret in a text that is about to be committed. History forgets nothing, and a private key has no
 * business in a record at all: it is refused. The rest may be what it only looks like.
 */
async function newSecrets(text: string, file: string, before: string): Promise<Warning[]> {
  const warnings = await secretWarnings({ text, file, isRead: true, before });
  const keys = warnings.filter(({ code }) => code === 'secret/private-key');
  if (keys.length === 0) return warnings;
  throw refusal(
    'secret/private-key',
    'the transition would write a private key into history, which forgets nothing; it was not made',
    'record where the key is kept instead',
    keys.map(({ hint: _hint, ...problem }) => problem),
  );
}

async function fileOf(
  registry: Registry,
  loaded: LoadedModel,
  plan: Plan,
  change: Change,
): Promise<WrittenFile> {
  const place = placeOf(plan.model, change);
  const { relative, kind } = place;
  const file = loaded.files.get(relative);
  const text = await textOf(change, place, file?.text ?? '');
  const content = Buffer.from(text, 'utf8');
  // What is about to be committed is held to the same checks as what a person writes.
  const read = await readRecord(kind, roleOf(relative), content, `${registry.prefix}${relative}`);
  if (read.problems.length > 0)
    throw refusal(
      'record/invalid',
      `the transition would make ${relative} invalid, and was not made`,
      undefined,
      read.problems,
    );
  const path = `${registry.prefix}${relative}`;
  return { path, content, warnings: await newSecrets(text, path, file?.text ?? '') };
}

interface Result {
  decision: Exclude<Decision, { kind: 'refused' }>;
  files: string[];
  subject: string;
  warnings: Warning[];
}

async function prepare(
  registry: Registry,
  model: string,
  read: (base: string) => Reading,
  decide: Decide,
  base: string | null,
  identity: Identity,
  transaction: string,
): Promise<Prepared<Result>> {
  if (base === null) throw notARegistry(registry);
  const reading = read(base);
  const [loaded, staged] = [await reading.loaded, await reading.staged];
  const circumstance = circumstanceOf(identity);
  const decision = await decide(loaded, circumstance);
  if (decision.kind === 'refused') throwRefused(decision);
  const hooks = loaded.state.config.git?.hooks ?? 'run';
  if (decision.kind === 'unchanged') {
    return {
      files: [],
      needs: [],
      message: '',
      hooks,
      result: { decision, files: [], subject: '', warnings: [] },
    };
  }
  const { plan } = decision;
  const files = [];
  for (const change of plan.changes) files.push(await fileOf(registry, loaded, plan, change));
  const subject = subjectOf(plan);
  const message = formatMessage(subject, plan.reason, trailersOf(plan, circumstance.actor, transaction));
  return {
    files,
    needs: decidingFiles(registry, model),
    staged,
    message,
    hooks,
    result: {
      decision,
      files: files.map((file) => file.path),
      subject,
      warnings: files.flatMap((file) => file.warnings),
    },
  };
}

/** Runs a transition of one model. */
export async function runTransition(
  registry: Registry,
  model: string,
  decide: Decide,
  settings: TransitionSettings,
): Promise<TransitionOutcome> {
  const read = readAhead(registry, model);
  const outcome = await transact(registry.repository, {
    ...settings,
    prepare: (base, identity, transaction) =>
      prepare(registry, model, read, decide, base, identity, transaction),
  });
  const { decision, files, subject, warnings } = outcome.result;
  if (decision.kind === 'unchanged') {
    return {
      kind: 'unchanged',
      operation: decision.operation,
      model,
      version: decision.version,
      from: decision.status,
      to: decision.status,
      subject: decision.message,
      commit: null,
      pushed: false,
      warnings: [...decision.warnings],
      answer: decision.answer ?? {},
      files: [],
      next: decision.version === null ? [] : [`mlc show ${model}@${decision.version}`],
      message: decision.message,
    };
  }
  const { plan } = decision;
  return {
    kind: outcome.commit === null ? 'planned' : 'done',
    operation: plan.operation,
    model,
    version: plan.version,
    from: plan.from,
    to: plan.to,
    subject,
    commit: outcome.commit,
    pushed: outcome.pushed,
    warnings: [...plan.warnings, ...warnings, ...outcome.warnings],
    answer: { transaction: outcome.transaction, ...plan.answer },
    files,
    next: plan.next ?? [],
  };
}

/** Runs a transition of the version that an address names. The address is read anew on every attempt. */
export async function runVersionTransition(
  registry: Registry,
  address: string,
  decide: (
    loaded: LoadedModel,
    version: VersionRecord,
    circumstance: Circumstance,
  ) => Decision | Promise<Decision>,
  settings: TransitionSettings,
): Promise<TransitionOutcome> {
  const parsed = parseAddress(address);
  if ('code' in parsed) throw usage(parsed.code, parsed.message, parsed.hint);
  return runTransition(
    registry,
    parsed.model,
    (loaded, circumstance) => decide(loaded, versionIn(loaded, parsed.selector), circumstance),
    settings,
  );
}

/** The version that a selector means in a loaded model. */
export function versionIn(loaded: LoadedModel, selector: string): VersionRecord {
  const { state } = loaded;
  const found = selectVersion(state.model.model_id, selector, state.versions, environmentNames(state.config));
  if ('code' in found) throw usage(found.code, found.message, found.hint);
  return found;
}
