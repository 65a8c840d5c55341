// Reports hold any text: an attacker's message stays a message in every format.
import type { ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { githubReport } from '../../src/views/reports/github.js';
import { gitlabReport } from '../../src/views/reports/gitlab.js';
import { junitReport } from '../../src/views/reports/junit.js';
import { sarifReport } from '../../src/views/reports/sarif.js';
import { anyReport } from './any-report.js';
import { digest, elementsOf, reportSchemas } from './report-readers.js';

let isSarif: ValidateFunction;
let isQuality: ValidateFunction;
beforeAll(async () => {
  ({ isSarif, isQuality } = await reportSchemas());
});

// What XML 1.0 has no way to hold.
// eslint-disable-next-line no-control-regex
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

test('every line of the GitHub output is one of ours', () => {
  fc.assert(
    fc.property(anyReport, (given) => {
      const lines = githubReport(given).split(/[\r\n\u2028\u2029\u0085]/);
      const findings = given.checked.flatMap((one) => one.problems);
      expect(lines).toHaveLength(findings.length + 1);
      for (const [index, { level }] of findings.entries())
        expect(lines[index]).toMatch(new RegExp(`^::${level} (?:(?:file|line|col|title)=[^:,]*,?)+::`));
      expect(lines.at(-1)).toMatch(/^\d+ problems?, \d+ checked$/);
    }),
  );
});

test('SARIF is valid', () => {
  fc.assert(
    fc.property(anyReport, (given) => {
      const written = sarifReport(given, digest);
      expect(written).not.toMatch(illegal);
      expect(isSarif(JSON.parse(written)) || isSarif.errors).toBe(true);
    }),
  );
});

test('JUnit is well-formed', () => {
  fc.assert(
    fc.property(anyReport, (given) => {
      const xml = junitReport(given);
      expect(xml).not.toMatch(illegal);
      expect(elementsOf(xml).filter((name) => name === 'testcase')).toHaveLength(given.checked.length);
    }),
  );
});

test('GitLab is as documented, one line each', () => {
  fc.assert(
    fc.property(anyReport, (given) => {
      const list = JSON.parse(gitlabReport(given, digest)) as { description: string }[];
      expect(isQuality(list) || isQuality.errors).toBe(true);
      for (const { description } of list) expect(description.split(/[\r\n]/)).toHaveLength(1);
    }),
  );
});
