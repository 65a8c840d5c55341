// Loads a model as one commit has it: configuration, model, gate and every version, checked.
import { refusal, usage } from '../errors.js';
import { listNames, readObjects } from '../git/objects.js';
import { foldersOf, treeName } from '../git/trees.js';
import type { EvaluationGate, Model, RegistryConfiguration, VersionRecord } from '../generated/types.js';
import type { ModelState } from '../lifecycle/decisions.js';
import { collisionKey, modelIdProblem } from '../lifecycle/identifiers.js';
import type { Problem } from '../lifecycle/problems.js';
import { didYouMean } from '../lifecycle/similarity.js';
import { missingObject } from './entry-problems.js';
import { readModelFiles } from './model-files.js';
import { configFile, gateFile, modelFile, modelFolder, roleOf } from './paths.js';
import { type LedgerContent, isReadWhole, readLedger } from './load-ledger.js';
import { type ReadRecord, type RecordKind, readRecord } from './read-record.js';
import { type Registry, notARegistry } from './registry.js';
import { createHash } from 'node:crypto';

/** A file as the commit has it. */
interface LoadedFile {
  /** Relative to the repository. */
  path: string;
  oid: string;
  text: string;
}

/** A model as one commit has it. */
export interface LoadedModel {
  commit: string;
  state: ModelState;
  /** Every file of the model that was read, by its path relative to the registry. */
  files: ReadonlyMap<string, LoadedFile>;
  /** SHA-256 of the gate file's bytes. */
  gateDigest: string | undefined;
}

/** The configuration's bytes as a commit has them. The commit and folders of it are read in the same call, for what comes after. */
async function readConfig(
  registry: Registry,
  commit: string,
  folders: readonly string[] = [],
): Promise<Buffer> {
  const name = `${commit}:${registry.prefix}${configFile}`;
  const names = [name, commit, ...folders.map((folder) => treeName(commit, folder))];
  const object = (await readObjects(registry.repository, names)).get(name);
  if (object?.type !== 'blob') throw notARegistry(registry);
  return object.content;
}

async function checkConfig(content: Buffer): Promise<RegistryConfiguration> {
  return usable(await readRecord('config', { kind: 'config' }, content, configFile)).data;
}

/** The configuration as a commit has it. */
export async function loadConfig(registry: Registry, commit: string): Promise<RegistryConfiguration> {
  return checkConfig(await readConfig(registry, commit));
}

function usable<K extends RecordKind>(
  read: ReadRecord<K>,
): { data: NonNullable<ReadRecord<K>['data']>; text: string } {
  if (read.data !== undefined && read.problems.length === 0) return { data: read.data, text: read.text };
  const file = read.problems[0]?.file ?? '';
  throw refusal(
    'record/invalid',
    `${file} is not valid, and a transition that needs it is refused`,
    'mend it and commit it: mlc validate',
    read.problems,
  );
}

/** The ids of all models in a commit. */
export async function listModels(registry: Registry, commit: string): Promise<string[]> {
  const entries = await listNames(registry.repository, `${commit}`, [`${registry.prefix}models/`]);
  const models = new Set<string>();
  for (const entry of entries) {
    const role = roleOf(entry.path.slice(registry.prefix.length));
    if (role.kind === 'model') models.add(role.model);
  }
  return [...models].sort();
}

/** The refusal for a model that the registry does not have. */
export async function unknownModel(registry: Registry, commit: string, model: string): Promise<Error> {
  const wrong = modelIdProblem(model);
  if (wrong) return usage(wrong.code, wrong.message, wrong.hint);
  const known = await listModels(registry, commit);
  const hint = known.length === 0 ? `add it: mlc model add ${model}` : didYouMean(model, known);
  return usage('model/unknown', `there is no model "${model}" in this registry`, hint);
}

/** The model whose id differs from this one in nothing but `.`, `_` and `-`, if there is one. */
export async function collidingModel(
  registry: Registry,
  commit: string,
  model: string,
): Promise<string | undefined> {
  const known = await listModels(registry, commit);
  return known.find((id) => id !== model && collisionKey(id) === collisionKey(model));
}

/** A model that was read as far as it can be. */
export interface ReadModel {
  loaded: LoadedModel;
  /** What is wrong with the files that were left out. */
  problems: Problem[];
}

/** Reads a model; records that are not valid are left out and told. Only model.yaml and mlc.yaml have to be valid. */
export async function readModel(registry: Registry, commit: string, model: string): Promise<ReadModel> {
  if (modelIdProblem(model)) throw await unknownModel(registry, commit, model);
  const { prefix } = registry;
  const folder = `${prefix}${modelFolder(model)}`;
  const policy = await readConfig(registry, commit, foldersOf([`${folder}/versions/x`]));
  const reading = readModelFiles(registry, commit, folder);
  // The configuration may be refused first.
  reading.catch(() => undefined);
  const config = await checkConfig(policy);
  const { roles, entries, objects } = await reading;
  if (!entries.some(({ role }) => role.kind === 'model')) throw await unknownModel(registry, commit, model);
  const problems = entries.flatMap(({ blocked }) => blocked ?? []);
  const files = new Map<string, LoadedFile>();
  const versions = new Map<string, VersionRecord>();
  const inLedger: LedgerContent[] = [];
  let [description, gate, gateDigest]: [Model?, EvaluationGate?, string?] = [];
  for (const { entry, role, blocked } of entries) {
    if (blocked) continue;
    const content = objects.get(entry.oid)?.content;
    if (content === undefined) {
      problems.push(missingObject(entry.oid, entry.path));
      continue;
    }
    files.set(entry.path.slice(prefix.length), {
      path: entry.path,
      oid: entry.oid,
      text: content.toString('utf8'),
    });
    if (isReadWhole(role)) inLedger.push({ path: entry.path, role, content });
    if (role.kind === 'model')
      description = usable(await readRecord('model', role, content, entry.path)).data;
    if (role.kind === 'gate') {
      const read = await readRecord('gate', role, content, entry.path);
      problems.push(...read.problems);
      gate = read.problems.length === 0 ? read.data : undefined;
      gateDigest = createHash('sha256').update(content).digest('hex');
    }
    if (role.kind === 'version') {
      const read = await readRecord('version', role, content, entry.path);
      problems.push(...read.problems);
      if (read.data) versions.set(role.version, read.data);
    }
  }
  const { ledger, problems: ledgerProblems } = await readLedger(roles, inLedger);
  problems.push(...ledgerProblems);
  if (!description)
    throw refusal('record/invalid', `model.yaml of ${model} is not a plain file`, 'mlc validate', problems);
  return {
    loaded: { commit, state: { config, model: description, gate, versions, ledger }, files, gateDigest },
    problems,
  };
}

/** Loads a model. Refuses where any of its files is invalid: a decision on half of the records would be wrong. */
export async function loadModel(registry: Registry, commit: string, model: string): Promise<LoadedModel> {
  const { loaded, problems } = await readModel(registry, commit, model);
  if (problems.length === 0) return loaded;
  throw refusal(
    'record/invalid',
    `records of ${model} are not valid, and a decision on the rest would be wrong`,
    'mend them and commit: mlc validate',
    problems,
  );
}

/** The files of a model that a decision is read from, beside the records that it changes. */
export function decidingFiles(registry: Registry, model: string): string[] {
  return [configFile, modelFile(model), gateFile(model)].map((file) => `${registry.prefix}${file}`);
}
