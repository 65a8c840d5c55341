// Random lives of a model: the real program against a small reference of the rules, answer by answer.
import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Campaign, count } from '../campaign.js';
import type { Message } from './lives-worker.js';

const workers = 2;

/** Every kind of transition has to have been accepted now and then, or nothing was shown about it. */
const kinds = [
  ...['register', 'approve', 'reject', 'deploy', 'ramp', 'rollback', 'review', 'deprecate', 'reinstate'],
  ...['retire', 'hold', 'release'],
];

/** So many sequences have to reach every kind. */
const enough = 100;

/** A copy of the program as it is now, so that work on it does not change what is running. */
async function frozenCopy(): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folder = await mkdtemp(path.join(tmpdir(), 'mlc-lives-program-'));
  for (const part of [
    'src',
    'stress',
    'schemas',
    'templates',
    'package.json',
    'tsconfig.json',
    'test/support',
  ])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

function follow(campaign: Campaign, worker: ChildProcess, progress: () => void): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let found: string | undefined;
    worker.on('message', (message: Message) => {
      for (const [name, by] of Object.entries(message.counts)) count(campaign, `lives: ${name}`, by);
      found ??= message.found;
      progress();
    });
    worker.on('error', reject);
    worker.on('exit', (code, signal) => {
      if (code === 0) resolve(found);
      else reject(new Error(`a process of the model-based test ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** What a run that found nothing still has to have done. */
function unreached(campaign: Campaign, sequences: number): string[] {
  const lived = campaign.counts['lives: sequences'] ?? 0;
  const missing = lived === sequences ? [] : [`${lived} of ${sequences} sequences were played`];
  const never = kinds.filter((kind) => !campaign.counts[`lives: accepted: ${kind}`]);
  return sequences < enough ? missing : [...missing, ...never.map((kind) => `${kind} was never accepted`)];
}

/**
 * Plays random sequences of operations on real registries and on the reference, and compares every answer; then every pair
 * of operations in either order. Rejects with the shortest sequence that differs, and how to play it again.
 */
export async function runLives(campaign: Campaign): Promise<void> {
  const sequences = campaign.numbers.sequences ?? 500;
  if (sequences === 0) return;
  const program = await frozenCopy();
  const started = Array.from({ length: workers }, (_, index) =>
    fork(path.join(program, 'stress/fuzz/lives-worker.ts'), [
      ...[campaign.seed, sequences, index, workers].map(String),
    ]),
  );
  let told = Date.now();
  const progress = (): void => {
    if (Date.now() - told < 15_000) return;
    told = Date.now();
    process.stderr.write(`${campaign.counts['lives: sequences'] ?? 0} of ${sequences} sequences\n`);
  };
  const ends = await Promise.allSettled(started.map((worker) => follow(campaign, worker, progress)));
  await rm(program, { recursive: true, force: true });
  const findings = ends.flatMap((end) =>
    end.status === 'rejected' ? [String(end.reason)] : end.value === undefined ? [] : [end.value],
  );
  if (findings.length === 0) findings.push(...unreached(campaign, sequences));
  if (findings.length > 0) throw new Error(findings.join('\n\n'));
}
