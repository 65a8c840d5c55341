// A report as JUnit XML: one test case for each thing that was checked, failed where an error was found in it.
import { count } from '../../lifecycle/problems.js';
import { type Checked, type Finding, type Report, fileOf, plain, plainLine, textOf } from './report.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(plainLine(String(value)))}"`)
    .join('');
}

function lineOf(finding: Finding): string {
  const place = [fileOf(finding), finding.line, finding.column]
    .filter((part) => part !== undefined)
    .join(':');
  return `${plainLine(place)}: ${textOf(finding)} [${plain(finding.code)}]`;
}

function errorsOf({ problems }: Checked): Finding[] {
  return problems.filter((finding) => finding.level === 'error');
}

/** One failure a test case, whatever the number of errors: readers show the first alone, or stumble over a second. */
function failure(errors: readonly Finding[]): string {
  const [first] = errors;
  if (first === undefined) return '';
  const more = errors.length > 1 ? ` (and ${count(errors.length - 1, 'more problem')})` : '';
  const told = attributes({ type: first.code, message: `${first.message}${more}` });
  return `<failure${told}>${escaped(errors.map(lineOf).join('\n'))}</failure>`;
}

function testCase(report: Report, checked: Checked): string {
  const warnings = checked.problems.filter((finding) => finding.level === 'warning');
  const said =
    warnings.length === 0 ? '' : `<system-out>${escaped(warnings.map(lineOf).join('\n'))}</system-out>`;
  const name = attributes({ classname: report.tool.name, name: `${checked.id} ${checked.title}`, time: 0 });
  return `    <testcase${name}>${failure(errorsOf(checked))}${said}</testcase>`;
}

/** A JUnit report. */
export function junitReport(report: Report): string {
  const totals = {
    name: report.tool.name,
    tests: report.checked.length,
    failures: report.checked.filter((checked) => errorsOf(checked).length > 0).length,
    errors: 0,
    skipped: 0,
    time: 0,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    `  <testsuite${attributes(totals)}>`,
    ...report.checked.map((checked) => testCase(report, checked)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}
