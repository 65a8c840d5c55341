// What a report for a machine is made from, and how its text is kept from driving whatever reads it.
import { escapeText } from '../../lifecycle/escape.js';
import type { Problem } from '../../lifecycle/problems.js';

/** One thing that was found. */
export interface Finding extends Problem {
  /** The commit that brought it in. */
  commit?: string;
  level: 'error' | 'warning';
}

/** One thing that was looked at: a commit, or the registry as it is. */
export interface Checked {
  /** Stable over runs, and unlike any other's. */
  id: string;
  title: string;
  problems: readonly Finding[];
}

/** What was looked at, and what was found. */
export interface Report {
  tool: { name: string; version: string };
  checked: readonly Checked[];
}

/** Makes a short name of a text, the same for the same text; views know no way to do that. */
export type Digest = (text: string) => string;

// Half a surrogate pair, and what is no character: XML has no way to write them, and JSON's readers differ.
const broken = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;

/** Text that any format can hold and any terminal can show; line breaks and tabs are kept. */
export function plain(text: string): string {
  return escapeText(text.replace(broken, '\ufffd'));
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text.replace(/[\r\n\t]+/g, ' '));
}

/** The file that a finding is shown at: one about the registry as a whole stands at the registry's own file. */
export function fileOf(finding: Finding): string {
  return finding.file ?? 'mlc.yaml';
}

/** What is wrong, where in history, and the way out. */
export function textOf(finding: Finding): string {
  const commit = finding.commit === undefined ? '' : ` (commit ${finding.commit.slice(0, 10)})`;
  const hint = finding.hint === undefined ? '' : `\n→ ${finding.hint}`;
  return plain(`${finding.message}${commit}${hint}`);
}

/** A finding of a report, with a name that stays the same as long as the finding does. */
export interface NamedFinding {
  finding: Finding;
  checked: Checked;
  fingerprint: string;
}

/** Every finding with its fingerprint. Lines are left out of it, since they move with every edit above them. */
export function findingsOf(report: Report, digest: Digest): NamedFinding[] {
  const seen = new Map<string, number>();
  return report.checked.flatMap((checked) =>
    checked.problems.map((finding) => {
      const { code, message, file = '', path = '', commit = checked.id } = finding;
      const name = JSON.stringify([code, commit, file, path, message]);
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return { finding, checked, fingerprint: digest(before === 0 ? name : `${name}${before}`) };
    }),
  );
}
