// An audit to read: what it proves, what was found, the sample, and the whole population.
import type { AuditExport, ExportedTransition } from '../lifecycle/audit/population.js';
import { addressOf } from '../lifecycle/commit-message.js';
import { count } from '../lifecycle/problems.js';
import { cell, table } from './markdown.js';

function changeOf({ from, to }: ExportedTransition): string {
  return from === to ? (to ?? '-') : `${from ?? 'new'} → ${to ?? '-'}`;
}

const titles = ['when', 'what', 'version', 'status', 'asked by', 'approved by', 'evidence', 'commit'];

function cells(transition: ExportedTransition): string[] {
  const { operation, environment, evidence } = transition;
  return [
    transition.at,
    environment === null ? operation : `${operation} in ${environment}`,
    addressOf(transition),
    changeOf(transition),
    transition.actor,
    transition.approved_by.join(', ') || '-',
    evidence.map((digest) => digest.slice(0, 12)).join(', ') || '-',
    transition.commit === '' ? '-' : transition.commit.slice(0, 12),
  ];
}

function details(transition: ExportedTransition, index: number): string {
  const { reviewer, review, reason, transaction, files, evidence } = transition;
  const lines = [
    `### ${index + 1}. ${transition.operation} of ${cell(addressOf(transition))}`,
    '',
    `- when: ${transition.at}`,
    `- asked by: ${cell(transition.actor)}${transition.signed ? ' (commit signed)' : ''}`,
    ...(reviewer === null ? [] : [`- reviewed by: ${cell(reviewer)} (${review})`]),
    `- approved by: ${cell(transition.approved_by.join(', ') || 'nobody')}`,
    `- status: ${changeOf(transition)}`,
    ...(reason === null ? [] : [`- reason: ${cell(reason)}`]),
    `- evidence: ${evidence.length > 0 ? evidence.join(', ') : 'none'}`,
    `- commit: ${transition.commit}; transaction: ${transaction ?? 'none'}`,
    ...files.map((file) => `- ${cell(file.path)}: sha256 ${file.sha256}`),
  ];
  return lines.join('\n');
}

/** The whole export as Markdown. */
export function auditMarkdown(audit: AuditExport): string {
  const { counts, findings, sample } = audit;
  return [
    `# Audit of ${cell(audit.registry)}`,
    '',
    table(
      ['', ''],
      [
        [
          'history',
          `${audit.from === null ? 'from the beginning' : `after ${audit.from}`} up to ${audit.head}`,
        ],
        ['made', audit.exported_at],
        ['transitions', `${counts.transitions} in ${count(counts.commits, 'commit')}`],
        ['squashed', String(counts.squashed)],
        ['written by hand', String(counts.hand_written)],
        ['reviews signed', `${counts.signed_reviews} of ${counts.reviews}`],
        ['commits signed', `${counts.signed_commits} of ${counts.transitions}`],
        ['digest of all transitions', audit.digest],
        ['level', audit.level],
      ],
    ),
    '',
    `This audit ${cell(audit.not_proven)}.`,
    '',
    '## Findings',
    '',
    findings.length === 0
      ? 'None: every change is a legal transition, or an edit that people may make.'
      : table(
          ['commit', 'file', 'code', 'what'],
          findings.map(({ commit, file, code, message }) => [
            commit.slice(0, 12),
            file ?? '-',
            code,
            message,
          ]),
        ),
    '',
    `## Sample: ${sample.transitions.length} of ${counts.transitions}, random seed ${sample.random_seed}`,
    '',
    ...sample.transitions.flatMap((transition, index) => [details(transition, index), '']),
    '## Population',
    '',
    table(titles, audit.transitions.map(cells)),
    '',
  ].join('\n');
}
