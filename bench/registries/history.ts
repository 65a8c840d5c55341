// Builds a history of legal transitions for measuring: decided by the rules themselves, committed by git fast-import.
import { createHash, randomUUID } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type {
  EvaluationGate,
  Model,
  RegistryConfiguration,
  VersionRecord,
} from '../../src/generated/types.js';
import { carriedOut } from '../../src/lifecycle/carried-out.js';
import { emptyLedger, ledgerPath } from '../../src/lifecycle/ledger.js';
import { formatMessage, subjectOf, trailersOf } from '../../src/lifecycle/commit-message.js';
import type { Change, Decision, ModelState } from '../../src/lifecycle/decisions.js';
import { timestampOf } from '../../src/lifecycle/dates.js';
import { approve } from '../../src/lifecycle/operations/approve.js';
import { deploy } from '../../src/lifecycle/operations/deploy.js';
import { deprecate } from '../../src/lifecycle/operations/deprecate.js';
import { hold, release } from '../../src/lifecycle/operations/hold.js';
import { ramp } from '../../src/lifecycle/operations/ramp.js';
import { register } from '../../src/lifecycle/operations/register.js';
import { review } from '../../src/lifecycle/operations/review.js';
import { flattenResults } from '../../src/lifecycle/results.js';
import { schemaReference } from '../../src/registry/paths.js';
import { editWithLibrary } from '../../src/registry/yaml-library-edit.js';
import { as } from '../people.js';
import { renderFile } from './texts.js';

const root = path.join(import.meta.dirname, '..', '..');
export const examples = path.join(root, 'examples', 'breast-cancer');
export const ada = 'Ada <ada@example.com>';
export const grace = 'Grace <grace@example.com>';
export const firstSecond = 1_795_600_000;

/** A stream for git fast-import, and the moment of its newest commit. */
export interface Writer {
  stream: string[];
  seconds: number;
}

