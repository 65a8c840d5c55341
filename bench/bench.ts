// Measures mlc against yardsticks of the same run, prints a table, and writes bench/results.json.
// MLC_BENCH_RECORDS sets the size of the registry (default 10,000), MLC_BENCH_RUNS how often each command runs,
// MLC_BENCH_MODELS of how many models a year of reports is read (default 1,000).
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildHistory } from './history.js';
import { buildMonitored, watchedAt } from './monitoring.js';
import { as, buildRegistry } from './registry.js';

const folder = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(folder);
const program = path.join(root, 'bin', 'mlc.js');
const peers = path.join(folder, '.peers');
const records = Number(process.env.MLC_BENCH_RECORDS ?? 10_000);
const watchedModels = Number(process.env.MLC_BENCH_MODELS ?? 1000);
const runs = Number(process.env.MLC_BENCH_RUNS ?? 9);
const clock = '2027-06-01T09:00:00Z';

/** One thing that is measured: run it, and put things back so that it can run again. */
interface Subject {
  run: () => void;
  before?: () => void;
}

interface Row {
  work: string;
  milliseconds: number;
  yardstick: string;
  yardstickMilliseconds: number;
  ratio: number;
  budget: number;
  met: boolean;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function once({ run, before }: Subject): number {
  before?.();
  const started = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Medians of subjects that run in turn, so that a slow moment of the machine falls on all of them. */
function measure(subjects: readonly Subject[], times: number): number[] {
  const taken = subjects.map((): number[] => []);
  for (const subject of subjects) once(subject);
  for (let round = 0; round < times; round++)
    subjects.forEach((subject, index) => taken[index]?.push(once(subject)));
  return taken.map(median);
}

const registry = path.join(mkdtempSync(path.join(tmpdir(), 'mlc-bench-')), 'registry');
const env = as('grace', clock);

function command(
  file: string,
  args: readonly string[],
  accepted: readonly number[] = [0],
  environment: NodeJS.ProcessEnv = env,
): () => void {
  return () => {
    const { status, stderr } = spawnSync(file, args, {
      cwd: registry,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 1 << 28,
    });
    if (!accepted.includes(status ?? -1))
      throw new Error(`${file} ${args.join(' ')} exited ${status}: ${stderr.toString()}`);
  };
}

const mlc = (...args: string[]): (() => void) => command(process.execPath, [program, ...args]);
const bare: Subject = { run: command(process.execPath, ['-e', '0']) };

function installPeers(): string {
  if (!existsSync(path.join(peers, 'node_modules', 'ajv-cli'))) {
    mkdirSync(peers, { recursive: true });
    writeFileSync(path.join(peers, 'package.json'), '{"private": true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', 'ajv-cli@5', 'ajv-formats@3'], {
      cwd: peers,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return path.join(peers, 'node_modules', '.bin', 'ajv');
}

process.stderr.write(`building a registry of ${records} records\n`);
const built = buildRegistry(registry, records);
const rows: Row[] = [];

function row(
  work: string,
  milliseconds: number,
  yardstick: string,
  yardstickMilliseconds: number,
  budget: number,
): void {
  const ratio = milliseconds / yardstickMilliseconds;
  rows.push({ work, milliseconds, yardstick, yardstickMilliseconds, ratio, budget, met: ratio <= budget });
  process.stderr.write(`${work}: ${ratio.toFixed(2)} × ${yardstick}\n`);
}

{
  const [version = 0, node = 0] = measure([{ run: mlc('--version') }, bare], runs);
  row('mlc --version', version, 'node -e 0', node, 1.3);
}
{
  const file = path.join(registry, 'models', built.models[0] ?? '', 'versions', '1.0.0.yaml');
  appendFileSync(file, '# changed\n');
  execFileSync('git', ['add', file], { cwd: registry });
  const [staged = 0, node = 0] = measure([{ run: mlc('validate', '--staged') }, bare], runs);
  row(`mlc validate --staged, one record of ${records}`, staged, 'node -e 0', node, 2.2);
  execFileSync('git', ['reset', '--hard', '--quiet'], { cwd: registry });
}
{
  const schemas = path.join(root, 'schemas');
  const ajvArgs = [
    'validate',
    '--spec=draft2020',
    '-c',
    'ajv-formats',
    '--strict=false',
    '-s',
    path.join(schemas, 'version.schema.json'),
    '-r',
    path.join(schemas, 'common.schema.json'),
    '-d',
    path.join(registry, 'models', '*', 'versions', '*.yaml'),
  ];
  const cold = {
    before: () => rmSync(path.join(registry, '.git', 'mlc', 'cache'), { recursive: true, force: true }),
    run: mlc('validate'),
  };
  const [first = 0, ajv = 0] = measure(
    [cold, { run: command(installPeers(), ajvArgs) }],
    Math.max(3, Math.floor(runs / 3)),
  );
  row(`mlc validate, ${records} records, first time`, first, 'ajv-cli', ajv, 0.7);
}
{
  const [validate = 0, list = 0, node = 0] = measure(
    [{ run: mlc('validate') }, { run: mlc('list') }, bare],
    runs,
  );
  row(`mlc validate, ${records} records, nothing changed`, validate, 'node -e 0', node, 4);
  row(`mlc list, ${records} records, nothing changed`, list, 'node -e 0', node, 4);
}
{
  let next = 0;
  const transition = { run: () => mlc('review', `${built.models[next++ % built.models.length]}@1.1.0`)() };
  const gate = `models/${built.models[0]}/gate.yaml`;
  const raw = {
    before: () => appendFileSync(path.join(registry, gate), '# changed\n'),
    run: command('git', ['commit', '--quiet', '--only', '-m', 'raw', '--', gate]),
  };
  const [one = 0, node = 0, commit = 0] = measure([transition, bare, raw], runs);
  row(`a transition, registry of ${records}`, one, 'node -e 0 + 3 × git commit --only', node + 3 * commit, 1);
}

{
  const branch = built.models.slice(0, 10);
  execFileSync('git', ['switch', '--quiet', '--create', 'feature'], { cwd: registry });
  for (const model of branch) mlc('review', `${model}@1.0.0`)();
  const [check = 0, node = 0] = measure([{ run: mlc('check', '--base', 'main') }, bare], runs);
  row(`mlc check, a branch of 10 transitions, registry of ${records}`, check, 'node -e 0', node, 10);
}
{
  const history = path.join(path.dirname(registry), 'history');
  process.stderr.write(`building a history of ${records} transitions\n`);
  buildHistory(history, records);
  const commits = Number(
    execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: history, encoding: 'utf8' }),
  );
  const afresh = { run: mlc('-C', history, 'audit', '--forget') };
  const again = { run: mlc('-C', history, 'audit') };
  const [first = 0] = measure([afresh], Math.max(3, Math.floor(runs / 3)));
  row(`mlc audit, ${commits} commits, first time`, first, '2,000 commits a second', commits / 2, 1);
  const [next = 0, node = 0] = measure([again, bare], runs);
  row(`mlc audit, ${commits} commits, nothing new`, next, 'node -e 0', node, 4);
}

{
  const watched = path.join(path.dirname(registry), 'watched');
  process.stderr.write(`building a year of weekly reports on ${watchedModels} models\n`);
  const { reports } = await buildMonitored(watched, watchedModels);
  const forget = (): void =>
    rmSync(path.join(watched, '.git', 'mlc', 'cache'), { recursive: true, force: true });
  // Triggers that fired and zombies make the exit code 1.
  const answering = (name: string): (() => void) =>
    command(process.execPath, [program, '-C', watched, name], [0, 1], as('ada', watchedAt));
  for (const name of ['due', 'triggers', 'health']) {
    const cold = { before: forget, run: answering(name) };
    const [first = 0, node = 0] = measure([cold, bare], Math.max(3, Math.floor(runs / 3)));
    row(`mlc ${name}, ${reports} reports, first time`, first, '10 s', 10_000, 1);
    row(`mlc ${name}, ${reports} reports, first time`, first, 'node -e 0', node, 130);
    const [again = 0, bareAgain = 0] = measure([{ run: answering(name) }, bare], runs);
    row(`mlc ${name}, ${reports} reports, nothing new`, again, '1.5 s', 1500, 1);
    row(`mlc ${name}, ${reports} reports, nothing new`, again, 'node -e 0', bareAgain, 20);
  }
}

const machine = {
  node: process.version,
  git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim(),
  cores: cpus().length,
  processor: cpus()[0]?.model,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  date: new Date().toISOString().slice(0, 10),
};
writeFileSync(
  path.join(folder, 'results.json'),
  `${JSON.stringify({ machine, records, runs, rows }, null, 2)}\n`,
);
const lines = rows.map(
  (entry) =>
    `| ${entry.work} | ${entry.milliseconds.toFixed(0)} ms | ${entry.yardstick} | ${entry.yardstickMilliseconds.toFixed(0)} ms | ${entry.ratio.toFixed(2)} | ${entry.budget} | ${entry.met ? 'yes' : 'no'} |`,
);
process.stdout.write(
  [
    '| work | median | yardstick | median | ratio | budget | met |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n') + '\n',
);
rmSync(path.dirname(registry), { recursive: true, force: true });
