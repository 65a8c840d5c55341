// What judging a branch found, commit by commit.
import { type Problem, count } from '../lifecycle/problems.js';
import { escapeLine } from '../lifecycle/escape.js';
import { problemView } from './problems.js';
import type { Style } from './style.js';

interface Check {
  clean: boolean;
  commits: readonly {
    commit: string;
    subject: string;
    findings: readonly Problem[];
  }[];
  transitions: readonly unknown[];
  findings: readonly Problem[];
}

/** The answer of a check. */
export function checkView(check: Check, style: Style): string {
  const wrong = check.commits.filter(({ findings }) => findings.length > 0);
  const total = wrong.reduce((sum, { findings }) => sum + findings.length, check.findings.length);
  const judged = `${count(check.commits.length, 'commit')}, ${count(check.transitions.length, 'transition')}`;
  return [
    ...check.findings.map((found) => problemView(found, style)),
    ...wrong.flatMap(({ commit, subject, findings }) => [
      `${style.strong(`commit ${commit.slice(0, 10)}`)} ${escapeLine(subject)}`,
      ...findings.map((found) => problemView(found, style)),
    ]),
    check.clean
      ? `${style.good('✓')} ${judged}: the branch may be merged`
      : `${style.bad('✗')} ${count(total, 'problem')} in ${judged}: the branch must not be merged`,
  ].join('\n');
}
