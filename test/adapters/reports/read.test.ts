// Reading reports: telling formats apart by content, formats that are forced, and files that are none.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReport, reportFormats } from '../../../src/adapters/reports/read.js';
import { temporaryFolder } from '../../support/folders.js';
import { failureOf, fixture, fixtures, reading, readingJson } from './reading.js';

const folders: readonly (readonly [string, string])[] = [
  ['evidently-0.4', 'evidently'],
  ['evidently-0.7.15', 'evidently'],
  ['evidently-0.7.21', 'evidently'],
  ['alibi-detect', 'alibi-detect'],
  ['nannyml', 'nannyml'],
  ['scikit-learn', 'sklearn'],
];

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(path.join(fixtures, folder));
  return names.filter((name) => name !== 'multilevel.csv').map((name) => `${folder}/${name}`);
}

describe('detection', () => {
  test.each(folders)('every file of %s is %s by its content, whatever its name', async (folder, format) => {
    const names = await filesOf(folder);
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      const bytes = await readFile(path.join(fixtures, name));
      const { report, source } = await reading('data.txt', bytes);
      expect(report.format.startsWith(format)).toBe(true);
      expect(source).toMatchObject({
        file: 'data.txt',
        format: report.format,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect(await fixture(name, { format })).toEqual(await fixture(name));
    }
  });

  test('every file is refused as any format that it is not, and told what it looks like', async () => {
    for (const [folder, own] of [...folders, ['mlflow', 'mlflow'] as const]) {
      const name = folder === 'mlflow' ? 'mlflow/runs-get.json' : ((await filesOf(folder))[0] ?? '');
      for (const format of reportFormats) {
        // A classification report is a tree of metrics too, where somebody says so; its supports are then one of them.
        if (format === own || format === 'metrics' || (own === 'sklearn' && format === 'mlflow')) continue;
        const error = await failureOf(fixture(name, { format }));
        expect([name, error.code]).toEqual([name, 'report/other-format']);
        expect(error.message).toContain(`looks like ${own}`);
        expect(error.hint).toContain(own);
      }
    }
  });

  test('a format that there is not', async () => {
    const error = await failureOf(fixture('mlflow/runs-get.json', { format: 'evidentyl' }));
    expect(error).toMatchObject({ code: 'report/no-such-format', hint: 'did you mean evidently?' });
  });

  test('the file is named without its folders', async () => {
    const { source } = await readReport(fixtures, 'scikit-learn/report.json', {});
    expect(source).toMatchObject({ file: 'report.json', format: 'sklearn', producer: 'scikit-learn' });
    expect(Object.keys(await readingJson({ a: 1 }))).toEqual(['format', 'observations', 'notes']);
  });
});

describe('what is no report', () => {
  test.each([
    ['["a", "b"]', 'a list of 2'],
    ['{"results": {"outputs": [1]}, "version": 3}', 'keys "results", "version"'],
    ['{"schema": "mlc/drift@2", "observations": []}', 'keys "schema", "observations"'],
    ['"text"', 'a string'],
    ['3', 'a number'],
    ['null', 'a null'],
    ['just a sentence', 'a string'],
    ['{}', '(none)'],
    ['a,b,c\n1,2,3\n', 'a string'],
  ])('%j has no format: it is told what it is, and which there are', async (text, looks) => {
    const error = await failureOf(reading('report.json', text));
    expect(error.code).toBe('report/unknown-format');
    expect(error.message).toContain(looks);
    for (const format of reportFormats) expect(error.hint).toContain(format);
  });

  test.each([
    ['', 'report/empty'],
    [' \n\t\n', 'report/empty'],
    ['<html></html>', 'report/html'],
    ['{"metrics": [{"id": "a"', 'input/syntax'],
    ['{"a": 1, "a": 2}', 'input/duplicate-key'],
    [Buffer.from('{"caf\xe9": 1}', 'latin1'), 'input/encoding'],
    [Buffer.from('PAR1\0\0\0'), 'report/binary'],
    [Buffer.from([0x1f, 0x8b, 8, 0]), 'report/binary'],
    [Buffer.from([0x80, 0x04, 0x95]), 'report/binary'],
    [Buffer.from('PK\x03\x04', 'latin1'), 'report/binary'],
  ])('%j is refused', async (content, code) => {
    expect((await failureOf(reading('report.json', content))).code).toBe(code);
  });

  test('none, and one that is too large', async () => {
    const folder = await temporaryFolder();
    expect((await failureOf(readReport(folder, 'none.json', {}))).code).toBe('path/not-found');
    const large = Buffer.alloc(16 * 1024 * 1024 + 1, 0x20);
    expect((await failureOf(reading('large.json', large))).code).toBe('input/too-large');
  });

  test('depth without end', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    await reading('deep.json', deep).then(
      ({ report }) => expect(report.observations).toHaveLength(1),
      (error: unknown) => expect(error).toMatchObject({ exitCode: 2 }),
    );
  });
});

test('a wide table and a long report are read quickly enough to wait for', async () => {
  const columns = Array.from({ length: 20_000 }, (_, index) => `c${index}`);
  const header = columns.flatMap((column) => [
    `${column}_jensen_shannon_value`,
    `${column}_jensen_shannon_alert`,
  ]);
  const text = `chunk_key,chunk_period,${header.join(',')}\nx,analysis${',0.5,True'.repeat(columns.length)}\n`;
  expect((await reading('wide.csv', text)).report.observations).toHaveLength(columns.length);
  const metrics = columns.map((column) => ({
    id: column,
    metric_name: `ValueDrift(column=${column})`,
    config: { type: 'evidently:metric_v2:ValueDrift', column, method: 'psi', threshold: 0.1 },
    value: 0.2,
  }));
  expect((await readingJson({ metrics, tests: [] })).observations).toHaveLength(columns.length);
});
