// The main job on real input: takes the example models through their lives in a registry in a temporary folder, printing
// each command and its answer. It plays five months that end now, by setting git's clock, so that notice can run out.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(root, 'bin', 'mlc.js');
const examples = path.join(root, 'examples', 'breast-cancer');
const model = 'tumour-screening';

type Person = 'Ada' | 'Grace' | 'Alan';

let day = 0;
let person: Person = 'Ada';
const folder = path.join(mkdtempSync(path.join(tmpdir(), 'mlc-demo-')), 'registry');

/** A moment of the story; day 0 is 150 days ago. */
function clock(): string {
  const moment = new Date(Date.now() - (150 - day) * 86_400_000);
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

function environment(): NodeJS.ProcessEnv {
  const email = `${person.toLowerCase()}@example.com`;
  return {
    ...process.env,
    GIT_AUTHOR_NAME: person,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: person,
    GIT_COMMITTER_EMAIL: email,
    GIT_AUTHOR_DATE: clock(),
    GIT_COMMITTER_DATE: clock(),
  };
}

function quoted(word: string): string {
  return /^[\w@./:=-]+$/.test(word) ? word : `'${word}'`;
}

/** Runs one command as the user would, and stops the demo where its exit code is not the expected one. */
function mlc(args: readonly string[], expected = 0): void {
  const shown = args.map((word) => quoted(word.replace(`${examples}/`, '')));
  process.stdout.write(`\n${person.toLowerCase()}$ mlc ${shown.join(' ')}\n`);
  const cwd = existsSync(folder) ? folder : path.dirname(folder);
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: environment(),
    stdio: 'inherit',
  });
  if (status !== expected) throw new Error(`mlc ${args.join(' ')} exited ${status}, not ${expected}`);
  if (expected !== 0) process.stdout.write(`(exit code ${status})\n`);
}

function scene(when: number, title: string): void {
  day = when;
  person = 'Ada';
  process.stdout.write(
    `\n── ${clock().slice(0, 10)}  ${title} ${'─'.repeat(Math.max(0, 60 - title.length))}\n`,
  );
}

function as(who: Person, args: readonly string[], expected = 0): void {
  person = who;
  mlc(args, expected);
  person = 'Ada';
}

/** The arguments that register an example. Its training is dated by the demo's clock, as everything in it is. */
function registration(example: string, ...more: string[]): string[] {
  const files = [
    '--from',
    path.join(examples, example, 'evidence.yaml'),
    '--results',
    path.join(examples, example, 'results.json'),
  ];
  return ['register', model, ...files, '--commit', 'HEAD', '--started-at', clock(), ...more];
}

function approveTwice(version: string): void {
  as('Grace', ['approve', `${model}@${version}`, '-m', 'numbers checked against the golden set']);
  as('Alan', ['approve', `${model}@${version}`]);
}

/** Keeps the training code in the repository too, so that a version names the commit it was trained with. */
function commitTrainingCode(): void {
  mkdirSync(path.join(folder, 'training'));
  copyFileSync(path.join(examples, 'train.py'), path.join(folder, 'training', 'train.py'));
  execFileSync('git', ['add', 'training'], { cwd: folder });
  execFileSync('git', ['commit', '--quiet', '-m', 'Add the training code'], {
    cwd: folder,
    env: environment(),
  });
}

/** Runs git, and shows it. */
function git(args: readonly string[]): void {
  process.stdout.write(`\n${person.toLowerCase()}$ git ${args.map(quoted).join(' ')}\n`);
  execFileSync('git', [...args], { cwd: folder, env: environment() });
}

/** Changes a metric in a record, as anybody with an editor can. */
function editMetric(version: string, metric: string, value: number): void {
  const file = path.join(folder, 'models', model, 'versions', `${version}.yaml`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(new RegExp(`^(  ${metric.replace('.', '\\.')}:) .*$`, 'm'), `$1 ${value}`),
  );
}

