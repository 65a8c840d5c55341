// Work on a model's ledger, for tests of check and audit: reports, requests, incidents and profiles, each by its operation.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ReferenceProfile } from '../../src/generated/types.js';
import type { Observation, Signal } from '../../src/lifecycle/monitoring/observation.js';
import { beginHandOver, settleHandOver } from '../../src/lifecycle/operations/hand-over.js';
import type { SettlingInput } from '../../src/lifecycle/operations/hand-over.js';
import { monitor } from '../../src/lifecycle/operations/monitor.js';
import { saveProfile } from '../../src/lifecycle/operations/profile.js';
import { type Registry, openRegistry } from '../../src/registry/registry.js';
import { runTransition, runVersionTransition } from '../../src/registry/transition.js';
import { registration } from '../support/world.js';
import { type Doer, type Scene, asPerson } from './attack-world.js';
import { fresh, training } from './honest-world.js';

const settings = { dryRun: false, push: false };

async function opened(scene: Scene, doer: Doer): Promise<Registry> {
  const env = { ...process.env, ...asPerson(doer) };
  return (await openRegistry({ cwd: scene.folder, env })).registry;
}

/** A moment of March 2026. */
export const march = (date: number, hour = 9, minute = 0): string =>
  `2026-03-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;

/** An observation with a limit. */
export const psi = (name: string, value: number, more: Partial<Observation> = {}): Observation => ({
  name,
  method: 'psi',
  value,
  threshold: 0.2,
  breached: null,
  ...more,
});

/** What a report holds, where a test says nothing else. */
export interface Reported {
  version?: string;
  signal?: Signal;
  /** The day of March that its week ends on. */
  until?: number;
  observations?: readonly Observation[];
  note?: string;
}

/** Where a report is. */
export const reportPath = (until: number, version = '1.0.0', signal: Signal = 'input-drift'): string =>
  `models/churn/monitoring/${version}/202603${String(until).padStart(2, '0')}T000000Z-${signal}.yaml`;

/** Records a report by the operation itself, whatever reads its file. */
export async function report(scene: Scene, doer: Doer, reported: Reported = {}): Promise<string> {
  const { version = '1.0.0', signal = 'input-drift', until = 8, note } = reported;
  const observations = reported.observations ?? [psi('tenure', 0.31), psi('age', 0.02)];
  const window = { start: '2026-02-20T00:00:00Z', end: march(until, 0) };
  await runVersionTransition(
    await opened(scene, doer),
    `churn@${version}`,
    ({ state }, record, circumstance) =>
      monitor(
        state,
        {
          version: record,
          signal,
          observations,
          source: { file: `${signal}.json`, sha256: 'ab'.repeat(32), format: 'plain' },
          window,
          samples: { reference: 5000, current: 900 },
          note,
        },
        circumstance,
      ),
    settings,
  );
  return reportPath(until, version, signal);
}

const content: Omit<ReferenceProfile, 'schema' | 'model_id' | 'version' | 'made_at' | 'made_by'> = {
  signal: 'input-drift',
  source: { file: 'reference.csv', sha256: 'cd'.repeat(32) },
  columns: [
    {
      name: 'age',
      kind: 'numeric',
      rows: 300,
      missing: 0,
      non_finite: 0,
      edges: '30 50',
      counts: '100 100 100',
    },
  ],
};

/** Keeps a reference profile. */
export async function profile(scene: Scene, doer: Doer, more: Partial<typeof content> = {}): Promise<string> {
  await runVersionTransition(
    await opened(scene, doer),
    'churn@1.0.0',
    ({ state }, record, circumstance) =>
      saveProfile(state, { version: record, content: { ...content, ...more } }, circumstance),
    settings,
  );
  return 'models/churn/profiles/1.0.0/input-drift.yaml';
}

/** The flags of a request whose id is always the same. */
export const request = [
  'retrain',
  'churn',
  '--trigger',
  'drift-threshold',
  '--dataset',
  'train@v9',
  '--seed',
  '17',
  '--commit',
  '0123456789abcdef',
];

/** The only request of the model, or the one of a trigger. */
export async function requestOf(scene: Scene, trigger = ''): Promise<string> {
  const names = await readdir(path.join(scene.folder, 'models/churn/retraining'));
  const found = names.filter((name) => name.startsWith(trigger));
  if (found.length !== 1) throw new Error(`there are ${found.length} requests: ${names.join(', ')}`);
  return found[0]?.replace('.yaml', '') ?? '';
}

/** Writes that a request is about to be sent. */
export async function begin(scene: Scene, doer: Doer, id: string): Promise<void> {
  await runTransition(
    await opened(scene, doer),
    'churn',
    ({ state }, now) => beginHandOver(state, { id, to: 'prefect', patience: 0 }, now),
    settings,
  );
}

/** Writes what came back. */
export async function settle(
  scene: Scene,
  doer: Doer,
  id: string,
  outcome: SettlingInput['outcome'],
): Promise<void> {
  await runTransition(
    await opened(scene, doer),
    'churn',
    ({ state }, now) => {
      const attempts = state.ledger.requests.get(id)?.attempts ?? [];
      const attempt = attempts.findLastIndex((entry) => entry.outcome === 'sending');
      const came = { id, attempt, outcome, externalId: 'run-1', detail: outcome };
      return settleHandOver(state, came, now);
    },
    settings,
  );
}

/** Registers the version that a request asked for. */
export async function answer(scene: Scene, doer: Doer & { at: string }, id: string): Promise<void> {
  await scene.ok(await registration({ ...training, more: [...fresh, '--request', id] }), {
    as: doer.as ?? 'ada',
    at: doer.at,
  });
}

/** The id of the incident that is opened at a moment. */
export const incidentAt = (at: string): string => at.replace(/[-:]/g, '');
/** The flags that open an incident. */
export const openIncident = (severity: string, ...more: string[]): string[] => [
  'incident',
  'open',
  'churn',
  '--severity',
  severity,
  '-m',
  'wrong letters',
  ...more,
];
