// Builds a registry of many records: what mlc itself wrote about one model, varied, committed by git fast-import.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { as } from '../people.js';
import { type Life, livesOf, versionCount } from './lives.js';
import type { Seed } from './seed.js';

/** A registry that was built, as the measuring needs to know it. */
export interface RecordsRegistry {
  models: number;
  records: number;
  /** Versions that serve, one a model: what transitions are measured on. */
  serving: { model: string; version: string }[];
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Every digest of an artifact becomes another, wherever the record names it. */
function withOtherDigests(text: string, salt: string): string {
  const begin = text.indexOf('\nartifacts:');
  const end = text.indexOf('\nevaluation_results:');
  const digests = new Set(text.slice(begin, end).match(/[0-9a-f]{64}/g));
  return [...digests].reduce((varied, digest) => varied.replaceAll(digest, digestOf(salt + digest)), text);
}

/** The text of one version, from the text of a version of the seed that went the same way. */
function vary(seed: Seed, model: string, life: Life, next: string | undefined, number: number): string {
  const text = seed.records[`${life.kind} ${life.turn}`];
  if (text === undefined) throw new Error(`the seed has no ${life.kind} ${life.turn}`);
  const varied = text
    .replace(/^model_id: .*$/m, `model_id: ${model}`)
    .replace(/^version: .*$/m, `version: "${life.version}"`)
    .replace(/^ {2}seed: .*$/m, `  seed: ${number}`)
    .replace(/^training_commit: .*$/m, `training_commit: "${digestOf(`${model} ${number}`).slice(0, 40)}"`)
    .replace(/^ {2}accuracy: .*$/m, `  accuracy: ${(0.95 + (number % 499) / 10_000).toFixed(4)}`)
    .replace(/^ {2}successor: ".*$/m, `  successor: "${next ?? life.version}"`);
  const linked =
    life.from === undefined
      ? varied
      : varied
          .replace(/^ {2}from: .*$/m, `  from: "${life.from}"`)
          .replace(/^ {2}baseline: .*$/m, `  baseline: "${life.from}"`);
  return withOtherDigests(linked, `${model}${number}`);
}

function entry(name: string, text: string): string {
  return `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

const importedFrom = Date.parse('2027-04-01T09:00:00Z') / 1000;

/** One commit a model, as if each had been brought over by its owner. */
function commitOf(seed: Seed, model: string, lives: readonly Life[], place: number, first: number): string {
  const message = `Bring ${model} over\n`;
  const head = `commit refs/heads/main\ncommitter Ada <ada@example.com> ${importedFrom + place * 60} +0000\ndata ${message.length}\n${message}`;
  const from = place === 0 ? 'from refs/heads/main^0\n' : '';
  const description = seed.model.replace(/^model_id: .*$/m, `model_id: ${model}`);
  return [
    head,
    from,
    entry(`models/${model}/model.yaml`, description),
    entry(`models/${model}/gate.yaml`, seed.gate),
    ...lives.map((life, index) =>
      entry(
        `models/${model}/versions/${life.version}.yaml`,
        vary(seed, model, life, lives[index + 1]?.version, first + index),
      ),
    ),
  ].join('');
}

function writeStream(file: string, seed: Seed, size: number, random: () => number): RecordsRegistry {
  const output = openSync(file, 'w');
  const built: RecordsRegistry = { models: 0, records: 0, serving: [] };
  // Small registries have several models too.
  const most = Math.max(1, Math.floor(size / 10));
  while (built.records < size) {
    const model = `model-${String(built.models).padStart(5, '0')}`;
    const lives = livesOf(Math.min(versionCount(random), most, size - built.records), random);
    writeSync(output, commitOf(seed, model, lives, built.models, built.records));
    const serving = lives.find(({ turn }) => turn === 'serving' || turn === 'giving-way');
    if (serving) built.serving.push({ model, version: serving.version });
    built.models += 1;
    built.records += lives.length;
  }
  closeSync(output);
  return built;
}

/** Builds a registry of exactly so many records beside those of the seed, from which it starts. */
export function buildRecords(
  folder: string,
  seedFolder: string,
  seed: Seed,
  size: number,
  random: () => number,
): RecordsRegistry {
  rmSync(folder, { recursive: true, force: true });
  cpSync(seedFolder, folder, { recursive: true });
  const stream = path.join(folder, '.git', 'stream');
  const built = writeStream(stream, seed, size, random);
  importStream(folder, stream);
  return built;
}

/** Reads a stream into a repository, and checks its branch out. */
export function importStream(folder: string, stream: string): void {
  const env = as('ada', '2027-05-01T09:00:00Z');
  const input = openSync(stream, 'r');
  const run = (stdin: number | 'ignore', ...args: string[]): void => {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, env, stdio: [stdin, 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
  };
  run(input, 'fast-import', '--quiet');
  closeSync(input);
  rmSync(stream);
  run('ignore', 'reset', '--hard', '--quiet');
}
