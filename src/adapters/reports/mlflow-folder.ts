// Reads a run out of MLflow's file store: `mlruns/<experiment>/<run>`, or its `metrics` folder.
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../../errors.js';
import type { ParsedReport } from '../../lifecycle/monitoring/observation.js';
import { decodeText } from '../text-file.js';
import { reportOfRun } from './mlflow-run.js';
import { readNumber } from './numbers.js';

const maximumBytes = 16 * 1024 * 1024;
const maximumFiles = 10_000;
const statuses: Readonly<Record<string, string>> = {
  '1': 'RUNNING',
  '2': 'SCHEDULED',
  '3': 'FINISHED',
  '4': 'FAILED',
  '5': 'KILLED',
};

/** The files below a folder, by names with slashes, sorted. Links are not followed. */
async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, prefix), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const name = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, name)));
    else if (entry.isFile()) found.push(name);
  }
  return found.sort();
}

async function isFolder(full: string): Promise<boolean> {
  return (await stat(full).catch(() => undefined))?.isDirectory() ?? false;
}

/** The folders of the runs below a folder, at most two levels down. */
async function runsBelow(folder: string, depth: number): Promise<string[]> {
  if (await isFolder(path.join(folder, 'metrics'))) return [folder];
  if (depth === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries)
    if (entry.isDirectory()) found.push(...(await runsBelow(path.join(folder, entry.name), depth - 1)));
  return found.sort();
}

async function runFolder(full: string, name: string): Promise<string> {
  if (await isFolder(path.join(full, 'metrics'))) return full;
  if (path.basename(full) === 'metrics') return path.dirname(full);
  const runs = await runsBelow(full, 2);
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return only;
  const listed = runs.slice(0, 5).map((run) => path.join(name, path.relative(full, run)));
  throw usage(
    only === undefined ? 'path/not-a-file' : 'report/which-run',
    only === undefined
      ? `${name} is a folder, and no MLflow run is in it`
      : `${name} holds ${runs.length} MLflow runs`,
    only === undefined ? `ls ${name}` : `name one of them: ${listed.join(', ')}`,
  );
}

/** The newest value of a metric's file: lines of time, value and step, and in newer versions what it was measured on. */
function newest(text: string, name: string): unknown {
  let best: { step: number; at: number; value: string } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [time = '', value = '', steps = '0'] = line.trim().split(/\s+/);
    const [at, step] = [Number(time), Number(steps)];
    if (!Number.isFinite(at) || !Number.isFinite(step) || readNumber(value).kind === 'text' || value === '') {
      throw usage(
        'report/metric-line',
        `${name}:${index + 1} is no line of time, value and step: ${JSON.stringify(line.slice(0, 80))}`,
        'mlflow runs describe --run-id RUN',
      );
    }
    if (!best || step > best.step || (step === best.step && at >= best.at)) best = { step, at, value };
  }
  return best?.value;
}

/** A run's report, and the digest over its files. */
export interface FolderReport {
  report: ParsedReport;
  file: string;
  sha256: string;
}

/** Reads a run. `full` is where the folder is, `name` what the user called it. */
export async function readMlflowFolder(full: string, name: string): Promise<FolderReport> {
  const run = await runFolder(full, name);
  const files = ['meta.yaml', ...(await filesBelow(run, 'metrics')), ...(await filesBelow(run, 'tags'))];
  if (files.length > maximumFiles)
    throw usage('input/too-large', `${name} has ${files.length} files`, `a run has at most ${maximumFiles}`);
  const digest = createHash('sha256');
  const texts = new Map<string, string>();
  let total = 0;
  for (const file of files) {
    const bytes = await readFile(path.join(run, file)).catch(() => undefined);
    if (!bytes) continue;
    total += bytes.length;
    if (total > maximumBytes)
      throw usage(
        'input/too-large',
        `${name} has more than ${maximumBytes} bytes`,
        'hand in the metrics alone',
      );
    digest.update(`${file}\0${bytes.length}\0`).update(bytes);
    texts.set(file, decodeText(bytes, `${name}/${file}`));
  }
  const below = (folder: string): [string, string][] =>
    [...texts].flatMap(([file, text]): [string, string][] =>
      file.startsWith(`${folder}/`) ? [[file.slice(folder.length + 1), text]] : [],
    );
  const status = /^status: *'?(\d)/m.exec(texts.get('meta.yaml') ?? '')?.[1];
  const report = reportOfRun(
    {
      metrics: below('metrics').map(([metric, text]) => [metric, newest(text, `${name}/metrics/${metric}`)]),
      tags: new Map(below('tags')),
      status: status === undefined ? undefined : statuses[status],
    },
    name,
  );
  return { report, file: path.basename(run), sha256: digest.digest('hex') };
}
