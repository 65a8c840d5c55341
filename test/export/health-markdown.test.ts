// The health report as Markdown: it holds what the report holds, table by table, and no value is taken for Markdown or HTML.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { healthMarkdown } from '../../src/export/health-markdown.js';
import { anyHealthReport, attacks } from '../support/any-health.js';
import { emptyReport, reportWith, sampleReport, withTexts } from '../support/health.js';
import { seriesWith } from '../support/health-series.js';

/** The kinds of lines in order, and how many cells each row of a table has. */
function shape(markdown: string): string[] {
  return markdown.split('\n').map((line) => {
    if (line.startsWith('|')) return `row of ${line.split(' | ').length}`;
    return /^(?:#{1,3}|-) /.exec(line)?.[0] ?? (line === '' ? '' : 'text');
  });
}

/** What is left when our own Markdown and HTML are taken away: escaped text. */
function unmarked(markdown: string): string {
  return markdown
    .replace(/^\| --- (?:\| --- )*\|$/gm, '')
    .replace(/^(?:#{1,3}|-) /gm, '')
    .replace(/^\| | \|$| \| /gm, ' ')
    .replace(/<code>(.*?)<\/code>/g, '$1')
    .replace(/\*\*(.*?)\*\*/g, '$1')
    .replace(/&#\d+;/g, '');
}

describe('what it holds', () => {
  const markdown = healthMarkdown(sampleReport());

  test('a part for each owner, with versions, zombies, triggers, what is due, and signals', () => {
    expect(markdown.match(/^## .*/gm)).toEqual([
      '## Payments ML &#60;payments-ml@example.com&#62;',
      '## Customer Care Analytics',
      '## no owner',
    ]);
    const [, first = ''] = markdown.split(/^## /m);
    expect(first.match(/^### .*/gm)).toEqual(['### Zombies', '### Triggers', '### Due', '### Signals']);
  });

  test('the zombie with its next command', () => {
    expect(markdown).toContain(
      '- **churn@1.0.0** is past its target since 2026-07-01: the deprecation target passed 122 days ago, and it still takes 100 % of production. Next: <code>mlc deprecate churn@1.0.0 --successor churn@1.1.0 -m REASON</code>',
    );
  });

  test('a row for each series: the newest against its threshold, breaches, and the year', () => {
    const report = reportWith(seriesWith([0, 0.1, null, 0.31]));
    expect(healthMarkdown(report)).toContain(
      '| churn@1.0.0 | input-drift | psi tenure&#95;months | 0.31 &#62; 0.2 &#40;breached&#41; | 1 of 4 | ▁▃·█ |',
    );
  });

  test('the series that have no row are counted', () => {
    const report = reportWith(...Array.from({ length: 9 }, () => seriesWith([0.1])));
    expect(healthMarkdown(report)).toContain('And 3 more series, which the JSON report holds.');
  });

  test('a message that is a sentence does not end twice', () => {
    const report = sampleReport();
    for (const zombie of report.owners.flatMap(({ versions }) => versions.flatMap(({ zombies }) => zombies)))
      zombie.message += '.';
    expect(healthMarkdown(report)).not.toContain('..');
  });

  test('an empty report is totals alone', () => {
    expect(healthMarkdown(emptyReport())).toContain('No version is a zombie.');
    expect(healthMarkdown(emptyReport())).not.toContain('## ');
  });
});

describe('hostile values', () => {
  const small = sampleReport({ owners: 2, versionsPerOwner: 1, seriesPerVersion: 8, points: 5 });

  test.each(attacks)('%j in every text is text', (attack) => {
    const written = (added: string): string =>
      healthMarkdown(withTexts(small, (text) => `${added}${text}${added}`));
    expect(shape(written(attack))).toEqual(shape(written('x'.repeat(attack.length))));
  });

  test('any report at all: nothing that Markdown or HTML would read, but our own', () => {
    fc.assert(
      fc.property(anyHealthReport, (report) => {
        const markdown = healthMarkdown(report);
        expect(unmarked(markdown)).not.toMatch(/[\\`*_{}[\]<>()#!~&]/);
        // eslint-disable-next-line no-control-regex
        expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(markdown).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 100 },
    );
  });
});
