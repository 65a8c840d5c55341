// A scene for attacks and honest work on history: a registry with a past, people with dates, and what check and audit say.
import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { copyOf } from '../commands/support.js';
import {
  type RegistrySettings,
  type RunSettings,
  type TrainingSettings,
  type World,
  registration,
  registryWorld,
} from '../support/world.js';

/** When the attacks of these tests are made, and when they are judged. */
export const then = '2026-03-10T09:00:00Z';
export const later = '2026-03-12T09:00:00Z';

export const record = (version: string): string => `models/churn/versions/${version}.yaml`;
export const modelFile = 'models/churn/model.yaml';
export const gateFile = 'models/churn/gate.yaml';

/** Who, and when. */
export interface Doer {
  as?: string;
  at?: string;
  /** When it is committed, where that is another moment. */
  committedAt?: string;
  env?: Record<string, string>;
}

/** One problem that a judgement names. */
interface Found {
  code: string;
  message: string;
  hint?: string;
  file?: string;
  commit: string;
}

/** What check or audit answered. */
export interface Judgement {
  exitCode: number;
  /** Findings, or the problems of a refusal. */
  found: Found[];
  transitions: number;
  stderr: string;
}

/** What a judgement has to name. */
export interface Expected {
  code: string;
  says: RegExp;
  file?: string;
  /** The subject of the commit that is to blame; left out where it is about the branch as a whole. */
  commit?: string | RegExp;
}

/** A repository to act on. */
export interface Scene extends World {
  /** Runs git as a person, at a moment. */
  by: (doer: Doer, ...args: string[]) => string;
  /** Commits everything by hand. */
  commit: (message: string, doer?: Doer) => string;
  /** Replaces text in a file, which has to be there. */
  edit: (file: string, from: string | RegExp, to: string) => Promise<void>;
  /** Registers, and expects it to work. */
  register: (training: TrainingSettings, doer?: RunSettings) => Promise<void>;
  check: (args?: readonly string[], settings?: RunSettings) => Promise<Judgement>;
  audit: (args?: readonly string[], settings?: RunSettings) => Promise<Judgement>;
}

/** The environment of a person at a moment. */
export function asPerson({ as = 'ada', at = then, committedAt, env }: Doer): Record<string, string> {
  const name = as.charAt(0).toUpperCase() + as.slice(1);
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${as}@example.com`,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${as}@example.com`,
    GIT_COMMITTER_DATE: committedAt ?? at,
    GIT_EDITOR: 'true',
    ...env,
  };
}

interface Answer {
  findings?: Found[];
  commits?: { commit: string; findings: Found[] }[];
  transitions?: unknown[];
  counts?: { transitions: number };
  error?: { code: string; message: string; hint?: string; problems: Found[] };
}

async function judge(world: World, args: readonly string[], settings: RunSettings): Promise<Judgement> {
  const { code, data, stderr } = await world.json<Answer>(args, { at: later, ...settings });
  const { error } = data;
  const refused = error && [{ ...error, commit: '' }, ...error.problems];
  const commits = (data.commits ?? []).flatMap((commit) => commit.findings);
  return {
    exitCode: code,
    found: refused ?? [...(data.findings ?? []), ...commits],
    transitions: data.transitions?.length ?? data.counts?.transitions ?? 0,
    stderr,
  };
}

