// Starting things: a registry in a repository (made where there is none), and a model in a registry.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { refusal, usage } from '../errors.js';
import { readObjects } from '../git/objects.js';
import type { Identity } from '../git/repository.js';
import type { Model } from '../generated/types.js';
import { formatMessage } from '../lifecycle/commit-message.js';
import type { OperationName } from '../lifecycle/decisions.js';
import { modelIdProblem } from '../lifecycle/identifiers.js';
import type { Warning } from '../lifecycle/problems.js';
import { type CiHost, type CiPlan, ciPlaces, planCi } from './ci-files.js';
import { collidingModel, loadConfig } from './load.js';
import type { Prepared } from './landing.js';
import { configFile, editorSchemas, gateFile, modelFile, schemaFolder, schemaReference } from './paths.js';
import { readRecord } from './read-record.js';
import { type Registry, notARegistry } from './registry.js';
import { readSchemaText, readTemplate } from './resources.js';
import { transact } from './transact.js';
import type { TransitionSettings } from './transition.js';
import { renderFile } from './yaml-write.js';

/** What was started. */
export interface StartOutcome {
  kind: 'done' | 'planned' | 'unchanged';
  commit: string | null;
  pushed: boolean;
  files: string[];
  warnings: Warning[];
  transaction: string;
}

const attributesMark = '# mlc: records are kept byte for byte, and two edits of one record conflict';
const attributesLines = (prefix: string): string =>
  `${attributesMark}\n${prefix}models/** -text -filter -ident -merge\n${prefix}mlc.yaml -text -filter -ident -merge\n`;

/** What `init` would write where there is no repository yet. */
export function filesOfNewRegistry(ci: CiHost | undefined): string[] {
  return [
    configFile,
    '.gitattributes',
    ...editorSchemas.map((schema) => `${schemaFolder}/${schema}.schema.json`),
    ...(ci === undefined ? [] : ciPlaces[ci].slice(0, 1)),
  ];
}

/** The files that `init` would write on top of a commit: those that are missing there or out of date. Whoever starts a registry owns its policy; without a start, mlc.yaml is left alone. */
export async function initFiles(
  registry: Registry,
  base: string | null,
  start: { name: string; owner: string } | undefined,
): Promise<{ path: string; content: Buffer }[]> {
  const { repository, prefix } = registry;
  const wanted = new Map<string, string>();
  const nameOf = (file: string): string => `${base}:${file}`;
  const files = [
    `${prefix}${configFile}`,
    '.gitattributes',
    ...editorSchemas.map((schema) => `${prefix}${schemaFolder}/${schema}.schema.json`),
  ];
  const present = base === null ? new Map() : await readObjects(repository, files.map(nameOf));
  const textOf = (file: string): string | undefined =>
    (present.get(nameOf(file)) as { content: Buffer } | undefined)?.content.toString('utf8');
  const config = `${prefix}${configFile}`;
  if (start && textOf(config) === undefined) {
    const template = await readTemplate('mlc.yaml');
    const text = template
      .replace('{{schema}}', () => schemaReference(configFile, 'config'))
      .replace('{{name}}', () => JSON.stringify(start.name))
      .replace('{{owner}}', () => JSON.stringify(start.owner));
    const read = await readRecord('config', { kind: 'config' }, Buffer.from(text, 'utf8'), config);
    if (read.problems.length > 0) {
      throw usage(
        'init/name',
        `a registry cannot be called "${start.name}"`,
        '--name acme-models',
        read.problems,
      );
    }
    wanted.set(config, text);
  }
  const attributes = textOf('.gitattributes') ?? '';
  if (!attributes.includes(attributesLines(prefix))) {
    const kept = attributes === '' || attributes.endsWith('\n') ? attributes : `${attributes}\n`;
    wanted.set('.gitattributes', `${kept}${attributesLines(prefix)}`);
  }
  for (const schema of editorSchemas) {
    const file = `${prefix}${schemaFolder}/${schema}.schema.json`;
    const text = await readSchemaText(schema);
    if (textOf(file) !== text) wanted.set(file, text);
  }
  return [...wanted].map(([file, text]) => ({ path: file, content: Buffer.from(text, 'utf8') }));
}

