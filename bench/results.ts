// What results.json holds: each part with the machine and the day on which it was measured.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Findings } from './findings.js';
import type { Machine } from './machine.js';
import type { MemoryRow } from './parts/memory.js';
import type { PeerFindings } from './peers/findings.js';

/** When, where and how a part was measured. */
export interface Run {
  date: string;
  machine: Machine;
  seed: number;
  sizes: number[];
}

export interface Results {
  rows?: Run & Findings;
  memory?: Run & { rows: MemoryRow[] };
  audit?: Run & Findings;
  monitoring?: Run & Findings;
  nodes?: Run & Findings;
  peers?: Run & PeerFindings;
}

/** The results of earlier runs; none where there is no file. */
export function readResults(folder: string): Results {
  const file = path.join(folder, 'results.json');
  if (!existsSync(file)) return {};
  const { parts = {} } = JSON.parse(readFileSync(file, 'utf8')) as { parts?: Results };
  return parts;
}

export function writeResults(folder: string, parts: Results): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'results.json'), `${JSON.stringify({ parts }, null, 2)}\n`);
}
