// The stage of the demo: a registry in a temporary folder, a clock that the story sets, and people who run commands on it.
// It plays five months that end now, by setting git's clock, so that notice can run out.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const program = path.join(root, 'bin', 'mlc.js');
export const examples = path.join(root, 'examples', 'breast-cancer');
export const model = 'tumour-screening';

type Person = 'Ada' | 'Grace' | 'Alan';

/** Where the story is: its day, and who acts. */
const story: { day: number; person: Person } = { day: 0, person: 'Ada' };
export const folder = path.join(mkdtempSync(path.join(tmpdir(), 'mlc-demo-')), 'registry');

/** A moment of the story; day 0 is 150 days ago. */
function clock(day = story.day): string {
  const moment = new Date(Date.now() - (150 - day) * 86_400_000);
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

function environment(): NodeJS.ProcessEnv {
  const email = `${story.person.toLowerCase()}@example.com`;
  return {
    ...process.env,
    GIT_AUTHOR_NAME: story.person,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: story.person,
    GIT_COMMITTER_EMAIL: email,
    GIT_AUTHOR_DATE: clock(),
    GIT_COMMITTER_DATE: clock(),
  };
}

function quoted(word: string): string {
  return /^[\w@./:=-]+$/.test(word) ? word : `'${word}'`;
}

/** Lets time pass. */
export function until(day: number): void {
  story.day = day;
}

/** Runs one command as the user would, and stops the demo where its exit code is not the expected one. */
export function mlc(args: readonly string[], expected = 0): void {
  const shown = args.map((word) => quoted(word.replace(`${examples}/`, '')));
  process.stdout.write(`\n${story.person.toLowerCase()}$ mlc ${shown.join(' ')}\n`);
  const cwd = existsSync(folder) ? folder : path.dirname(folder);
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: environment(),
    stdio: 'inherit',
  });
  if (status !== expected) throw new Error(`mlc ${args.join(' ')} exited ${status}, not ${expected}`);
  if (expected !== 0) process.stdout.write(`(exit code ${status})\n`);
}

export function scene(when: number, title: string): void {
  story.day = when;
  story.person = 'Ada';
  process.stdout.write(
    `\n── ${clock().slice(0, 10)}  ${title} ${'─'.repeat(Math.max(0, 60 - title.length))}\n`,
  );
}

function as(who: Person, args: readonly string[], expected = 0): void {
  story.person = who;
  mlc(args, expected);
  story.person = 'Ada';
}

/** The arguments that register an example. Its training is dated by the demo's clock, as everything in it is. */
export function registration(example: string, ...more: string[]): string[] {
  const files = [
    '--from',
    path.join(examples, example, 'evidence.yaml'),
    '--results',
    path.join(examples, example, 'results.json'),
  ];
  const commit = more.includes('--commit') ? [] : ['--commit', 'HEAD'];
  return ['register', model, ...files, ...commit, '--started-at', clock(), ...more];
}

export function approveTwice(version: string): void {
  as('Grace', ['approve', `${model}@${version}`, '-m', 'numbers checked against the golden set']);
  as('Alan', ['approve', `${model}@${version}`]);
}

/** Keeps the training code in the repository too, so that a version names the commit it was trained with. */
export function commitTrainingCode(): void {
  mkdirSync(path.join(folder, 'training'));
  copyFileSync(path.join(examples, 'train.py'), path.join(folder, 'training', 'train.py'));
  execFileSync('git', ['add', 'training'], { cwd: folder });
  execFileSync('git', ['commit', '--quiet', '-m', 'Add the training code'], {
    cwd: folder,
    env: environment(),
  });
}

/** Runs git, and shows it. */
export function git(args: readonly string[]): void {
  process.stdout.write(`\n${story.person.toLowerCase()}$ git ${args.map(quoted).join(' ')}\n`);
  execFileSync('git', [...args], { cwd: folder, env: environment() });
}

/** Changes a metric in a record, as anybody with an editor can. */
export function editMetric(version: string, metric: string, value: number): void {
  const file = path.join(folder, 'models', model, 'versions', `${version}.yaml`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(new RegExp(`^(  ${metric.replace('.', '\\.')}:) .*$`, 'm'), `$1 ${value}`),
  );
}

export function storageFlags(version: string): string[] {
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

/** The commit that is checked out. */
export function headOfFolder(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
}

/** Records what the tools measured in the week that ends today. */
export function recordWeek(version: string, week: string, trainingRows: number): void {
  const file = (name: string): string => path.join(examples, 'production', week, name);
  const window = ['--window', `${clock(story.day - 7)}..${clock()}`];
  const monitor = ['monitor', `${model}@${version}`];
  const samples = ['--reference-samples', String(trainingRows)];
  mlc([...monitor, '--signal', 'input-drift', '--report', file('input-drift.json'), ...samples, ...window]);
  mlc([...monitor, '--signal', 'quality', '--report', file('quality.json'), ...window]);
}

/** The id of the one retraining request. */
export function requestOfFolder(): string {
  const [name = ''] = readdirSync(path.join(folder, 'models', model, 'retraining'));
  return path.basename(name, '.yaml');
}

/** Writes into the model's own file what is watched, as an edit that its owner makes. */
export function commitMonitoringPlan(): void {
  const file = path.join('models', model, 'model.yaml');
  appendFileSync(path.join(folder, file), readFileSync(path.join(examples, 'monitoring.yaml')));
  git(['commit', '--quiet', '--message', 'Say what is watched, and what answers it', file]);
}
