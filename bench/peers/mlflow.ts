// MLflow's registry on SQLite with the same models and versions, through its own Python client.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expectLines, lastAnswer, runCommand } from '../command.js';
import { type Subject, type Timing, measureWithin, timingOf } from '../measure.js';
import { as, clock } from '../people.js';
import { registrations } from '../registration.js';
import { mlc } from '../setting.js';
import type { PeerRow } from './findings.js';
import { mlflowPython } from './install.js';
import { type PeerScene, limit } from './scene.js';

const script = path.join(import.meta.dirname, 'mlflow.py');
const environment = { ...as('grace', clock), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' };

function build({ versions, home }: PeerScene): string {
  const database = path.join(home, 'mlflow.db');
  if (existsSync(database)) return database;
  const half = `${database}.new`;
  rmSync(half, { force: true });
  const wanted = Object.fromEntries([...versions].map(([model, list]) => [model, list.length]));
  delete wanted.seed;
  execFileSync(mlflowPython(), [script, 'fill', half], {
    cwd: home,
    env: environment,
    input: JSON.stringify(wanted),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  renameSync(half, database);
  return database;
}

/** A whole process, and what it says of the time after everything was loaded. */
function asked(home: string, inside: number[], lines: number, args: () => string[]): Subject {
  return {
    run: () =>
      runCommand({
        file: mlflowPython(),
        args: [script, ...args()],
        cwd: home,
        env: environment,
        speaks: 'always',
        limit,
      }),
    after: () => {
      expectLines(lines);
      inside.push(Number(lastAnswer().trimEnd().split('\n').at(-1)));
    },
  };
}

/** The first run filled the caches. */
function insideOf(inside: readonly number[]): { inside?: Timing } {
  return inside.length > 1 ? { inside: timingOf(inside.slice(1)) } : {};
}

export function besideMlflow(scene: PeerScene): PeerRow[] {
  const { setting, registry, home, times } = scene;
  const database = build(scene);
  const [listing, writing]: [number[], number[]] = [[], []];
  let number = 0;
  const { serving } = registry;
  const model = (): string => serving[number++ % serving.length]?.model ?? '';
  const listed = measureWithin(
    {
      mlc: mlc(setting, registry, 'list'),
      mlflow: asked(home, listing, registry.records, () => ['list', database]),
    },
    times,
  );
  const registered = measureWithin(
    {
      mlc: registrations(setting, registry),
      mlflow: asked(home, writing, 2, () => ['register', database, model()]),
    },
    times,
  );
  const common = { records: registry.records, peer: 'MLflow' };
  return [
    {
      ...common,
      job: 'list',
      mlc: listed.mlc,
      mlcCommand: 'mlc list',
      peerCommand: 'search_model_versions',
      peerTiming: listed.mlflow,
      ...insideOf(listing),
      difference:
        'a line a version with run and source, from a database, in pages of 1,000. mlc has status, traffic and what is due, from the commit.',
    },
    {
      ...common,
      job: 'register',
      mlc: registered.mlc,
      mlcCommand: 'mlc register',
      peerCommand: 'create_run, log_batch, create_model_version',
      peerTiming: registered.mlflow,
      ...insideOf(writing),
      difference:
        'writes a run with 20 metrics, 3 parameters and 3 tags, and a version with a link to it, into SQLite. mlc holds the same kind of evidence to the gate, checks lineage and the bump, and commits.',
    },
  ];
}
