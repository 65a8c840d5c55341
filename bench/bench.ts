// Measures mlc against yardsticks of the same run, prints tables, and writes results.json, chart.svg and README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerFolder } from './command.js';
import { together } from './findings.js';
import { thisMachine } from './machine.js';
import { type Part, mainSize, readOptions, runsAt } from './options.js';
import { auditOf } from './parts/audit.js';
import { memoryAt } from './parts/memory.js';
import { monitoringOf } from './parts/monitoring.js';
import { rowsOnOtherNodes } from './parts/nodes.js';
import { rowsAt } from './parts/rows.js';
import { besidePeers } from './peers/peers.js';
import { copyProgram } from './program.js';
import type { Stock } from './registries/open.js';
import { chartOf } from './report/chart.js';
import { writeReadme } from './report/readme.js';
import { sections } from './report/sections.js';
import { type Results, type Run, readResults, writeResults } from './results.js';
import { settingOf } from './setting.js';

const options = readOptions(import.meta.dirname);
const started = Date.now();
const folder = mkdtempSync(path.join(tmpdir(), 'mlc-bench-'));
const program = copyProgram(path.join(folder, 'program'));
const stock: Stock = {
  folder: path.resolve(options.keep ?? path.join(folder, 'registries')),
  seed: options.seed,
  program,
};
const own = settingOf(process.execPath, program);
const run: Run = {
  date: new Date().toISOString().slice(0, 10),
  machine: thisMachine(),
  seed: options.seed,
  sizes: options.sizes,
};
const main = mainSize(options);
const usualRuns = runsAt(options, main);

const measuring: Readonly<Record<Part, () => Promise<Results> | Results>> = {
  rows: () => ({
    rows: {
      ...run,
      ...together(options.sizes.map((size) => rowsAt(own, stock, size, runsAt(options, size)))),
    },
  }),
  memory: async () => {
    const largest = options.sizes.at(-1) ?? main;
    return { memory: { ...run, rows: await memoryAt(own, stock, largest, options.transitions) } };
  },
  audit: () => ({ audit: { ...run, ...auditOf(own, stock, options.transitions, usualRuns) } }),
  monitoring: () => ({ monitoring: { ...run, ...monitoringOf(own, stock, options.watched, usualRuns) } }),
  nodes: () => ({ nodes: { ...run, ...rowsOnOtherNodes(own, stock, main, usualRuns) } }),
  peers: () => ({ peers: { ...run, ...besidePeers(own, stock, options.sizes, options.runs) } }),
};

const measured: Results = {};
try {
  for (const part of options.parts) {
    try {
      Object.assign(measured, await measuring[part]());
    } catch (error) {
      // What was measured before is worth keeping.
      process.stderr.write(`${part}: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
      process.exitCode = 1;
      continue;
    }
    process.stderr.write(`${part} measured after ${Math.round((Date.now() - started) / 1000)} s\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(answerFolder(), { recursive: true, force: true });
}

process.stdout.write(`${sections(measured)}\n`);
if (options.output === undefined) {
  process.stderr.write(
    'a smaller run: nothing is written (MLC_BENCH_OUTPUT names a folder for its results)\n',
  );
} else {
  const results = { ...readResults(options.output), ...measured };
  const chart = chartOf(results.rows?.measurements ?? []);
  if (chart !== undefined) writeFileSync(path.join(options.output, 'chart.svg'), chart);
  writeResults(options.output, results);
  await writeReadme(options.output, sections(results));
}
