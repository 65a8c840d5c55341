// A report as SARIF 2.1.0: one run, its rules the codes of what was found.
import { type Digest, type NamedFinding, type Report, fileOf, findingsOf, plain, textOf } from './report.js';

/** A path as a URI: each part in percent, so that nothing in it is read as a scheme, a query or a fragment. */
function uriOf(file: string): string {
  const path = plain(file).split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}

function regionOf({ line, column }: NamedFinding['finding']): object {
  if (line === undefined) return {};
  return { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
}

function resultOf({ finding, checked, fingerprint }: NamedFinding, codes: readonly string[]): object {
  const file = fileOf(finding);
  const artifact = { uri: uriOf(file), ...(file.startsWith('/') ? {} : { uriBaseId: '%SRCROOT%' }) };
  const { commit, path } = finding;
  return {
    ruleId: plain(finding.code),
    ruleIndex: codes.indexOf(plain(finding.code)),
    level: finding.level,
    message: { text: textOf(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact, ...regionOf(finding) },
        ...(path === undefined
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: plain(path), kind: 'member' }] }),
      },
    ],
    partialFingerprints: { 'mlcFinding/v1': fingerprint },
    properties: { checked: plain(checked.id), ...(commit === undefined ? {} : { commit: plain(commit) }) },
  };
}

/** A SARIF log. */
export function sarifReport(report: Report, digest: Digest): string {
  const findings = findingsOf(report, digest);
  const codes = [...new Set(findings.map(({ finding }) => plain(finding.code)))].sort();
  const run = {
    tool: {
      driver: {
        name: plain(report.tool.name),
        version: plain(report.tool.version),
        rules: codes.map((code) => ({ id: code, shortDescription: { text: code } })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: findings.map((found) => resultOf(found, codes)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return JSON.stringify(log, null, 2);
}
