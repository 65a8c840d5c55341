// The first half of the campaign: mutated inputs for every reader, tried in processes that are watched.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Campaign, count } from '../campaign.js';
import { copyProgram, runTypeScript } from './copy.js';
import { type PoolSettings, tryAll } from './pool.js';
import type { Result } from './worker.js';

/** Prints and keeps one input that broke a promise. */
function keep({ seed, program, folder }: PoolSettings, { number, broken }: Result): void {
  const kept = path.join(folder, 'failures', String(number));
  runTypeScript(program, 'stress/fuzz/describe.ts', [
    String(seed),
    String(number),
    path.join(folder, 'base'),
    kept,
    ...broken,
  ]);
  const { surface, how, argv } = JSON.parse(readFileSync(path.join(kept, 'input.json'), 'utf8')) as {
    surface: string;
    how: string[];
    argv?: string[];
  };
  const shown = (text: string): string => JSON.stringify(text.slice(0, 600));
  process.stdout.write(
    [
      `input ${number} (${surface}): ${how.map((word) => word.slice(0, 80)).join(', ')}`,
      ...(argv ? [`  argv: ${shown(JSON.stringify(argv))}`] : []),
      ...broken.map((fault) => `  broken: ${shown(fault)}`),
      `  again: npm run fuzz -- --seed ${seed} --sequences 0 --input ${number}`,
      `  kept: ${kept}`,
      '',
    ].join('\n'),
  );
}

function tally(campaign: Campaign, result: Result, tries: number): void {
  const { counts } = campaign;
  count(campaign, 'inputs');
  count(campaign, result.built ? 'through the built program' : 'in process');
  count(campaign, `surface ${result.surface}`);
  count(campaign, result.taken ? 'taken' : 'refused');
  count(campaign, 'tried again, being late', tries - 1);
  counts['slowest input, ms of processor time'] = Math.max(
    counts['slowest input, ms of processor time'] ?? 0,
    Math.round(result.took),
  );
  counts['largest memory, MB'] = Math.max(counts['largest memory, MB'] ?? 0, Math.round(result.memory));
  count(campaign, 'broken', result.broken.length > 0 ? 1 : 0);
}

/** Tries the campaign's inputs, or the one that `--input` names. Answers whether every promise was kept. */
export async function runInputs(campaign: Campaign): Promise<boolean> {
  const { inputs = 0, input = 0 } = campaign.numbers;
  const numbers = input > 0 ? [input] : Array.from({ length: inputs }, (_, index) => index + 1);
  const folder = mkdtempSync(path.join(tmpdir(), 'mlc-fuzz-'));
  const program = path.join(folder, 'program');
  mkdirSync(program);
  copyProgram(program);
  runTypeScript(program, 'stress/fuzz/build-base.ts', [path.join(folder, 'base')]);
  const workers = Math.min(2, availableParallelism());
  const settings: PoolSettings = { seed: campaign.seed, program, folder, workers };
  const began = Date.now();
  await tryAll(settings, numbers, (result, tries) => {
    tally(campaign, result, tries);
    if (result.broken.length > 0) keep(settings, result);
    const done = campaign.counts.inputs ?? 0;
    if (done % 500 === 0)
      process.stderr.write(`${done} inputs, ${Math.round((Date.now() - began) / 1000)} s\n`);
  });
  campaign.counts['seconds for inputs'] = Math.round((Date.now() - began) / 1000);
  const broken = campaign.counts.broken ?? 0;
  if (broken === 0) rmSync(folder, { recursive: true, force: true });
  else
    process.stdout.write(
      `${broken} inputs broke a promise; they are kept in ${path.join(folder, 'failures')}\n`,
    );
  return broken === 0;
}
