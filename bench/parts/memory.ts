// The largest resident memory of mlc, and of the git processes that it starts, at one size.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { as, clock } from '../people.js';
import { type Stock, openHistory, openRecords } from '../registries/open.js';
import type { Setting } from '../setting.js';

/** What one command took, in MB of 10^6 bytes. */
export interface MemoryRow {
  work: string;
  records: number;
  node: string;
  /** The largest resident set of node itself, all of its threads together. */
  nodeMegabytes: number;
  /** The largest resident set of one git process, pages of mapped packs included. */
  gitMegabytes: number;
  budget: number | null;
  met: boolean | null;
}

const budgetMegabytes = 400;
const reporter = pathToFileURL(path.join(import.meta.dirname, 'report-memory.mjs')).href;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    readText(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** The largest of the processes below one, each by its own high-water mark, in KiB. */
function largestBelow(pid: number): number {
  const sizes = childrenOf(pid).map((child) => {
    const mark = /^VmHWM:\s+(\d+) kB/m.exec(readText(`/proc/${child}/status`));
    return Math.max(Number(mark?.[1] ?? 0), largestBelow(child));
  });
  return Math.max(0, ...sizes);
}

interface Peak {
  node: number;
  git: number;
}

function peakOf(setting: Setting, folder: string, args: readonly string[]): Promise<Peak> {
  const file = path.join(folder, '.git', 'bench-memory');
  rmSync(file, { force: true });
  return new Promise((resolve, reject) => {
    const child = spawn(setting.node, ['--import', reporter, setting.program, ...args], {
      cwd: folder,
      env: { ...as('grace', clock), MLC_BENCH_MEMORY_FILE: file },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let git = 0;
    const watch = setInterval(() => {
      git = Math.max(git, largestBelow(child.pid ?? 0));
    }, 5);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      const node = Number(readText(file));
      if (status !== 0) reject(new Error(`mlc ${args.join(' ')} exited ${status}`));
      else if (!(node > 0)) reject(new Error(`mlc ${args.join(' ')} did not say how much memory it took`));
      else resolve({ node, git });
    });
  });
}

/** The memory of a registry of so many records, and of the audit of so many transitions. */
export async function memoryAt(
  setting: Setting,
  stock: Stock,
  size: number,
  transitions: number,
): Promise<MemoryRow[]> {
  // Only Linux says what the processes of others took.
  if (process.platform !== 'linux') return [];
  const rows: MemoryRow[] = [];
  const take = async (work: string, records: number, folder: string, ...args: string[]): Promise<void> => {
    const { node, git } = await peakOf(setting, folder, args);
    const row: MemoryRow = {
      work,
      records,
      node: setting.nodeVersion,
      nodeMegabytes: (node * 1024) / 1e6,
      gitMegabytes: (git * 1024) / 1e6,
      budget: budgetMegabytes,
      met: Math.max(node, git) * 1024 <= budgetMegabytes * 1e6,
    };
    process.stderr.write(
      `${records} records: ${work}: node ${row.nodeMegabytes.toFixed(0)} MB, git ${row.gitMegabytes.toFixed(0)} MB\n`,
    );
    rows.push(row);
  };
  const { folder, records, serving } = openRecords(stock, size);
  const [{ model, version } = { model: 'seed', version: '2.0.0' }] = serving;
  await take('mlc list, first time', records, folder, 'list');
  await take('mlc list, nothing changed', records, folder, 'list');
  rmSync(path.join(folder, '.git', 'mlc'), { recursive: true, force: true });
  await take('mlc validate, first time', records, folder, 'validate');
  await take('mlc validate, nothing changed', records, folder, 'validate');
  await take('a transition (mlc review)', records, folder, 'review', `${model}@${version}`);
  await take('mlc audit, first time', records, folder, 'audit', '--forget');
  await take('mlc audit, nothing new', records, folder, 'audit');
  const history = openHistory(stock, transitions).folder;
  await take(
    `mlc audit of ${transitions} transitions, first time`,
    transitions,
    history,
    'audit',
    '--forget',
  );
  return rows;
}
