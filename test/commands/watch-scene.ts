// Registries that are watched: a version that serves, a plan for watching it, and reports to hand in.
import { copyOf, fileWith } from './support.js';
import { type RunSettings, type World, gitIn, registryWorld, servingVersion } from '../support/world.js';

/** When these tests record what production showed. */
const now = '2026-03-10T09:00:00Z';
export const soon: RunSettings = { at: now };
const modelFile = 'models/churn/model.yaml';

/** The plan: one key feature, one signal. */
const plan = `monitoring:
  key_features: [tenure]
  signals: [input-drift]
triggers:
  - {type: drift-threshold}
  - {type: compliance-event}
`;

/** Adds to model.yaml, as its owner does it: by hand, in a commit. */
export async function describeModel(world: World, text: string, at = '2026-03-02T10:00:00Z'): Promise<void> {
  await world.write(modelFile, (await world.read(modelFile)) + text);
  const dates = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
  gitIn(world.folder, ['commit', '-qam', 'what is watched'], dates);
}

/** churn@1.0.0 takes all of production, and is watched. */
export async function watchedWorld(more = ''): Promise<World> {
  const world = await registryWorld();
  await servingVersion(world);
  await describeModel(world, plan + more);
  return world;
}

/** A plain report with one value. */
export function plainReport(value: number | string = 0.31, feature = 'tenure'): Promise<string> {
  const text = `[{"feature": ${JSON.stringify(feature)}, "method": "psi", "value": ${value}, "threshold": 0.2}]`;
  return fileWith('drift.json', text);
}

export const samples = ['--reference-samples', '5000', '--current-samples', '900'];
export const week = ['--window', '2026-03-02..2026-03-08'];

/** The flags that record a report on churn@1.0.0. */
export async function recording(file?: string, ...more: string[]): Promise<string[]> {
  const report = file ?? (await plainReport());
  return [
    'monitor',
    'churn@1.0.0',
    '--signal',
    'input-drift',
    '--report',
    report,
    ...week,
    ...samples,
    ...more,
  ];
}

/** A copy of a world in which drift was found. */
export async function driftedWorld(world: World): Promise<World> {
  const copy = await copyOf(world);
  await copy.ok(await recording(), soon);
  return copy;
}

/** The flags of a request on given data. */
export const request = [
  'retrain',
  'churn',
  '--trigger',
  'drift-threshold',
  '--dataset',
  'train@v9',
  '--commit',
  '0123456789abcdef',
];

/** The ids of a model's requests, newest first. */
export async function requestsOf(
  world: World,
): Promise<{ id: string; attempts?: { outcome: string; by: string }[]; closed?: object }[]> {
  const { data } = await world.json<{ requests: { id: string }[] }>(['retrain', 'churn', '--status'], soon);
  return data.requests;
}
