// Reports for machines: each is what its format says.
import type { ValidateFunction } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { githubReport } from '../../src/views/reports/github.js';
import { gitlabReport } from '../../src/views/reports/gitlab.js';
import { junitReport } from '../../src/views/reports/junit.js';
import type { Checked, Finding, Report } from '../../src/views/reports/report.js';
import { sarifReport } from '../../src/views/reports/sarif.js';
import { digest, elementsOf, reportSchemas, tool } from './report-readers.js';

const record = 'models/churn/versions/1.0.0.yaml';
const commit = '0123456789abcdef0123456789abcdef01234567';

const wrong: Finding = {
  code: 'schema/type',
  level: 'error',
  message: 'seed has to be a number',
  hint: 'write seed: 17',
  file: record,
  line: 12,
  column: 9,
  path: 'training.seed',
  commit,
};
const odd: Finding = { code: 'change/over-declared', level: 'warning', message: 'MAJOR for a new seed' };

function reportOf(...problems: Finding[]): Report {
  return { tool, checked: [{ id: commit, title: 'register(churn@1.0.0): new', problems }] };
}

interface Sarif {
  runs: {
    tool: { driver: { name: string; rules: { id: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region?: object } }[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}
interface Quality {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}

const sarifOf = (report: Report): Sarif => JSON.parse(sarifReport(report, digest)) as Sarif;
const gitlabOf = (report: Report): Quality[] => JSON.parse(gitlabReport(report, digest)) as Quality[];

let isSarif: ValidateFunction;
let isQuality: ValidateFunction;
beforeAll(async () => {
  ({ isSarif, isQuality } = await reportSchemas());
});

describe('GitHub', () => {
  test('an annotation at its line, with the commit and the way out', () => {
    expect(githubReport(reportOf(wrong, odd))).toBe(
      [
        `::error file=${record},line=12,col=9,title=schema/type::seed has to be a number (commit 0123456789)%0A→ write seed: 17`,
        '::warning title=change/over-declared::MAJOR for a new seed',
        '2 problems, 1 checked',
      ].join('\n'),
    );
  });

  test('nothing wrong', () => {
    expect(githubReport(reportOf())).toBe('0 problems, 1 checked');
  });

  test('properties and text are written as documented', () => {
    const told = githubReport(reportOf({ ...odd, message: '100 %\r\n::stop', file: 'a:b,c%0A.yaml' }));
    expect(told.split('\n')[0]).toBe(
      '::warning file=a%3Ab%2Cc%250A.yaml,title=change/over-declared::100 %25\\u000d%0A::stop',
    );
  });
});

describe('SARIF', () => {
  test('is valid, and says what, where, and by which rule', () => {
    const log = sarifOf(reportOf(wrong, odd, { ...wrong, line: 13 }));
    expect(isSarif(log) || isSarif.errors).toBe(true);
    const [run] = log.runs;
    expect(run?.tool.driver.rules.map((rule) => rule.id)).toEqual(['change/over-declared', 'schema/type']);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'schema/type',
      ruleIndex: 1,
      level: 'error',
      message: { text: expect.stringContaining('write seed: 17') as string },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: record, uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 9 },
          },
          logicalLocations: [{ fullyQualifiedName: 'training.seed' }],
        },
      ],
      properties: { commit },
    });
    expect(run?.results[1]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'mlc.yaml', uriBaseId: '%SRCROOT%' },
    });
  });

  test('nothing wrong is valid too', () => {
    expect(isSarif(sarifOf({ tool, checked: [] }))).toBe(true);
  });

  test('a path is no scheme, no query and no climb', () => {
    const uri = (file: string): unknown =>
      sarifOf(reportOf({ ...wrong, file })).runs[0]?.results[0]?.locations[0]?.physicalLocation
        .artifactLocation;
    expect(uri('javascript:x/ü b?c#d%41')).toMatchObject({ uri: 'javascript%3Ax/%C3%BC%20b%3Fc%23d%2541' });
    expect(uri('/etc/x y')).toEqual({ uri: 'file:///etc/x%20y' });
  });

  test('a fingerprint stays when lines move, and differs where the finding does', () => {
    const prints = (report: Report): unknown =>
      sarifOf(report).runs[0]?.results.map((result) => Object.values(result.partialFingerprints)[0]);
    const [first] = prints(reportOf(wrong)) as string[];
    expect(prints(reportOf(odd, { ...wrong, line: 99, column: 1 }))).toContain(first);
    const others = [
      { ...wrong, message: 'x' },
      { ...wrong, file: 'b' },
      { ...wrong, commit: 'b' },
      { ...wrong, path: 'b' },
      { ...wrong, code: 'b/c' },
    ];
    expect(prints(reportOf(...others))).not.toContain(first);
    expect(new Set(prints(reportOf(wrong, wrong, wrong)) as string[]).size).toBe(3);
  });
});

describe('JUnit', () => {
  test('a test case for each thing checked, and failures inside', () => {
    const checked: Checked[] = [
      { id: 'a', title: 'fine', problems: [] },
      { id: 'b', title: 'warned', problems: [odd] },
      { id: 'c', title: 'bad', problems: [wrong, wrong, odd] },
    ];
    const xml = junitReport({ tool, checked });
    expect(elementsOf(xml)).toEqual([
      ...['testsuites', 'testsuite', 'testcase', 'testcase', 'system-out'],
      ...['testcase', 'failure', 'system-out'],
    ]);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="0"');
    expect(xml).toContain('message="seed has to be a number (and 1 more problem)"');
    expect(xml).toContain(`${record}:12:9: seed has to be a number`);
  });

  test('what would end an element does not', () => {
    const message = ']]></failure><testcase name="forged"/>&#0; "\' <![CDATA[';
    const xml = junitReport(reportOf({ ...wrong, message, code: 'a"/b>' }));
    expect(elementsOf(xml)).toEqual(['testsuites', 'testsuite', 'testcase', 'failure']);
    expect(xml).toContain(']]&gt;&lt;/failure&gt;');
  });
});

describe('GitLab', () => {
  test('is as GitLab documents it', () => {
    const list = gitlabOf(reportOf(wrong, odd));
    expect(isQuality(list) || isQuality.errors).toBe(true);
    expect(list).toEqual([
      {
        description: 'seed has to be a number (commit 0123456789) → write seed: 17',
        check_name: 'schema/type',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        severity: 'major',
        location: { path: record, lines: { begin: 12 } },
      },
      expect.objectContaining({ severity: 'minor', location: { path: 'mlc.yaml', lines: { begin: 1 } } }),
    ]);
  });

  test('no two findings share a fingerprint', () => {
    const list = gitlabOf(reportOf(wrong, wrong, odd));
    expect(new Set(list.map((item) => item.fingerprint)).size).toBe(3);
  });
});