async function land(
  registry: Registry,
  settings: TransitionSettings,
  operation: OperationName,
  subject: string,
  reason: string | undefined,
  model: string | undefined,
  filesFor: (
    base: string | null,
    identity: Identity,
  ) => Promise<{ files: { path: string; content: Buffer }[]; needs: string[]; hooks: 'run' | 'skip' }>,
): Promise<StartOutcome> {
  const outcome = await transact(registry.repository, {
    ...settings,
    prepare: async (
      base: string | null,
      identity: Identity,
      transaction: string,
    ): Promise<Prepared<string[]>> => {
      const { files, needs, hooks } = await filesFor(base, identity);
      const trailers = {
        operation,
        actor: identity.actor,
        transaction,
        ...(model === undefined ? {} : { model }),
      };
      return {
        files,
        needs,
        hooks,
        message: formatMessage(subject, reason, trailers),
        result: files.map((file) => file.path),
      };
    },
  });
  const kind = outcome.result.length === 0 ? 'unchanged' : outcome.commit === null ? 'planned' : 'done';
  return {
    kind,
    commit: outcome.commit,
    pushed: outcome.pushed,
    files: outcome.result,
    warnings: outcome.warnings,
    transaction: outcome.transaction,
  };
}

/** Starts a registry, or brings what `init` writes up to date in one that is there. */
export async function startRegistry(
  registry: Registry,
  name: string,
  reason: string | undefined,
  settings: TransitionSettings & { ci?: CiHost | undefined },
): Promise<StartOutcome> {
  let job: CiPlan = { files: [], warnings: [] };
  const subject = `init: registry ${name}`;
  const outcome = await land(registry, settings, 'init', subject, reason, undefined, async (base, who) => {
    if (settings.ci !== undefined) job = await planCi(registry, settings.ci, base);
    const started = await initFiles(registry, base, { name, owner: who.actor });
    return { files: [...started, ...job.files], needs: [], hooks: 'run' };
  });
  return { ...outcome, warnings: [...outcome.warnings, ...job.warnings] };
}

/** Adds a model: its description and a gate to be filled in. */
export async function addModel(
  registry: Registry,
  model: Model,
  gateTemplate: string | undefined,
  reason: string | undefined,
  settings: TransitionSettings,
): Promise<StartOutcome> {
  const id = model.model_id;
  const wrong = modelIdProblem(id);
  if (wrong) throw usage(wrong.code, wrong.message, wrong.hint);
  const [modelPath, gatePath] = [modelFile(id), gateFile(id)];
  const gateText = (gateTemplate ?? (await readTemplate('gate.yaml'))).replace(
    '{{schema}}',
    schemaReference(gatePath, 'gate'),
  );
  const contents = {
    model: Buffer.from(await renderFile(model, schemaReference(modelPath, 'model'))),
    gate: Buffer.from(gateText),
  };
  const checked = [
    await readRecord('model', { kind: 'model', model: id }, contents.model, modelPath),
    await readRecord('gate', { kind: 'gate', model: id }, contents.gate, gatePath),
  ];
  const problems = checked.flatMap((read) => read.problems);
  if (problems.length > 0)
    throw usage('record/invalid', `the model ${id} would not be valid`, undefined, problems);
  return land(
    registry,
    settings,
    'model-add',
    `model-add(${id}): owned by ${model.owner}`,
    reason,
    id,
    async (base) => {
      if (base === null) throw notARegistry(registry);
      const config = await loadConfig(registry, base);
      const names = [modelPath, gatePath].map((file) => `${base}:${registry.prefix}${file}`);
      if ((await readObjects(registry.repository, names)).size > 0)
        throw refusal('model/exists', `there is a model "${id}" already`, `mlc list ${id}`);
      const other = await collidingModel(registry, base, id);
      if (other !== undefined)
        throw refusal(
          'model/collides',
          `"${id}" and the model "${other}" differ in nothing but ".", "_" and "-", and people would mistake one for the other`,
          'choose another id',
        );
      return {
        files: [
          { path: `${registry.prefix}${modelPath}`, content: contents.model },
          { path: `${registry.prefix}${gatePath}`, content: contents.gate },
        ],
        needs: [`${registry.prefix}${configFile}`],
        hooks: config.git?.hooks ?? 'run',
      };
    },
  );
}

/** Reads a gate that a user hands in with `model add --gate`. */
export async function readGateFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw usage('path/not-found', `${path.basename(file)} cannot be read`, `ls ${file}`);
  }
}
