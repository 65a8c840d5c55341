// One file of a registry: bytes to checked data, or to the problems that stand in the way.
import {
  gateFileProblems,
  modelFileProblems,
  versionProblems,
  type PathProblem,
} from '../lifecycle/consistency.js';
import type {
  EvaluationGate,
  Incident,
  Model,
  ModelEvent,
  MonitoringReport,
  ReferenceProfile,
  RegistryConfiguration,
  RetrainingRequest,
  VersionRecord,
} from '../generated/types.js';
import { type LedgerKind, reportId } from '../lifecycle/ledger.js';
import type { Problem } from '../lifecycle/problems.js';
import { type FileRole, isLedgerRole } from './paths.js';
import { withTellablePath, withoutPrivateLines } from './private-settings.js';
import { requestId } from './request-id.js';
import { showPath } from '../lifecycle/key-path.js';
import { loadSchema, schemaProblems } from './schema-problems.js';
import type { KnownPieces } from './yaml-pieces.js';
import { type ReadYaml, readYaml } from './yaml-read.js';
import { withoutFoundSecrets } from './secret-warnings.js';
import { maximumBytes, problemAt } from './yaml-text.js';

/** The data of each kind of file. */
interface RecordTypes {
  config: RegistryConfiguration;
  model: Model;
  gate: EvaluationGate;
  version: VersionRecord;
  report: MonitoringReport;
  event: ModelEvent;
  request: RetrainingRequest;
  incident: Incident;
  profile: ReferenceProfile;
}

export type RecordKind = keyof RecordTypes;

/** A file that was read, with what is wrong with it. `data` is there where its shape is right. */
export interface ReadRecord<K extends RecordKind> {
  data: RecordTypes[K] | undefined;
  text: string;
  problems: Problem[];
}

const credentialCodes: readonly string[] = ['hand-over/credential-in-settings', 'hand-over/variable-name'];

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function located(read: ReadYaml, file: string, found: readonly PathProblem[]): Promise<Problem[]> {
  if (found.length === 0) return [];
  const { locator } = await import('./key-places.js');
  const { valueAt } = locator(read.text);
  return found.map(({ at, ...rest }) =>
    problemAt(file, read.text, { ...rest, offset: valueAt(at) }, showPath(at)),
  );
}

/** Problems of a file whose ids do not agree with its path: a copied or renamed record. */
function identityProblems(role: FileRole, data: Record<string, unknown>): PathProblem[] {
  const problems: PathProblem[] = [];
  const expect = (key: string, wanted: string): void => {
    if (data[key] === wanted) return;
    problems.push({
      code: 'record/path',
      message: `${key} is "${String(data[key])}" and the file's path says "${wanted}"`,
      hint: 'records are never renamed or copied: give the file the name that it says, or register a new version',
      at: [key],
    });
  };
  if (role.kind === 'model' || role.kind === 'version') expect('model_id', role.model);
  if (role.kind === 'version') expect('version', role.version);
  if (!isLedgerRole(role)) return problems;
  expect('model_id', role.model);
  const named = ledgerId(role.kind, data);
  if (named !== undefined && named !== role.id)
    problems.push({
      code: 'record/path',
      message: `what the file says belongs into ${named}.yaml, and it is called ${role.id}.yaml`,
      hint: 'files of a ledger are never renamed, copied or edited: let mlc write them',
      at: [role.kind === 'report' ? 'window' : 'id'],
    });
  return problems;
}

/** The id that the content of a ledger's file gives it. */
function ledgerId(kind: LedgerKind, data: Record<string, unknown>): string | undefined {
  if (kind === 'report') {
    const { version, signal, window } = data as unknown as MonitoringReport;
    return reportId({ version, signal, end: window.end });
  }
  if (kind === 'request') return requestId(data as unknown as RetrainingRequest);
  if (kind === 'profile') return `${String(data.version)}/${String(data.signal)}`;
  return String(data.id);
}

function ruleProblems(role: FileRole, data: unknown): PathProblem[] {
  if (role.kind === 'version') return versionProblems(data as VersionRecord);
  if (role.kind === 'model') return modelFileProblems(data as Model);
  if (role.kind === 'gate') return gateFileProblems(data as EvaluationGate);
  return [];
}

/** What is wrong with the hand-over of a model. Its line is never quoted: what is wrong may be a credential in it. */
async function handOverFaults(
  role: FileRole,
  data: Record<string, unknown>,
  file: string,
): Promise<Problem[]> {
  const target = role.kind === 'model' ? (data as unknown as Model).retraining?.hand_over : undefined;
  if (!target) return [];
  const { handOverProblems } = await import('../orchestrators/configuration.js');
  return handOverProblems(target).map((found) => ({ ...withTellablePath(found), file }));
}

/** The credentials in the settings of a hand-over that the schema refuses, as far as there are settings. */
async function misplacedCredentials(
  role: FileRole,
  data: Record<string, unknown>,
  file: string,
): Promise<Problem[]> {
  const retraining = role.kind === 'model' ? data.retraining : undefined;
  if (!isMapping(retraining) || !isMapping(retraining.hand_over)) return [];
  const { to, ...settings } = retraining.hand_over;
  // Only a text may name a target: anything else could not be looked up.
  const found = await handOverFaults(
    role,
    { retraining: { hand_over: typeof to === 'string' ? { to, ...settings } : settings } },
    file,
  );
  return found.filter(({ code }) => credentialCodes.includes(code));
}

/** Reads and checks one file. `file` names it in problems; `known` as `readYaml` takes it. */
export async function readRecord<K extends RecordKind>(
  kind: K,
  role: FileRole,
  bytes: Buffer,
  file: string,
  known?: KnownPieces,
): Promise<ReadRecord<K>> {
  const tellable = (problems: Problem[], text: string): Problem[] => {
    if (problems.length === 0) return problems;
    const found = text.length > maximumBytes ? problems : withoutFoundSecrets(problems, text);
    return kind === 'model' ? withoutPrivateLines(found, text) : found;
  };
  const read = await readYaml(bytes, file, known);
  if (!read.ok)
    return { data: undefined, text: '', problems: tellable(read.problems, bytes.toString('utf8')) };
  const { value } = read;
  const schema = await loadSchema(kind);
  const bySchema = await schemaProblems(schema, value, file);
  if (bySchema.length > 0) {
    const problems = [...bySchema, ...(await misplacedCredentials(role, value.data, file))];
    return { data: undefined, text: value.text, problems: tellable(problems, value.text) };
  }
  const found = [...identityProblems(role, value.data), ...ruleProblems(role, value.data)];
  const problems = [
    ...(await located(value, file, found)),
    ...(await handOverFaults(role, value.data, file)),
  ];
  const data = value.data as unknown as RecordTypes[K];
  return { data, text: value.text, problems: tellable(problems, value.text) };
}
