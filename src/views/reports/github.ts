// A report as GitHub's workflow commands: each finding an annotation at its line.
import { count } from '../../lifecycle/problems.js';
import { type Finding, type Report, plain, plainLine, textOf } from './report.js';

/** The text of a command: what would end it is written in percent. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property: what would end that too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function command(finding: Finding): string {
  const properties = [
    ...(finding.file === undefined ? [] : [['file', plainLine(finding.file)]]),
    ...(finding.line === undefined ? [] : [['line', String(finding.line)]]),
    ...(finding.column === undefined ? [] : [['col', String(finding.column)]]),
    ['title', plain(finding.code)],
  ];
  const list = properties.map(([name = '', value = '']) => `${name}=${property(value)}`).join(',');
  return `::${finding.level} ${list}::${data(textOf(finding))}`;
}

/** One command a finding, and a last line that says how much there is; a person reads the same in the log. */
export function githubReport(report: Report): string {
  const findings = report.checked.flatMap((checked) => checked.problems);
  return [
    ...findings.map(command),
    `${count(findings.length, 'problem')}, ${report.checked.length} checked`,
  ].join('\n');
}
