// Builds one registry, as a process of its own, so that the process that measures stays small.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomFrom } from '../../stress/campaign.js';
import { buildHistory } from './history.js';
import { buildMonitored } from './monitoring.js';
import { buildRecords } from './records.js';
import { type Seed, makeSeed } from './seed.js';
import { start } from './start.js';

/** The seed of all registries of a run is made once. */
function seedIn(home: string, program: string): { folder: string; seed: Seed } {
  const folder = path.join(home, 'seed');
  const file = path.join(home, 'seed.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(makeSeed(folder, program)));
  return { folder, seed: JSON.parse(readFileSync(file, 'utf8')) as Seed };
}

async function build(
  kind: string,
  folder: string,
  size: number,
  seedNumber: number,
  program: string,
): Promise<unknown> {
  if (kind === 'history') return { transitions: buildHistory(folder, size) };
  if (kind === 'monitored') return buildMonitored(folder, size);
  const from = seedIn(path.dirname(folder), program);
  return buildRecords(folder, from.folder, from.seed, size, randomFrom(seedNumber));
}

const [kind = '', folder = '', size, seedNumber, program = ''] = process.argv.slice(2);
const built = await build(kind, folder, Number(size), Number(seedNumber), program);
execFileSync('git', ['update-ref', start, 'HEAD'], { cwd: folder });
// Last of all: a registry without it was not finished.
writeFileSync(path.join(folder, '.git', 'bench.json'), JSON.stringify(built));
