// The benchmark at a tiny size, into a folder of its own: every row is there, and the README keeps what people wrote.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { begin, end, withTables } from '../../bench/report/readme.js';
import { temporaryFolder } from '../support/folders.js';
import { must, root, tell } from './tools.js';

interface Part {
  rows: { work: string; ratio: number; records: number; milliseconds: number }[];
  measurements: {
    work: string;
    records: number;
    timing: { median: number; lowest: number; highest: number };
  }[];
}

interface MemoryPart {
  rows: { work: string; nodeMegabytes: number }[];
}

const tsx = path.join(root, 'node_modules', '.bin', 'tsx');
const program = path.join(root, 'bench', 'bench.ts');
const before = '# Speed\n\nWhat people wrote.\n';
const after = '## Afterwards\n\nMore of it.\n';

let output = '';
let said = '';
let parts: { rows: Part; audit: Part; monitoring: Part; memory: MemoryPart };

beforeAll(async () => {
  output = path.join(await temporaryFolder(), 'bench');
  await mkdir(output);
  await writeFile(path.join(output, 'README.md'), `${before}\n${begin}\n\nold tables\n\n${end}\n\n${after}`);
  said = must(tsx, [program, '--seed', '7'], root, {
    MLC_BENCH_SIZES: '20,100',
    MLC_BENCH_RUNS: '1',
    MLC_BENCH_TRANSITIONS: '20',
    MLC_BENCH_MODELS: '3',
    MLC_BENCH_ONLY: 'rows,memory,audit,monitoring',
    MLC_BENCH_OUTPUT: output,
    MLC_BENCH_KEEP: '',
  });
  ({ parts } = JSON.parse(await readFile(path.join(output, 'results.json'), 'utf8')) as {
    parts: typeof parts;
  });
});

describe('the benchmark', () => {
  test('prints the line that replays it, and the tables', () => {
    expect(said.split('\n')[0]).toBe('npm run bench -- --seed 7');
    expect(said).toContain('### Budgets, 100 records');
    expect(said).toContain('### Growth with the number of records');
  });

  test('measures every row at every size', () => {
    const works = (size: number): string[] =>
      parts.rows.rows.filter(({ records }) => records === size).map(({ work }) => work);
    expect(works(100)).toEqual([
      'mlc --version',
      'mlc validate, first time',
      'mlc validate, nothing changed',
      'mlc list, nothing changed',
      'mlc resolve',
      'mlc show',
      'mlc validate --staged, one record',
      'a transition (mlc review)',
      'mlc register',
      'mlc check, a branch of 10 transitions',
    ]);
    expect(works(20)).toEqual(works(100));
    expect(parts.audit.rows.map(({ work }) => work)).toEqual([
      'mlc audit, first time',
      'mlc audit, nothing new',
    ]);
    expect(new Set(parts.monitoring.rows.map(({ work }) => work)).size).toBe(6);
  });

  test('has a finite ratio in every row, and a time for everything', () => {
    for (const part of [parts.rows, parts.audit, parts.monitoring]) {
      for (const { work, ratio, milliseconds } of part.rows) {
        expect(Number.isFinite(ratio), work).toBe(true);
        expect(ratio * milliseconds, work).toBeGreaterThan(0);
      }
      for (const { timing } of part.measurements) {
        expect(timing.lowest).toBeLessThanOrEqual(timing.median);
        expect(timing.median).toBeLessThanOrEqual(timing.highest);
      }
    }
  });

  test.runIf(process.platform === 'linux')('says how much memory each command took', () => {
    expect(parts.memory.rows.map(({ work }) => work)).toContain('mlc audit, first time');
    for (const { work, nodeMegabytes } of parts.memory.rows) {
      expect(nodeMegabytes, work).toBeGreaterThan(20);
    }
  });

  test('keeps what people wrote in the README, and draws a chart', async () => {
    const text = await readFile(path.join(output, 'README.md'), 'utf8');
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
    expect(text).not.toContain('old tables');
    expect(text).toContain('![');
    expect(text.indexOf(begin)).toBeLessThan(text.indexOf('### Memory'));
    expect(text.indexOf('### Memory')).toBeLessThan(text.indexOf(end));
    const chart = await readFile(path.join(output, 'chart.svg'), 'utf8');
    expect(chart).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(chart).toContain('mlc list, nothing changed');
    expect(chart).not.toContain('NaN');
  });

  test('does not write into a README without its marks', () => {
    expect(() => withTables(`${before}\n${end}\n${begin}\n`, 'tables')).toThrow('marks');
    expect(() => withTables(before, 'tables')).toThrow('marks');
  });

  test('says what it does not know', () => {
    const { status, said: refused } = tell(tsx, [program], root, { MLC_BENCH_ONLY: 'everything' });
    expect(status).not.toBe(0);
    expect(refused).toContain('MLC_BENCH_ONLY takes rows, memory, audit, monitoring, nodes, peers');
  });
});
