// A report as GitLab reads code quality: a list of findings, each at a file and a line.
import { type Digest, type Report, fileOf, findingsOf, plain, plainLine, textOf } from './report.js';

const severities = { error: 'major', warning: 'minor' } as const;

/** A code quality report. */
export function gitlabReport(report: Report, digest: Digest): string {
  const list = findingsOf(report, digest).map(({ finding, fingerprint }) => ({
    description: plainLine(textOf(finding)),
    check_name: plain(finding.code),
    fingerprint,
    severity: severities[finding.level],
    location: { path: plainLine(fileOf(finding)), lines: { begin: finding.line ?? 1 } },
  }));
  return JSON.stringify(list, null, 2);
}