/** A scene around a world. */
export function sceneOf(world: World): Scene {
  const by: Scene['by'] = (doer, ...args) =>
    execFileSync('git', args, {
      cwd: world.folder,
      env: { ...process.env, ...asPerson(doer) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  return {
    ...world,
    by,
    git: (...args) => by({}, ...args),
    commit: (message, doer = {}) => {
      by(doer, 'add', '-A');
      by(doer, 'commit', '-q', '--allow-empty', '-m', message);
      return by(doer, 'rev-parse', 'HEAD');
    },
    edit: async (file, from, to) => {
      const full = path.join(world.folder, file);
      const text = await readFile(full, 'utf8');
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${file} does not hold ${String(from)}:\n${text}`);
      await writeFile(full, changed);
    },
    register: async (training, doer = {}) => {
      await world.ok(await registration(training), { at: then, ...doer });
    },
    check: (args = ['--base', 'main'], settings = {}) => judge(world, ['check', ...args], settings),
    audit: (args = [], settings = {}) => judge(world, ['audit', ...args], settings),
  };
}

/** A copy of a scene, to act on. */
export async function copyScene(scene: Scene): Promise<Scene> {
  return sceneOf(await copyOf(scene));
}

/** The policy of these scenes: olga owns it, and ci is a machine. */
const config = `schema: mlc/config@1
name: test
environments:
  - name: staging
  - name: production
policy:
  owners: [olga@example.com]
  bots: [ci@example.com]
  deployment:
    canary_max_pct: 10
  retirement:
    notice_days: 30
  retention:
    - {kind: weights, period: P5Y, anchor: retired_at}
    - {kind: training_data, period: P2Y, anchor: retired_at}
`;

/** A scene in few files, since every test copies one. */
async function packed(scene: Scene): Promise<Scene> {
  scene.git('repack', '-adq');
  await rm(path.join(scene.folder, '.git/hooks'), { recursive: true, force: true });
  return scene;
}

/**
 * A registry with a past: churn@1.0.0 takes all of production, 1.1.0 is approved, 1.2.0 is registered and under a legal
 * hold. ada owns the model, grace and alan approve, olga owns the policy.
 */
export async function registryWithPast(
  settings: RegistrySettings & { config?: string } = {},
): Promise<Scene> {
  const scene = sceneOf(await registryWorld(settings));
  await scene.write('mlc.yaml', config + (settings.config ?? ''));
  scene.commit('Name the owner of the policy', { as: 'ada', at: '2026-03-01T10:00:00Z' });
  const [first, second, third] = ['2026-03-02T09:00:00Z', '2026-03-03T09:00:00Z', '2026-03-04T09:00:00Z'];
  await scene.register({}, { at: first });
  await scene.ok(['approve', 'churn@1.0.0'], { as: 'grace', at: first });
  if (settings.risk === 'high') return packed(scene);
  await scene.ok(['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'blue-green'], { at: first });
  await scene.register({ change: 'retraining', dataset: 'train@v2', weights: 'w2' }, { at: second });
  await scene.ok(['approve', 'churn@1.1.0'], { as: 'grace', at: second });
  await scene.register({ change: 'retraining', dataset: 'train@v3', weights: 'w3' }, { at: third });
  await scene.ok(['hold', 'churn@1.2.0', '-m', 'inquiry'], { as: 'alan', at: third });
  return packed(scene);
}

function isFound(scene: Scene, found: Found, expected: Expected): boolean {
  const { code, says, file, commit } = expected;
  if (found.code !== code || !says.test(found.message)) return false;
  if (file !== undefined && found.file !== file) return false;
  if (commit === undefined) return true;
  const subject = found.commit === '' ? '' : scene.git('log', '-1', '--format=%s', found.commit);
  return typeof commit === 'string' ? subject === commit : commit.test(subject);
}

function told({ exitCode, found }: Judgement): string {
  const lines = found.map(
    ({ code, file, commit, message }) => `${commit.slice(0, 7)} ${file ?? ''} ${code}: ${message}`,
  );
  return [`exit code ${exitCode}`, ...lines].join('\n');
}

/** Expects that a judgement is exit code 1 and names everything that it has to. */
export function expectCaught(scene: Scene, judgement: Judgement, expected: readonly Expected[]): void {
  for (const entry of expected) {
    if (judgement.found.some((found) => isFound(scene, found, entry))) continue;
    expect.fail(`${entry.code} ${String(entry.says)} is not among:\n${told(judgement)}`);
  }
  expect(judgement.exitCode, told(judgement)).toBe(1);
}

/** Expects that nothing was found. */
export function expectClean(judgement: Judgement): void {
  expect(told(judgement), judgement.stderr).toBe('exit code 0');
}

/** How a branch comes onto main. */
export type Landing = 'fast-forward' | 'merge' | 'stays';

/** An attack: what is done on the branch `feature`, and what has to be found of it. */
export interface Attack {
  name: string;
  act: (scene: Scene) => Promise<unknown> | void;
  /** What `mlc check --base main` has to find; left out where it cannot. */
  check?: readonly Expected[] | Expected;
  /** What `mlc audit` has to find once it is merged; left out where it cannot. */
  audit?: readonly Expected[] | Expected;
  lands?: Landing;
}

/** Makes an attack on a copy of a scene, and holds check and audit to it. */
export async function expectAttackCaught(template: Scene, attack: Attack): Promise<void> {
  const scene = await copyScene(template);
  scene.git('checkout', '-q', '-b', 'feature');
  await attack.act(scene);
  if (attack.check) expectCaught(scene, await scene.check(), [attack.check].flat());
  if (!attack.audit) return;
  const lands = attack.lands ?? 'fast-forward';
  if (lands !== 'stays') {
    scene.git('checkout', '-q', 'main');
    const how = lands === 'merge' ? ['--no-ff', '-m', 'Merge feature'] : ['--ff-only'];
    scene.by({ at: later }, 'merge', '-q', ...how, 'feature');
  }
  expectCaught(scene, await scene.audit(), [attack.audit].flat());
}
