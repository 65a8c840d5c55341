// The fast reader of reports against the full check: what it answers, the full check reads alike and finds nothing wrong with.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MonitoringReport } from '../../src/generated/types.js';
import { ledgerPath, reportId } from '../../src/lifecycle/ledger.js';
import { signals } from '../../src/lifecycle/monitoring/observation.js';
import { columnsOf, rowOf } from '../../src/lifecycle/monitoring/series.js';
import { packSeries, unpackSeries } from '../../src/registry/books/packed-series.js';
import { readReportLines } from '../../src/registry/books/report-lines.js';
import { roleOf } from '../../src/registry/paths.js';
import { readRecord } from '../../src/registry/read-record.js';
import { renderWithLibrary } from '../../src/registry/yaml-library-write.js';
import { schemaLine } from '../../src/registry/yaml-write.js';

const report: MonitoringReport = {
  schema: 'mlc/report@1',
  model_id: 'churn',
  version: '2.1.0',
  signal: 'input-drift',
  recorded_at: '2028-02-29T06:00:00Z',
  recorded_by: 'Zoë Müller <zoe@example.com>',
  window: { start: '2028-02-22T00:00:00Z', end: '2028-02-29T00:00:00Z' },
  source: {
    file: 'drift (2).json',
    sha256: '0f'.repeat(32),
    format: 'evidently-0.7.16',
    producer: 'evidently 0.7.16',
  },
  samples: { reference: 398, current: 1200 },
  observations: [
    { name: 'mean concave points', method: 'psi', value: 0.31, threshold: 0.2, verdict: 'breached' },
    { name: '30_days', method: 'psi', value: 1e-7, threshold: 0.2, verdict: 'within' },
    {
      name: 'tenure',
      method: 'ks-p-value',
      value: null,
      verdict: 'unmeasured',
      reason: 'the tool wrote NaN',
    },
    { name: 'plan', method: 'value', value: -3, verdict: 'unjudged' },
  ],
};
const place = { model: 'churn', version: '2.1.0', stamp: '20280229T000000Z', signal: 'input-drift' };
const path = ledgerPath('churn', { kind: 'report', id: '2.1.0/20280229T000000Z-input-drift' });
const render = (data: unknown): string =>
  schemaLine('../../../../.mlc/schemas/report.schema.json') + renderWithLibrary(data);
const text = render(report);

const fast = (content: string): unknown => readReportLines(Buffer.from(content), place);

async function holds(content: string | Buffer): Promise<boolean> {
  const bytes = Buffer.from(content);
  const answered = readReportLines(bytes, place);
  if (answered === undefined) return false;
  const { data, problems } = await readRecord('report', roleOf(path), bytes, path);
  expect(problems).toEqual([]);
  expect(answered).toEqual(rowOf(data as MonitoringReport));
  return true;
}

test('a report as mlc writes it is read by its lines', async () => {
  expect(await holds(text)).toBe(true);
  expect(await holds(render({ ...report, samples: undefined }))).toBe(true);
  expect(await holds(render({ ...report, samples: { current: 0 } }))).toBe(true);
});

describe('what is not surely so is left to the full check', () => {
  test.each([
    ['another model', text.replace('model_id: churn', 'model_id: churn2')],
    ['another version', text.replace('"2.1.0"', '"2.1.1"')],
    ['another signal', text.replace('signal: input-drift', 'signal: output-drift')],
    ['another window', text.replace('end: "2028-02-29', 'end: "2028-02-28')],
    ['a day that is none', text.replace('recorded_at: "2028-02-29', 'recorded_at: "2027-02-29')],
    ['an hour that is none', text.replace('T06:00:00Z', 'T24:00:00Z')],
    ['a number too large', text.replace('value: 0.31', 'value: 1e400')],
    ['an integer too large', text.replace('value: -3', 'value: 9007199254740993')],
    ['a word that is null', text.replace('name: tenure', 'name: null')],
    ['a comment', text.replace('name: tenure', 'name: tenure # x')],
    ['an empty mapping', text.replace(/ {2}reference: 398\n {2}current: 1200\n/, '')],
    ['no observation', text.replace(/ {2}- name[^]*$/, '')],
    ['a tail', `${text}colour: red\n`],
    ['a digest too short', text.replace('0f0f', '0f')],
    ['a key twice', text.replace('signal: input-drift\n', 'signal: input-drift\nsignal: input-drift\n')],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a tab', text.replace('name: tenure', 'name:\ttenure')],
    ['a byte order mark', `\ufeff${text}`],
  ])('%s', (_name, changed) => {
    expect(changed).not.toBe(text);
    expect(fast(changed)).toBeUndefined();
  });

  test('bytes that are not UTF-8', () => {
    const broken = Buffer.from(text.replace('Zoë', 'Zo§'), 'latin1');
    expect(readReportLines(broken, place)).toBeUndefined();
  });
});

test('whatever is changed, the two agree', async () => {
  const lines = text.split('\n');
  const piece = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '  ',
      '- ',
      ': ',
      '#',
      '"',
      "'",
      'null',
      'true',
      '0',
      '1e5',
      '-',
      '~',
      '\n',
      '\u00e9',
      '\u3000',
      '\u200e',
      '0x1',
      '.5',
      '{',
      '&a',
    ),
    fc.string({ maxLength: 3 }),
    fc.constantFrom(...lines),
  );
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), fc.nat(6), piece, async (at, cut, put) => {
      if (await holds(text.slice(0, at) + put + text.slice(at + cut))) read += 1;
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(100);
});

test('whatever mlc writes, the two agree', async () => {
  const words = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('no', '1.10', 'NULL', 'Größe', 'a - b', 'x: y', '名前'),
  );
  const observation = fc.record(
    {
      name: words,
      method: words,
      value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(null)),
      threshold: fc.double({ noNaN: true, noDefaultInfinity: true }),
      verdict: fc.constantFrom(
        'breached' as const,
        'within' as const,
        'unmeasured' as const,
        'unjudged' as const,
      ),
      reason: words,
    },
    { requiredKeys: ['name', 'method', 'value', 'verdict'] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(observation, { minLength: 1, maxLength: 5 }),
      words,
      async (observations, by) => {
        await holds(render({ ...report, recorded_by: `${by} <a@example.com>`, observations }));
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is packed is unpacked as it was', () => {
  const row = fc.record({
    signal: fc.constantFrom(...signals),
    end: fc.integer({ min: 0, max: 4e9 }),
    recorded: fc.integer({ min: 0, max: 4e9 }),
    reference: fc.option(fc.nat()),
    current: fc.option(fc.nat()),
    observations: fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b'),
        method: fc.constantFrom('psi', 'value'),
        value: fc.option(fc.double({ noNaN: true })),
        threshold: fc.option(fc.constantFrom(0.2, 0.1)),
        letter: fc.constantFrom('b' as const, 'w' as const, 'u' as const, 'j' as const),
      }),
      { maxLength: 4 },
    ),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const all = columnsOf(rows);
      expect(
        unpackSeries(JSON.parse(JSON.stringify(packSeries(all))) as ReturnType<typeof packSeries>),
      ).toEqual(all);
    }),
  );
  expect(reportId({ version: '2.1.0', signal: 'input-drift', end: report.window.end })).toBe(
    '2.1.0/20280229T000000Z-input-drift',
  );
});