/** Adds a commit, a minute after the last one. */
export function commit(
  writer: Writer,
  person: string,
  message: string,
  files: ReadonlyMap<string, string>,
): void {
  writer.seconds += 60;
  const stamp = `${person} ${writer.seconds} +0000`;
  const parts = [
    `commit refs/heads/main\nauthor ${stamp}\ncommitter ${stamp}\ndata ${Buffer.byteLength(message)}\n${message}\n`,
    ...[...files].map(
      ([name, text]) => `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    ),
  ];
  writer.stream.push(parts.join(''));
}

export type Step = { by: string; decide: (state: ModelState, now: string) => Decision };

export function recordOf(state: ModelState, version: string): VersionRecord {
  const record = state.versions.get(version);
  if (!record) throw new Error(`no version ${version}`);
  return record;
}

export interface Training {
  evidence: Record<string, unknown>;
  results: Record<string, unknown>;
}

export function readTraining(example: string): Training {
  const folder = path.join(examples, example);
  return {
    evidence: parse(readFileSync(path.join(folder, 'evidence.yaml'), 'utf8')) as Record<string, unknown>,
    results: JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Record<string, unknown>,
  };
}

function registration(training: Training, gateText: string, gateAt: string, salt: string): Step['decide'] {
  const submission = Object.fromEntries(
    Object.entries(training.evidence).filter(([key]) => key !== 'schema' && key !== 'evaluation_results'),
  );
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const artifacts = (submission.artifacts ?? []) as { uri: string; kind: string }[];
  return (state, now) =>
    register(
      state,
      {
        submission: {
          ...submission,
          training_commit: digest(salt).slice(0, 40),
          training: { ...(submission.training as object), started_at: now },
          compliance: { gdpr_status: 'assessed', soc2_evidence_id: null, eu_ai_act_risk_class: 'limited' },
          artifacts: artifacts.map((artifact) => ({ ...artifact, sha256: digest(artifact.uri + salt) })),
        } as Parameters<typeof register>[1]['submission'],
        results: flattenResults(training.results),
        evidence: [{ file: 'results.json', sha256: digest('results'), format: 'json' }],
        gateDigest: digest(gateText),
        gateCommittedAt: gateAt,
      },
      { actor: ada, now },
    );
}

/** The life of a model with two versions; the first four steps bring one of them into production. */
export function stepsOf(
  trainings: readonly [Training, Training],
  gateText: string,
  gateAt: string,
  id: string,
): Step[] {
  const on = (
    by: string,
    decide: (state: ModelState, record: VersionRecord, now: string) => Decision,
    version: string,
  ): Step => ({
    by,
    decide: (state, now) => decide(state, recordOf(state, version), now),
  });
  const [first, second] = trainings;
  const reason = 'as planned';
  return [
    { by: ada, decide: registration(first, gateText, gateAt, `${id} 1`) },
    on(grace, (state, version, now) => approve(state, { version }, { actor: grace, now }), '1.0.0'),
    on(
      ada,
      (state, version, now) =>
        deploy(state, { version, env: 'staging', pattern: 'blue-green' }, { actor: ada, now }),
      '1.0.0',
    ),
    on(
      ada,
      (state, version, now) =>
        deploy(state, { version, env: 'production', pattern: 'blue-green' }, { actor: ada, now }),
      '1.0.0',
    ),
    { by: ada, decide: registration(second, gateText, gateAt, `${id} 2`) },
    on(grace, (state, version, now) => approve(state, { version }, { actor: grace, now }), '1.1.0'),
    on(
      ada,
      (state, version, now) =>
        deploy(state, { version, env: 'production', pattern: 'canary' }, { actor: ada, now }),
      '1.1.0',
    ),
    on(
      ada,
      (state, version, now) =>
        ramp(state, { version, env: 'production', trafficPct: 50 }, { actor: ada, now }),
      '1.1.0',
    ),
    on(
      ada,
      (state, version, now) =>
        ramp(state, { version, env: 'production', trafficPct: 100 }, { actor: ada, now }),
      '1.1.0',
    ),
    on(
      ada,
      (state, version, now) => review(state, { version, until: '2027-12-31', reason }, { actor: ada, now }),
      '1.1.0',
    ),
    on(
      ada,
      (state, version, now) => deprecate(state, { version, successor: '1.1.0', reason }, { actor: ada, now }),
      '1.0.0',
    ),
    on(ada, (state, version, now) => hold(state, { version, reason }, { actor: ada, now }), '1.0.0'),
    on(ada, (state, version, now) => release(state, { version, reason }, { actor: ada, now }), '1.0.0'),
  ];
}

function textOf(
  change: Extract<Change, { kind: 'create-version' | 'edit-version' | 'create-file' }>,
  name: string,
  files: ReadonlyMap<string, string>,
): string {
  if (change.kind === 'edit-version') return editWithLibrary(files.get(name) ?? '', change.edits);
  return change.kind === 'create-version'
    ? renderFile(change.record, schemaReference(name, 'version'))
    : renderFile(change.data, schemaReference(name, change.file.kind));
}

/** Decides a step, adds its commit, and answers the state after it. `files` holds the text of what was written before. */
export function takeStep(
  writer: Writer,
  state: ModelState,
  files: Map<string, string>,
  step: Step,
): ModelState {
  const now = timestampOf(new Date((writer.seconds + 60) * 1000));
  const decision = step.decide(state, now);
  if (decision.kind !== 'plan') throw new Error(JSON.stringify(decision));
  const { plan } = decision;
  const written = new Map<string, string>();
  for (const change of plan.changes) {
    const name =
      change.kind === 'create-file'
        ? ledgerPath(plan.model, change.file)
        : `models/${plan.model}/versions/${'version' in change ? change.version : ''}.yaml`;
    if (change.kind === 'edit-model' || change.kind === 'edit-file') continue;
    const text = textOf(change, name, files);
    files.set(name, text);
    written.set(name, text);
  }
  const message = formatMessage(subjectOf(plan), plan.reason, trailersOf(plan, step.by, randomUUID()));
  commit(writer, step.by, message, written);
  return carriedOut(state, plan);
}

/** A registry whose history holds at least so many transitions; answers how many there are. */
export function buildHistory(folder: string, transitions: number): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  const config: RegistryConfiguration = {
    schema: 'mlc/config@1',
    name: 'bench',
    environments: [{ name: 'staging' }, { name: 'production' }],
  };
  const gateText = readFileSync(path.join(examples, 'gate.yaml'), 'utf8');
  const gate = parse(gateText) as EvaluationGate;
  const trainings = [readTraining('logistic'), readTraining('logistic-retrained')] as const;
  const writer: Writer = { stream: [], seconds: firstSecond };
  commit(
    writer,
    ada,
    'start',
    new Map([['mlc.yaml', renderFile(config, './.mlc/schemas/config.schema.json')]]),
  );
  let done = 0;
  for (let number = 0; done < transitions; number += 1) {
    const id = `model-${String(number).padStart(5, '0')}`;
    const model = {
      schema: 'mlc/model@1',
      model_id: id,
      title: id,
      owner: ada,
      intended_use: { tasks: ['measure'] },
      eu_ai_act_risk_class: 'limited',
      approvers: ['grace@example.com'],
    } as Model;
    const started = new Map([
      [`models/${id}/model.yaml`, renderFile(model, '../../.mlc/schemas/model.schema.json')],
      [`models/${id}/gate.yaml`, gateText],
    ]);
    commit(writer, ada, `add ${id}\n`, started);
    const gateAt = timestampOf(new Date(writer.seconds * 1000));
    let state: ModelState = { config, model, gate, versions: new Map(), ledger: emptyLedger };
    const files = new Map<string, string>();
    for (const step of stepsOf(trainings, gateText, gateAt, id)) {
      state = takeStep(writer, state, files, step);
      done += 1;
    }
  }
  const env = as('ada', '2026-11-24T10:00:00Z');
  const imported = spawnSync('git', ['fast-import', '--quiet'], {
    cwd: folder,
    env,
    input: writer.stream.join(''),
    maxBuffer: 1 << 30,
  });
  if (imported.status !== 0) throw new Error(imported.stderr.toString());
  execFileSync('git', ['reset', '--hard', '--quiet'], { cwd: folder, env });
  return done;
}
