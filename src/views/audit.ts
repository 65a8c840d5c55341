// What an audit found, and how much it proves.
import { type Problem, count } from '../lifecycle/problems.js';
import { problemView } from './problems.js';
import type { Style } from './style.js';

interface AuditedCommit extends Problem {
  commit: string;
}

interface Report {
  clean: boolean;
  head: string;
  from: string | null;
  level: string;
  not_proven: string;
  counts: {
    commits: number;
    transitions: number;
    squashed: number;
    hand_written: number;
    reviews: number;
    signed_reviews: number;
  };
  findings: readonly AuditedCommit[];
  seal: {
    tag: string;
    head: string;
    sealed_by: string | null;
    sealed_at: string;
    findings: readonly unknown[];
  } | null;
}

const mostShown = 100;

/** Findings by commit, in the order of history. */
function findingsView(findings: readonly AuditedCommit[], style: Style): string[] {
  const shown = findings.slice(0, mostShown);
  const lines: string[] = [];
  let last: string | undefined;
  for (const found of shown) {
    if (found.commit !== last && found.commit !== '')
      lines.push(style.strong(`commit ${found.commit.slice(0, 10)}`));
    last = found.commit;
    lines.push(problemView(found, style));
  }
  return findings.length > mostShown ? [...lines, `and ${findings.length - mostShown} more`] : lines;
}

/** The report of an audit. */
export function auditView(report: Report, style: Style): string {
  const { counts, seal } = report;
  const more = [
    counts.squashed > 0 ? `${counts.squashed} squashed` : '',
    counts.hand_written > 0 ? `${count(counts.hand_written, 'record')} written by hand` : '',
    counts.reviews > 0 ? `${counts.signed_reviews} of ${count(counts.reviews, 'review')} signed` : '',
  ].filter(Boolean);
  const total = `${count(counts.transitions, 'transition')} in ${count(counts.commits, 'commit')}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  return [
    ...findingsView(report.findings, style),
    report.clean
      ? `${style.good('✓')} ${total}, every one legal, up to ${report.head.slice(0, 10)}`
      : `${style.bad('✗')} ${count(report.findings.length, 'finding')} in ${total}, up to ${report.head.slice(0, 10)}`,
    ...(seal?.findings.length === 0
      ? [`${style.good('✓')} seal ${seal.tag} of ${seal.sealed_at} by ${seal.sealed_by ?? ''} holds`]
      : []),
    ...(report.from === null
      ? []
      : [
          style.quiet(
            `  up to ${report.from.slice(0, 10)} it was verified or taken as it is before; mlc audit --forget reads everything`,
          ),
        ]),
    `  level: ${report.level}; ${report.not_proven}`,
  ].join('\n');
}

/** What sealing made. */
export function sealView(
  made: { tag: string; head: string; transitions: number; digest: string },
  style: Style,
): string {
  return [
    `${style.good('✓')} ${style.strong(made.tag)} seals ${count(made.transitions, 'transition')} up to ${made.head.slice(0, 10)}`,
    `  sha256:${made.digest}`,
  ].join('\n');
}

/** What an export wrote. */
export function exportView(
  made: {
    clean: boolean;
    transitions: number;
    findings: number;
    sample: number;
    random_seed: number;
    files: readonly string[];
  },
  style: Style,
): string {
  const mark = made.clean ? style.good('✓') : style.bad('✗');
  return [
    `${mark} ${count(made.transitions, 'transition')}, ${count(made.findings, 'finding')}, a sample of ${made.sample} by random seed ${made.random_seed}`,
    ...made.files.map((file) => `  ${file}`),
  ].join('\n');
}
