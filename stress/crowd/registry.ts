// The registry that a crowd works on: four models with enough versions that reading them is cached.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type World, worldIn } from '../../test/support/world.js';

/** The models of the registry. */
export const models = ['churn', 'fraud', 'pricing', 'ranking'] as const;

const versionsEach = 18;
const day = 86_400_000;
const begun = Date.now();

/** A time some days before the run, as git and mlc take it. */
function daysAgo(days: number): string {
  return new Date(begun - days * day).toISOString().replace(/\.\d+/, '');
}

const gate = `schema: mlc/gate@1
baseline: {version: production, on_missing: bootstrap}
metrics:
  accuracy: {better: higher}
checks:
  - {id: accuracy-floor, kind: offline, metric: accuracy, min: 0.9}
`;

/** Files that writers hand in. */
export interface Material {
  results: string;
  report: string;
  gate: string;
}

/** Writes the files that writers hand in. */
export async function writeMaterial(folder: string): Promise<Material> {
  await mkdir(folder, { recursive: true });
  const contents = {
    results: '{"accuracy": 0.95, "evaluation_dataset": "golden@v1"}',
    report: '[{"feature": "tenure", "method": "psi", "value": 0.11, "threshold": 0.2}]',
    gate,
  };
  const file = (name: string): string => path.join(folder, name);
  for (const [name, text] of Object.entries(contents)) await writeFile(file(name), text);
  return { results: file('results'), report: file('report'), gate: file('gate') };
}

/** The words that register one training of a model; the same training is the same version. */
export function registering(
  model: string,
  training: string,
  { results }: Material,
  change = 'retraining',
): string[] {
  const digest = createHash('sha256').update(`${model} ${training}`).digest('hex');
  return [
    ...['register', model, '--change', change, '--results', results, '--gdpr-status', 'assessed'],
    ...['--run', `runs:/${training}`, '--dataset', `train@${training}`, '--commit', '0123456789abcdef'],
    ...['--seed', '17', '--architecture', 'logistic', '--started-at', daysAgo(9)],
    ...['--artifact', `s3://models/weights=${digest}`],
  ];
}

async function addModel(world: World, model: string, material: Material): Promise<void> {
  const about = ['--owner', 'Ada <ada@example.com>', '--intended-use', 'rank', '--risk', 'limited'];
  const approvers = ['--approver', 'grace@example.com', '--approver', 'alan@example.com'];
  const words = ['model', 'add', model, ...about, '--gate', material.gate, ...approvers];
  await world.ok(words, { at: daysAgo(10) });
}

/** Builds the registry in an empty folder, by the program's own commands. */
export async function buildRegistry(folder: string, material: Material): Promise<void> {
  await mkdir(folder, { recursive: true });
  const world = worldIn(folder);
  await world.ok(['init', '--name', 'crowd'], { at: daysAgo(10) });
  for (const model of models) await addModel(world, model, material);
  for (const model of models)
    for (let number = 0; number < versionsEach; number++) {
      const change = number === 0 ? 'architecture' : 'retraining';
      await world.ok(registering(model, `v${number}`, material, change), { at: daysAgo(8) });
    }
  for (const model of models)
    for (const number of [0, 1, 2])
      await world.ok(['approve', `${model}@1.${number}.0`], { as: 'grace', at: daysAgo(7) });
  await world.write('notes/user.txt', 'first\n');
  world.git('add', 'notes');
  world.git('commit', '-qm', 'notes');
}
