// Examines whether every model has people who can act on it: approvers beside whoever registers its versions.
import { readObjects } from '../../git/objects.js';
import type { Model, VersionRecord } from '../../generated/types.js';
import { distinctPeople, isBot, samePerson } from '../../lifecycle/people.js';
import { type ResolvedPolicy, approvalsNeeded, resolvePolicy, riskClassOf } from '../../lifecycle/policy.js';
import { listOf } from '../../lifecycle/problems.js';
import { loadConfig } from '../load.js';
import { modelFile, roleOf, versionFile } from '../paths.js';
import { type RecordKind, readRecord } from '../read-record.js';
import { survey } from '../survey.js';
import { type Examination, type Found, type Subject, doubtful } from './examination.js';

/** Records as the commit has them, by their paths in the registry; those that cannot be read are told elsewhere. */
async function readRecords<K extends RecordKind>(
  { registry: { repository, prefix }, commit }: Subject,
  kind: K,
  files: readonly string[],
): Promise<Map<string, NonNullable<Awaited<ReturnType<typeof readRecord<K>>>['data']>>> {
  const nameFor = (file: string): string => `${commit}:${prefix}${file}`;
  const objects = await readObjects(repository, files.map(nameFor));
  const data = new Map<string, NonNullable<Awaited<ReturnType<typeof readRecord<K>>>['data']>>();
  for (const file of files) {
    const object = objects.get(nameFor(file));
    if (object?.type !== 'blob') continue;
    const read = await readRecord(kind, roleOf(file), object.content, file);
    if (read.data !== undefined) data.set(file, read.data);
  }
  return data;
}

/** How many people have to be there, and which of the approvers are. */
function approversFor(
  model: Model,
  record: VersionRecord | undefined,
  policy: ResolvedPolicy | undefined,
): { needed: number; left: string[] } {
  const needed = policy ? approvalsNeeded(policy, riskClassOf(model, record)) : 1;
  const people = distinctPeople(model.approvers).filter((person) => !isBot(person, policy?.bots ?? []));
  const registrant = record?.registered_by;
  return {
    needed,
    left: people.filter((person) => registrant === undefined || !samePerson(person, registrant)),
  };
}

function finding(
  file: string,
  model: Model,
  record: VersionRecord | undefined,
  needed: number,
  left: string[],
): Found {
  const some = left.length === 0 ? 'nobody' : `only ${listOf(left)}`;
  const besides = record ? ` besides ${record.registered_by}, who registered ${record.version}` : '';
  return doubtful(
    'approval/too-few-approvers',
    `${model.model_id} asks for ${needed === 1 ? 'an approval' : `${needed} approvals`}, and ${some} could give one${besides}`,
    `have the owner, ${model.owner}, add an approver`,
    file,
  );
}

/** The versions whose registrants count: the newest of each model, and those that wait for a review. */
async function versionsToLookAt(
  subject: Subject,
): Promise<{ models: string[]; versions: Map<string, string[]> }> {
  const { models, versions } = await survey(subject.registry, subject.commit ?? '');
  const chosen = new Map<string, string[]>();
  for (const { model, version, status } of versions) {
    const known = chosen.get(model);
    if (!known) chosen.set(model, [version]);
    else if (status === 'registered') known.push(version);
  }
  return { models: [...models.keys()].sort(), versions: chosen };
}

async function examineModels(subject: Subject): Promise<Found[]> {
  const { models, versions } = await versionsToLookAt(subject);
  const policy = await loadConfig(subject.registry, subject.commit ?? '').then(
    resolvePolicy,
    () => undefined,
  );
  const filesOf = (id: string): string[] =>
    (versions.get(id) ?? []).map((version) => versionFile(id, version));
  const [described, registered] = [
    await readRecords(subject, 'model', models.map(modelFile)),
    await readRecords(subject, 'version', models.flatMap(filesOf)),
  ];
  const found: Found[] = [];
  for (const id of models) {
    const file = modelFile(id);
    const model = described.get(file);
    if (!model) continue;
    const files = filesOf(id);
    for (const record of files.length > 0 ? files.map((name) => registered.get(name)) : [undefined]) {
      const { needed, left } = approversFor(model, record, policy);
      if (left.length >= needed) continue;
      found.push(finding(`${subject.registry.prefix}${file}`, model, record, needed, left));
      break;
    }
  }
  return found;
}

export const models: Examination = {
  name: 'models',
  title: 'approvers',
  examine: async (subject) => (subject.commit === null ? [] : examineModels(subject)),
};
