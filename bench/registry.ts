// Builds a large registry for measuring: real records of the example models, varied, committed by git fast-import.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { renderYaml } from '../src/registry/yaml-write.js';
import type { Model, VersionRecord } from '../src/generated/types.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(root, 'bin', 'mlc.js');
const examples = path.join(root, 'examples', 'breast-cancer');
const versionsPerModel = 20;

/** The environment of one person at one moment. */
export function as(person: 'ada' | 'grace', at: string): NodeJS.ProcessEnv {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  return {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_DATE: at,
  };
}

function mlc(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  execFileSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Takes two example models into a registry, so that the records to vary are what mlc itself writes. */
function makeSeed(folder: string): { model: Model; records: VersionRecord[] } {
  const early = '2026-11-20T09:00:00Z';
  const late = '2026-11-24T09:00:00Z';
  mkdirSync(folder, { recursive: true });
  mlc(folder, ['init', '--name', 'bench'], as('ada', early));
  const added = [
    'model',
    'add',
    'seed',
    '--owner',
    'Ada <ada@example.com>',
    '--intended-use',
    'measure',
    '--risk',
    'limited',
    '--approver',
    'grace@example.com',
    '--gate',
    path.join(examples, 'gate.yaml'),
  ];
  mlc(folder, added, as('ada', early));
  for (const [example, version] of [
    ['logistic', '1.0.0'],
    ['logistic-retrained', '1.1.0'],
  ] as const) {
    const from = [
      'register',
      'seed',
      '--from',
      path.join(examples, example, 'evidence.yaml'),
      '--results',
      path.join(examples, example, 'results.json'),
    ];
    mlc(
      folder,
      [
        ...from,
        '--commit',
        '0123456789abcdef',
        '--risk',
        'limited',
        '--substantial-modification',
        'no',
        '--modification-reason',
        'same purpose',
      ],
      as('ada', late),
    );
    mlc(folder, ['approve', `seed@${version}`, '-m', 'numbers checked'], as('grace', late));
  }
  mlc(folder, ['deploy', 'seed@1.0.0', '--env', 'staging', '--pattern', 'blue-green'], as('ada', late));
  const read = (file: string): unknown =>
    parse(readFileSync(path.join(folder, 'models', 'seed', file), 'utf8'));
  return {
    model: read('model.yaml') as Model,
    records: ['1.0.0', '1.1.0'].map((version) => read(`versions/${version}.yaml`) as VersionRecord),
  };
}

function vary(record: VersionRecord, model: string, version: string, number: number): VersionRecord {
  const digest = (text: string): string => createHash('sha256').update(`${text}${number}`).digest('hex');
  return {
    ...record,
    model_id: model,
    version,
    status: 'approved',
    evaluation_results: { ...record.evaluation_results, accuracy: 0.95 + (number % 500) / 10_000 },
    ...(record.training ? { training: { ...record.training, seed: number } } : {}),
    artifacts: (record.artifacts ?? []).map((artifact) => ({ ...artifact, sha256: digest(artifact.uri) })),
    deployment_history: [],
  };
}

function fileEntry(name: string, text: string): string {
  return `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

/** A registry of at least `size` version records; answers its folder's models. */
export function buildRegistry(folder: string, size: number): { models: string[]; records: number } {
  rmSync(folder, { recursive: true, force: true });
  const { model, records } = makeSeed(folder);
  const gate = readFileSync(path.join(folder, 'models', 'seed', 'gate.yaml'), 'utf8');
  const models = Array.from(
    { length: Math.ceil(size / versionsPerModel) },
    (_, index) => `model-${String(index).padStart(5, '0')}`,
  );
  const stream = [
    'commit refs/heads/main\ncommitter Ada <ada@example.com> 1795600000 +0000\ndata 5\nbench\nfrom refs/heads/main^0\n',
  ];
  let number = 0;
  for (const id of models) {
    stream.push(
      fileEntry(`models/${id}/model.yaml`, renderYaml({ ...model, model_id: id })),
      fileEntry(`models/${id}/gate.yaml`, gate),
    );
    for (let index = 0; index < versionsPerModel; index++) {
      number += 1;
      const version = `1.${index}.0`;
      const varied = vary(records[index % records.length] as VersionRecord, id, version, number);
      stream.push(fileEntry(`models/${id}/versions/${version}.yaml`, renderYaml(varied)));
    }
  }
  const env = as('ada', '2026-11-24T10:00:00Z');
  const imported = spawnSync('git', ['fast-import', '--quiet'], {
    cwd: folder,
    env,
    input: stream.join(''),
    maxBuffer: 1 << 30,
  });
  if (imported.status !== 0) throw new Error(imported.stderr.toString());
  execFileSync('git', ['reset', '--hard', '--quiet'], { cwd: folder, env });
  execFileSync('git', ['gc', '--quiet'], { cwd: folder, env });
  return { models, records: number };
}
