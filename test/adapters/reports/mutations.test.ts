// Whatever becomes of a report's bytes, reading it ends in a report that holds or in a usage error, never in a crash.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../src/adapters/reports/file-content.js';
import { finish } from '../../../src/adapters/reports/finish.js';
import { formats } from '../../../src/adapters/reports/formats.js';
import { Failure } from '../../../src/errors.js';
import type { ParsedReport } from '../../../src/lifecycle/monitoring/observation.js';
import { fixtures } from './reading.js';

/** What holds of every report, whatever it was read from. */
function holds(report: ParsedReport): void {
  expect(report.observations.length).toBeGreaterThan(0);
  const seen = new Set<string>();
  for (const observation of report.observations) {
    const { name, method, value, threshold, breached, unmeasured } = observation;
    const key = JSON.stringify([name, method]);
    const isWell =
      (value === null) === (unmeasured !== undefined) &&
      (value === null ? breached === null : Number.isFinite(value)) &&
      (threshold === null || Number.isFinite(threshold)) &&
      unmeasured !== '' &&
      name.trim() !== '' &&
      method !== '' &&
      !seen.has(key);
    if (!isWell) expect.fail(JSON.stringify(observation));
    seen.add(key);
  }
  const { window, samples } = report;
  if (window) expect(window.start <= window.end).toBe(true);
  for (const count of Object.values(samples ?? {})) expect(Number.isInteger(count) && count >= 0).toBe(true);
}

/** Reads bytes in every way that there is; answers how many of them gave a report. */
async function readEveryWay(bytes: Uint8Array): Promise<number> {
  let read = 0;
  try {
    const content = await contentOf(bytes, 'report');
    for (const format of formats) {
      if (!(format.accepts ?? format.detect)(content)) continue;
      try {
        const report = finish(format.parse(content, { file: 'report' }), 'report');
        holds(report);
        read++;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.exitCode).toBe(2);
      }
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.exitCode).toBe(2);
  }
  return read;
}

// What a mutation puts in: pieces that mean something to a reader, and bytes that mean nothing.
const pieces = [
  'NaN',
  'null',
  '-Infinity',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '1e999',
  'true',
  '""',
  '-1',
  'value',
  '__proto__',
];

const mutation = fc.record({
  // Without a bias to the first byte, which alone tells JSON from YAML.
  at: fc.noBias(fc.double({ min: 0, max: 1, noNaN: true })),
  remove: fc.integer({ min: 0, max: 40 }),
  insert: fc.oneof(
    fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
});

function mutated(
  bytes: Buffer,
  mutations: readonly { at: number; remove: number; insert: Buffer }[],
): Buffer {
  return mutations.reduce((before, { at, remove, insert }) => {
    const place = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, place), insert, before.subarray(place + remove)]);
  }, bytes);
}

const everything = await readdir(fixtures, { recursive: true, withFileTypes: true });
const files = everything
  .filter((entry) => entry.isFile() && /\.(?:json|csv)$/.test(entry.name))
  .map((entry) => path.relative(fixtures, path.join(entry.parentPath, entry.name)))
  .sort();

describe('mutated bytes', () => {
  test('there are fixtures of every tool', () => {
    expect(files.length).toBeGreaterThan(25);
  });

  // The largest ones have the same shapes as others, and take the most time.
  test.each(files)('%s, hundreds of times', async (file) => {
    const bytes = await readFile(path.join(fixtures, file));
    if (!file.endsWith('multilevel.csv')) expect(await readEveryWay(bytes)).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        await readEveryWay(mutated(bytes, mutations));
      }),
      { numRuns: bytes.length > 10_000 ? 60 : 300 },
    );
  });

  test('cut off anywhere', async () => {
    for (const file of ['evidently-0.7.21/drift.json', 'nannyml/gaps.csv', 'scikit-learn/report.json']) {
      const bytes = await readFile(path.join(fixtures, file));
      for (let end = 0; end < bytes.length; end += 7) await readEveryWay(bytes.subarray(0, end));
    }
  });
});

test('any plain data in the place of a report', async () => {
  const key = fc.constantFrom(
    ...[
      'metrics',
      'tests',
      'metric_id',
      'metric_name',
      'config',
      'metric',
      'result',
      'value',
      'data',
      'meta',
      'is_drift',
    ],
    ...[
      'p_val',
      'run',
      'info',
      'observations',
      'feature',
      'method',
      'threshold',
      'schema',
      'summary',
      'window',
      'samples',
    ],
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, true, 0, 1, -1, 1e308, '', 'psi', 'NaN', 'ValueDrift(column=a)', 'mlc/drift@1'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(tree, async (data) => {
      await readEveryWay(Buffer.from(JSON.stringify(data)));
    }),
    { numRuns: 3000 },
  );
});
