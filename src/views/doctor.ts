// What a check-up found: a line for each examination, and below it what is wrong and the way out.
import { escapeLine } from '../lifecycle/escape.js';
import { type Problem, count, listOf } from '../lifecycle/problems.js';
import { problemView, warningView } from './problems.js';
import type { Style } from './style.js';

/** One thing that was found. */
interface FindingShown extends Problem {
  severity: 'problem' | 'warning';
  fixable?: true;
  fixed?: string;
}

/** One examination. */
export interface ExaminationShown {
  title: string;
  outcome: 'ok' | 'warning' | 'problem';
  findings: readonly FindingShown[];
}

const mostShown = 20;

function markOf(outcome: ExaminationShown['outcome'], style: Style): string {
  if (outcome === 'ok') return style.good('✓');
  return outcome === 'warning' ? style.warn('!') : style.bad('✗');
}

function findingView(finding: FindingShown, style: Style): string {
  if (finding.fixed !== undefined) return `${style.good('✓')} ${escapeLine(finding.fixed)}`;
  if (finding.severity === 'problem') return problemView(finding, style);
  const place = finding.file === undefined ? '' : `${style.strong(escapeLine(finding.file))}: `;
  const message = `${place}${finding.message} ${style.quiet(`[${finding.code}]`)}`;
  return warningView({ ...finding, message }, style);
}

function examinationView({ title, outcome, findings }: ExaminationShown, style: Style): string[] {
  const inner = { ...style, width: style.width - 2 };
  const shown = findings.slice(0, mostShown).map((finding) => findingView(finding, inner));
  const more = findings.length > mostShown ? [`and ${findings.length - mostShown} more`] : [];
  const below = [...shown, ...more].flatMap((text) => text.split('\n')).map((line) => `  ${line}`);
  return [`${markOf(outcome, style)} ${title}`, ...below];
}

function summary(examinations: readonly ExaminationShown[], style: Style): string {
  const findings = examinations.flatMap((examination) => examination.findings);
  const left = findings.filter((finding) => finding.fixed === undefined);
  const problems = left.filter((finding) => finding.severity === 'problem').length;
  const [warnings, fixed] = [left.length - problems, findings.length - left.length];
  const fixable = left.filter((finding) => finding.fixable).length;
  const counts = [
    ...(problems > 0 ? [count(problems, 'problem')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(fixed > 0 ? [`${fixed} mended`] : []),
  ];
  const verdict = [...(problems > 0 ? [] : ['healthy']), ...(counts.length > 0 ? [listOf(counts)] : [])].join(
    ', ',
  );
  const wayOut = fixable > 0 ? [`  ${style.accent('→')} mlc doctor --fix mends ${fixable} of them`] : [];
  return [`${problems > 0 ? style.bad('✗') : style.good('✓')} ${verdict}`, ...wayOut].join('\n');
}

/** The check-up. */
export function doctorView(examinations: readonly ExaminationShown[], style: Style): string {
  const lines = examinations.flatMap((examination) => examinationView(examination, style));
  return [...lines, '', summary(examinations, style)].join('\n');
}
