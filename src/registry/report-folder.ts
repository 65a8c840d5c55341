// A folder of reports of many models: `MODEL@VERSION/SIGNAL.ext`, or `MODEL/VERSION/SIGNAL.ext`.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import { type Signal, signals } from '../lifecycle/monitoring/observation.js';
import { type Problem, problem } from '../lifecycle/problems.js';
import { didYouMean } from '../lifecycle/similarity.js';

/** One report of a folder. */
export interface FolderReport {
  /** Relative to the folder. */
  file: string;
  /** `model@version`, as the folders name it. */
  address: string;
  signal: Signal;
}

/** A file that is not called as a report is. What its path does not say is empty. */
export interface MisnamedReport {
  file: string;
  address: string;
  signal: null;
  problem: Problem;
}

const readable = /\.(?:json|ya?ml|csv)$/i;

function reportIn(file: string): FolderReport | MisnamedReport {
  const parts = file.split('/');
  const word = (parts.pop() ?? '').replace(readable, '');
  const address = parts.length === 2 ? parts.join('@') : parts.length === 1 ? (parts[0] ?? '') : '';
  const misnamed = (said: string, message: string, hint: string): MisnamedReport => ({
    file,
    address: said,
    signal: null,
    problem: { ...problem('monitor/folder', message, hint), file },
  });
  if (!address.includes('@'))
    return misnamed('', `${file} does not say which version it is about`, 'MODEL@VERSION/SIGNAL.json');
  const signal = signals.find((name) => word === name || word.startsWith(`${name}.`));
  if (signal) return { file, address, signal };
  return misnamed(address, `"${word}" is no signal`, didYouMean(word, signals) ?? signals.join(', '));
}

/** The reports of a folder, in order of their paths, and the files that are not called as reports are among them. */
export async function reportsInFolder(folder: string): Promise<(FolderReport | MisnamedReport)[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw usage('path/not-found', `there is no folder ${folder}`, '--batch FOLDER');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && readable.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  if (files.length === 0)
    throw usage('monitor/folder', `${folder} holds no report`, 'MODEL@VERSION/SIGNAL.json, .yaml or .csv');
  return files.map(reportIn);
}