function storageFlags(version: string): string[] {
  const record = parse(
    readFileSync(path.join(folder, 'models', model, 'versions', `${version}.yaml`), 'utf8'),
  ) as {
    artifacts: { uri: string; sha256: string }[];
  };
  return record.artifacts.flatMap(({ uri, sha256 }) => [
    '--cold-storage',
    `${sha256}=${uri.replace('s3://models', 's3://cold')}`,
  ]);
}

const no = ['--substantial-modification', 'no', '--modification-reason', 'same purpose, same population'];

scene(0, 'A registry, a model, and a gate agreed before training');
mlc(['init', folder, '--name', 'clinic-models']);
mlc([
  ...[
    'model',
    'add',
    model,
    '--title',
    'Tumour screening',
    '--owner',
    'Ada <ada@example.com>',
    '--risk',
    'high',
  ],
  ...[
    '--intended-use',
    'mark biopsies for a second look',
    '--approver',
    'grace@example.com',
    '--approver',
    'alan@example.com',
  ],
  ...['--gate', path.join(examples, 'gate.yaml')],
]);
commitTrainingCode();

scene(3, 'An overfitted model does not get in; a sound one does');
mlc(registration('overfitted'), 1);
mlc(registration('logistic'));
mlc(['approve', `${model}@1.0.0`], 1);
approveTwice('1.0.0');

scene(4, 'High risk: no live traffic before two weeks of shadow');
mlc(['deploy', `${model}@1.0.0`, '--env', 'production', '--pattern', 'blue-green'], 1);
mlc(['deploy', `${model}@1.0.0`, '--env', 'production']);
day = 19;
mlc(['deploy', `${model}@1.0.0`, '--env', 'production', '--pattern', 'blue-green']);

scene(50, 'The same model, retrained on twice the data: a canary, then all');
mlc(registration('logistic-retrained', ...no));
approveTwice('1.1.0');
mlc(['deploy', `${model}@1.1.0`, '--env', 'production']);
day = 55;
mlc(['ramp', `${model}@1.1.0`, '--env', 'production', '--traffic', '100', '-m', 'a week without surprises']);

scene(60, 'A lower threshold, rolled back when it only adds false alarms');
mlc(registration('logistic-threshold', ...no));
approveTwice('1.1.1');
mlc(['deploy', `${model}@1.1.1`, '--env', 'production']);
day = 62;
mlc(['rollback', model, '--env', 'production', '-m', 'more false alarms, no more tumours found']);

scene(70, 'Another architecture: a MAJOR version, in shadow beside the old one');
mlc(
  registration(
    'gradient-boosted',
    '--substantial-modification',
    'yes',
    '--modification-reason',
    'other model family',
  ),
);
approveTwice('2.0.0');
mlc(['deploy', `${model}@2.0.0`, '--env', 'production']);
day = 90;
mlc(['deploy', `${model}@2.0.0`, '--env', 'production', '--pattern', 'canary', '--traffic', '10']);
day = 95;
mlc(['ramp', `${model}@2.0.0`, '--env', 'production', '--traffic', '100']);
mlc(['diff', `${model}@1.1.0`, '2.0.0']);

scene(100, 'The first version ends: notice, then retirement with everything kept');
mlc(['deprecate', `${model}@1.0.0`, '--successor', '2.0.0', '-m', 'superseded twice']);
mlc(['retire', `${model}@1.0.0`], 1);
day = 140;
mlc([
  'retire',
  `${model}@1.0.0`,
  ...storageFlags('1.0.0'),
  '--compliance-confirmed-by',
  'Grace <grace@example.com>',
]);

scene(145, 'A metric edited by hand does not merge; the audit replays everything');
git(['switch', '--quiet', '--create', 'better-numbers']);
editMetric('2.0.0', 'recall.malignant', 1);
git(['commit', '--quiet', '--all', '--message', 'Correct a number']);
mlc(['check', '--base', 'main'], 1);
git(['switch', '--quiet', 'main']);
mlc(['audit']);

scene(150, 'Where everything stands');
mlc(['show', `${model}@production`]);
mlc(['validate']);
mlc(['list']);
mlc(['history']);
process.stdout.write(
  `\nThe registry is in ${folder}. Go on by hand:\n\n  cd ${folder}\n  alias mlc='node ${program}'\n  mlc --help\n`,
);
