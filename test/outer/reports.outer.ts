// JUnit reports before readers that are not ours: Python's XML parser and junitparser take any of them, and count the same.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junitReport } from '../../src/views/reports/junit.js';
import type { Report } from '../../src/views/reports/report.js';
import { temporaryFolder } from '../support/folders.js';
import { anyReport } from '../views/any-report.js';
import { must, pythonWith } from './tools.js';

const reader = `
import json, pathlib, sys
from xml.etree import ElementTree
from junitparser import Failure, JUnitXml

counts = []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.xml")):
    cases = ElementTree.parse(file).getroot().findall("./testsuite/testcase")
    suites = JUnitXml.fromfile(str(file))
    parsed = [case for suite in suites for case in suite]
    counts.append({
        "cases": len(cases),
        "parsed": len(parsed),
        "tests": suites.tests,
        "failures": suites.failures,
        "failed": sum(any(isinstance(result, Failure) for result in case.result) for case in parsed),
        "told": ["".join(case.itertext()) for case in cases],
    })
print(json.dumps(counts))
`;

interface Counts {
  cases: number;
  parsed: number;
  tests: number;
  failures: number;
  failed: number;
  told: string[];
}

test('any report is read as it was meant', async () => {
  const folder = path.join(await temporaryFolder(), 'reports');
  await mkdir(folder);
  const message = ']]></failure><testcase name="forged"/>&#0; <![CDATA[ & "quoted" \u00e9\u{1f600}';
  const hostile: Report = {
    tool: { name: 'mlc', version: '1.0.0' },
    checked: [
      { id: 'a', title: 'fine', problems: [] },
      { id: 'b', title: '<bad>', problems: [{ code: 'a/b', level: 'error', message, file: 'x.yaml' }] },
    ],
  };
  const reports = [hostile, ...fc.sample(anyReport, { numRuns: 500, seed: 7 })];
  const name = (index: number): string => `${String(index).padStart(4, '0')}.xml`;
  for (const [index, report] of reports.entries())
    await writeFile(path.join(folder, name(index)), junitReport(report));
  const script = path.join(path.dirname(folder), 'read.py');
  await writeFile(script, reader);
  const python = path.join(await pythonWith('junitparser==5.0.3'), 'python');
  const counts = JSON.parse(must(python, [script, folder], folder)) as Counts[];

  expect(counts[0]?.told[1]).toBe(`x.yaml: ${message} [a/b]`);
  for (const [index, { checked }] of reports.entries()) {
    const failed = checked.filter(({ problems }) => problems.some(({ level }) => level === 'error')).length;
    const all = checked.length;
    expect(counts[index]).toMatchObject({ cases: all, parsed: all, tests: all, failures: failed, failed });
  }
});
