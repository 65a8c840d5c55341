// Makes the registries that inputs are tried on, once a campaign: one that went through most of a life, and one with many records.
import { execFileSync } from 'node:child_process';
import crypto, { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/main.js';
import { environmentOf, placeIn } from './place.js';

const [folder = ''] = process.argv.slice(2);
const place = placeIn(folder);
const week3 = path.join(import.meta.dirname, '../../examples/breast-cancer/production/week-3-new-scanner');

function git(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  execFileSync('git', [...args], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

function environment(at: string, person = 'ada'): NodeJS.ProcessEnv {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  return environmentOf(place, {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_DATE: at,
  });
}

async function mlc(
  args: readonly string[],
  at: string,
  person = 'ada',
  expected: readonly number[] = [0],
  cwd = place.registry,
): Promise<string> {
  let said = '';
  const sink = { write: (text: string) => (said += text) };
  const code = await run(args, {
    cwd,
    env: environment(at, person),
    stdin: new PassThrough(),
    stdout: sink,
    stderr: sink,
  });
  if (!expected.includes(code)) throw new Error(`mlc ${args.join(' ')} exited ${code}: ${said}`);
  return said;
}

function handIn(name: string, text: string): string {
  const file = path.join(place.input, name);
  writeFileSync(file, text);
  return file;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const gate = `schema: mlc/gate@1
baseline: {version: production, on_missing: bootstrap}
metrics:
  accuracy: {better: higher}
  p95_latency_ms: {better: lower, unit: ms}
checks:
  - {id: accuracy-floor, kind: offline, metric: accuracy, min: 0.9}
  - {id: no-regression, kind: regression, metric: accuracy, max_regression: {abs: 0.01, rel: 0.02}}
  - {id: latency, kind: latency, metric: p95_latency_ms, max: 300, severity: warn, on_missing: skip}
waivers: []
`;

const plan = `monitoring:
  key_features: [worst radius]
  signals: [input-drift]
triggers:
  - {type: drift-threshold}
  - {type: compliance-event}
consumers:
  - {name: crm, kind: service, reference: "https://crm.example.com"}
`;

async function registerVersion(change: string, dataset: string, at: string, accuracy: number): Promise<void> {
  const results = handIn(
    'results.json',
    JSON.stringify({ accuracy, p95_latency_ms: 120, evaluation_dataset: 'golden@v1' }),
  );
  await mlc(
    [
      ...['register', 'churn', '--change', change, '--results', results, '--gdpr-status', 'assessed'],
      ...[
        '--run',
        `runs:/${dataset}`,
        '--dataset',
        `train@${dataset}`,
        '--commit',
        '0123456789abcdef',
        '--seed',
        '17',
      ],
      ...['--architecture', 'logistic', '--started-at', at.replace('T09', 'T08')],
      ...['--artifact', `s3://models/weights-${dataset}=${digest(dataset)}`, '--hyperparameter', 'depth=3'],
    ],
    at,
  );
}

async function life(): Promise<void> {
  const first = '2026-03-01T09:00:00Z';
  mkdirSync(place.registry, { recursive: true });
  await mlc(['init', '--name', 'fuzz', '--hooks', '--ci', 'github'], first);
  const people = ['--approver', 'grace@example.com', '--approver', 'alan@example.com'];
  const about = ['--owner', 'Ada <ada@example.com>', '--intended-use', 'rank customers', '--risk', 'limited'];
  await mlc(['model', 'add', 'churn', ...about, ...people, '--gate', handIn('gate.yaml', gate)], first);
  const model = path.join(place.registry, 'models/churn/model.yaml');
  writeFileSync(model, readFileSync(model, 'utf8') + plan);
  writeFileSync(
    path.join(place.registry, '.mlc/allowed_signers'),
    'grace@example.com namespaces="git,mlc-approval@v1" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE2mlbaJvSv7jtGEnm7XGqLcXoMdbnzdGNBKdCSBMkNV\n',
  );
  git(place.registry, ['add', '-A'], environment(first));
  git(place.registry, ['commit', '-qm', 'what is watched'], environment(first));
  const at = '2026-03-02T09:00:00Z';
  await registerVersion('architecture', 'v1', at, 0.95);
  await mlc(['approve', 'churn@1.0.0', '-m', 'sound'], at, 'grace');
  await mlc(['deploy', 'churn@1.0.0', '--env', 'production', '--pattern', 'blue-green'], at);
  await registerVersion('retraining', 'v2', '2026-03-03T09:00:00Z', 0.96);
  await mlc(['approve', 'churn@1.1.0'], '2026-03-03T10:00:00Z', 'grace');
  await mlc(
    ['deploy', 'churn@1.1.0', '--env', 'production', '--pattern', 'canary', '--traffic', '10'],
    '2026-03-04T09:00:00Z',
  );
  await registerVersion('retraining', 'v3', '2026-03-05T09:00:00Z', 0.97);
  const files = [
    '--reference',
    path.join(week3, 'reference.csv'),
    '--current',
    path.join(week3, 'current.csv'),
  ];
  await mlc(['drift', 'churn@1.0.0', ...files, '--save-profile'], '2026-03-06T09:00:00Z', 'ada', [0, 1]);
  const drift = handIn(
    'drift.json',
    '[{"feature": "worst radius", "method": "psi", "value": 0.31, "threshold": 0.2}]',
  );
  const report = [
    '--report',
    drift,
    '--window',
    '2026-03-02..2026-03-08',
    '--reference-samples',
    '5000',
    '--current-samples',
    '900',
  ];
  await mlc(
    ['monitor', 'churn@1.0.0', '--signal', 'input-drift', ...report],
    '2026-03-09T09:00:00Z',
    'ada',
    [0, 1],
  );
  await mlc(
    ['event', 'churn', '--type', 'compliance-event', '--duty', 'erasure', '-m', 'one customer'],
    '2026-03-10T09:00:00Z',
  );
  const wanted = ['--dataset', 'train@v9', '--commit', '0123456789abcdef', '--seed', '5'];
  await mlc(['retrain', 'churn', '--trigger', 'drift-threshold', ...wanted], '2026-03-11T09:00:00Z');
  const incident = [
    'incident',
    'open',
    'churn',
    '--severity',
    'serious',
    '--affected',
    '1.1.0',
    '-m',
    'wrong ranks',
  ];
  await mlc(incident, '2026-03-12T09:00:00Z');
  git(place.registry, ['gc', '-q'], environment(at));
}

/** Commits and what is kept of them come out the same in every campaign, so that an input is the same too. */
function countTransactions(): void {
  let made = 0;
  crypto.randomUUID = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  syncBuiltinESMExports();
}

/** A model with a hundred hand-written versions, in one commit. */
function crowd(): void {
  cpSync(place.registry, place.many, { recursive: true });
  const versions = path.join(place.many, 'models/churn/versions');
  const text = readFileSync(path.join(versions, '1.2.0.yaml'), 'utf8');
  for (let minor = 3; minor < 103; minor++)
    writeFileSync(
      path.join(versions, `1.${minor}.0.yaml`),
      text.replace(/^version: .*$/m, `version: "1.${minor}.0"`),
    );
  const env = environment('2026-03-13T09:00:00Z');
  git(place.many, ['add', '-A'], env);
  git(place.many, ['-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'many'], env);
  git(place.many, ['gc', '-q'], env);
}

for (const name of [
  place.home,
  place.outside,
  place.input,
  place.out,
  path.join(folder, 'tmp'),
  path.join(place.home, '.ssh'),
])
  mkdirSync(name, { recursive: true });
mkdirSync(path.join(place.caches, 'mlc'), { recursive: true, mode: 0o700 });
for (const name of [
  'home/.gitconfig',
  'home/.ssh/id_ed25519',
  'home/notes.txt',
  'outside/canary.txt',
  'canary.txt',
])
  writeFileSync(path.join(folder, name), `# ${name} is not mlc's\n`);
countTransactions();
await life();
crowd();
// What is kept of a look at many records is damaged too.
for (const look of ['list', 'validate', 'health', 'audit'])
  await mlc([look], '2026-03-19T09:00:00Z', 'ada', [0, 1], place.many);
