// A world for command tests: a real repository in a temporary folder, people with names, and a clock that is set by hand.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/main.js';
import { temporaryFolder } from './folders.js';

/** What a run of mlc said. */
export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** Settings of one run. */
export interface RunSettings {
  /** Who runs it; ada where it is left out. */
  as?: string;
  /** When, by git's clock. */
  at?: string;
  cwd?: string;
  env?: Record<string, string>;
  /** Columns of a terminal on stdout and stderr; none where it is left out. */
  terminal?: number;
  /** Lines that a person types, which makes stdin a terminal. */
  typed?: string;
}

/** A registry with everything around it. */
export interface World {
  folder: string;
  mlc: (args: readonly string[], settings?: RunSettings) => Promise<Said>;
  /** Runs with --json, and answers the document. */
  json: <T = Record<string, unknown>>(
    args: readonly string[],
    settings?: RunSettings,
  ) => Promise<{ code: number; data: T; stderr: string }>;
  /** Runs and expects exit code 0. */
  ok: (args: readonly string[], settings?: RunSettings) => Promise<string>;
  git: (...args: string[]) => string;
  read: (file: string) => Promise<string>;
  write: (file: string, text: string) => Promise<void>;
}

/** Runs mlc in this process. */
export async function runMlc(
  args: readonly string[],
  settings: RunSettings & { cwd: string },
): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const person = settings.as ?? 'ada';
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  const identity = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
  };
  const clock =
    settings.at === undefined ? {} : { GIT_AUTHOR_DATE: settings.at, GIT_COMMITTER_DATE: settings.at };
  const sink = (stream: 'stdout' | 'stderr') => ({
    write: (text: string) => (said[stream] += text),
    isTTY: settings.terminal !== undefined,
    columns: settings.terminal,
  });
  const stdin = new PassThrough() as PassThrough & { isTTY?: boolean };
  if (settings.typed !== undefined) {
    stdin.isTTY = true;
    stdin.end(settings.typed);
  }
  const env: NodeJS.ProcessEnv = { ...process.env, ...identity, ...clock, ...settings.env };
  // A run in CI asks nobody, unless a test is about that.
  if (settings.typed !== undefined && settings.env?.CI === undefined) delete env.CI;
  const code = await run(args, {
    cwd: settings.cwd,
    env,
    stdin,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
  });
  return { code, ...said };
}

/** Runs git in a folder, as ada. */
export function gitIn(folder: string, args: readonly string[], env: Record<string, string> = {}): string {
  const identity = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  return execFileSync('git', [...args], {
    cwd: folder,
    env: { ...process.env, ...identity, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** A world around a folder that holds a repository, or will. */
export function worldIn(folder: string): World {
  const mlc: World['mlc'] = (args, settings = {}) => runMlc(args, { cwd: folder, ...settings });
  return {
    folder,
    mlc,
    json: async <T>(args: readonly string[], settings: RunSettings = {}) => {
      const { code, stdout, stderr } = await mlc([...args, '--json'], settings);
      return { code, data: JSON.parse(stdout) as T, stderr };
    },
    ok: async (args, settings = {}) => {
      const { code, stdout, stderr } = await mlc(args, settings);
      if (code !== 0) throw new Error(`mlc ${args.join(' ')} exited ${code}\n${stdout}${stderr}`);
      return stdout;
    },
    git: (...args) => gitIn(folder, args),
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    write: async (file, text) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    },
  };
}

/** The day on which the worlds of tests begin. */
export const dayOne = '2026-03-01T09:00:00Z';

/** A gate that `results()` passes. */
export const simpleGate = `schema: mlc/gate@1
baseline: {version: production, on_missing: bootstrap}
metrics:
  accuracy: {better: higher}
checks:
  - {id: accuracy-floor, kind: offline, metric: accuracy, min: 0.9}
  - {id: no-regression, kind: regression, metric: accuracy, max_regression: {abs: 0.01}}
`;

/** Settings of a world with a registry in it. */
export interface RegistrySettings {
  risk?: 'minimal' | 'limited' | 'high';
  gate?: string;
  approvers?: readonly string[];
}

/** A registry with the model `churn`: owned by ada, approved by grace and alan. */
export async function registryWorld(settings: RegistrySettings = {}): Promise<World> {
  const world = worldIn(await temporaryFolder());
  await world.ok(['init', '--name', 'test'], { at: dayOne });
  const gateFile = path.join(await temporaryFolder(), 'gate.yaml');
  await writeFile(gateFile, settings.gate ?? simpleGate);
  const approvers = (settings.approvers ?? ['grace@example.com', 'alan@example.com']).flatMap((person) => [
    '--approver',
    person,
  ]);
  await world.ok(
    [
      'model',
      'add',
      'churn',
      '--owner',
      'Ada <ada@example.com>',
      '--intended-use',
      'rank customers',
      '--risk',
      settings.risk ?? 'limited',
      '--gate',
      gateFile,
      ...approvers,
    ],
    { at: dayOne },
  );
  return world;
}

/** The digest of a text, as a stand-in for an artifact's. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What distinguishes one training from another. */
export interface TrainingSettings {
  change?: 'architecture' | 'retraining' | 'configuration';
  accuracy?: number;
  seed?: number;
  dataset?: string;
  weights?: string;
  architecture?: string;
  more?: readonly string[];
}

/** The arguments of a registration that is complete. */
export async function registration(training: TrainingSettings = {}): Promise<string[]> {
  const {
    change = 'architecture',
    accuracy = 0.95,
    seed = 17,
    dataset = 'train@v1',
    weights = 'w1',
    architecture = 'logistic',
  } = training;
  const results = path.join(await temporaryFolder(), 'results.json');
  await writeFile(results, JSON.stringify({ accuracy, evaluation_dataset: 'golden@v1' }));
  const args = ['register', 'churn', '--change', change, '--results', results, '--gdpr-status', 'assessed'];
  if (change === 'configuration') return [...args, ...(training.more ?? [])];
  return [
    ...args,
    ...[
      '--run',
      'runs:/1',
      '--dataset',
      dataset,
      '--commit',
      '0123456789abcdef',
      '--seed',
      String(seed),
      '--architecture',
      architecture,
    ],
    ...['--started-at', '2026-03-01T12:00:00Z', '--artifact', `s3://models/weights=${digest(weights)}`],
    ...(training.more ?? []),
  ];
}

/** Registers and approves a version, and answers its number. */
export async function approvedVersion(
  world: World,
  training: TrainingSettings = {},
  at = '2026-03-02T09:00:00Z',
): Promise<string> {
  const { code, data, stderr } = await world.json<{ version: string }>(await registration(training), { at });
  if (code !== 0) throw new Error(`register exited ${code}: ${JSON.stringify(data)} ${stderr}`);
  await world.ok(['approve', `churn@${data.version}`], { as: 'grace', at });
  return data.version;
}

/** Registers, approves and deploys a version to all of production's traffic. */
export async function servingVersion(
  world: World,
  training: TrainingSettings = {},
  at = '2026-03-02T09:00:00Z',
): Promise<string> {
  const version = await approvedVersion(world, training, at);
  await world.ok(['deploy', `churn@${version}`, '--env', 'production', '--pattern', 'blue-green'], { at });
  return version;
}
