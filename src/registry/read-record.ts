// One file of a registry: bytes to checked data, or to the problems that stand in the way.
import {
  gateFileProblems,
  modelFileProblems,
  versionProblems,
  type PathProblem,
} from '../lifecycle/consistency.js';
import type { EvaluationGate, Model, RegistryConfiguration, VersionRecord } from '../generated/types.js';
import type { Problem } from '../lifecycle/problems.js';
import { type FileRole } from './paths.js';
import { showPath } from '../lifecycle/key-path.js';
import { loadSchema, schemaProblems } from './schema-problems.js';
import type { KnownPieces } from './yaml-pieces.js';
import { type ReadYaml, readYaml } from './yaml-read.js';
import { problemAt } from './yaml-text.js';

/** The data of each kind of file. */
interface RecordTypes {
  config: RegistryConfiguration;
  model: Model;
  gate: EvaluationGate;
  version: VersionRecord;
}

export type RecordKind = keyof RecordTypes;

/** A file that was read, with what is wrong with it. `data` is there where its shape is right. */
export interface ReadRecord<K extends RecordKind> {
  data: RecordTypes[K] | undefined;
  text: string;
  problems: Problem[];
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
  return problems;
}

function ruleProblems(role: FileRole, data: unknown): PathProblem[] {
  if (role.kind === 'version') return versionProblems(data as VersionRecord);
  if (role.kind === 'model') return modelFileProblems(data as Model);
  if (role.kind === 'gate') return gateFileProblems(data as EvaluationGate);
  return [];
}

/** Reads and checks one file. `file` names it in problems; `known` as `readYaml` takes it. */
export async function readRecord<K extends RecordKind>(
  kind: K,
  role: FileRole,
  bytes: Buffer,
  file: string,
  known?: KnownPieces,
): Promise<ReadRecord<K>> {
  const read = await readYaml(bytes, file, known);
  if (!read.ok) return { data: undefined, text: '', problems: read.problems };
  const { value } = read;
  const schema = await loadSchema(kind);
  const bySchema = await schemaProblems(schema, value, file);
  if (bySchema.length > 0) return { data: undefined, text: value.text, problems: bySchema };
  const found = [...identityProblems(role, value.data), ...ruleProblems(role, value.data)];
  const problems = await located(value, file, found);
  return { data: value.data as unknown as RecordTypes[K], text: value.text, problems };
}
