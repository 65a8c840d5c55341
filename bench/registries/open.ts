// Opens a registry for measuring: builds it, or takes the one that an earlier run kept and puts it back to its start.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { as, clock } from '../people.js';
import type { RecordsRegistry } from './records.js';
import { start } from './start.js';

/** Where registries are, what they are varied by, and the program that writes their seed. */
export interface Stock {
  folder: string;
  seed: number;
  program: string;
}

const builder = path.join(import.meta.dirname, 'build.ts');

function git(folder: string, ...args: string[]): void {
  execFileSync('git', args, { cwd: folder, env: as('ada', clock), stdio: ['ignore', 'ignore', 'inherit'] });
}

function restore(folder: string): void {
  rmSync(path.join(folder, '.git', 'mlc'), { recursive: true, force: true });
  git(folder, 'checkout', '--quiet', '--force', '-B', 'main', start);
  git(folder, 'clean', '--quiet', '-d', '--force');
}

function open<T>(
  stock: Stock,
  kind: 'records' | 'history' | 'monitored',
  size: number,
): { folder: string; built: T } {
  const folder = path.join(stock.folder, `${kind}-${size}-${stock.seed}`);
  const description = path.join(folder, '.git', 'bench.json');
  if (existsSync(description)) restore(folder);
  else {
    process.stderr.write(`building ${kind} ${size}\n`);
    mkdirSync(stock.folder, { recursive: true });
    const args = [kind, folder, String(size), String(stock.seed), stock.program];
    execFileSync(process.execPath, ['--import', 'tsx', builder, ...args], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
  return { folder, built: JSON.parse(readFileSync(description, 'utf8')) as T };
}

/** A registry of so many records. */
export function openRecords(stock: Stock, size: number): RecordsRegistry & { folder: string } {
  const { folder, built } = open<RecordsRegistry>(stock, 'records', size);
  return { folder, ...built };
}

/** A registry whose history holds at least so many transitions. */
export function openHistory(stock: Stock, transitions: number): { folder: string } {
  return open<{ transitions: number }>(stock, 'history', transitions);
}

/** So many models with a year of reports. */
export function openMonitored(stock: Stock, models: number): { folder: string; reports: number } {
  const { folder, built } = open<{ reports: number }>(stock, 'monitored', models);
  return { folder, reports: built.reports };
}
