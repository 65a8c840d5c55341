// The health of a registry in a terminal: most urgent first, readable when narrow, and lines of tabs for programs.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { healthView } from '../../src/views/health.js';
import { type Style, plainStyle } from '../../src/views/style.js';
import { anyHealthReport } from '../support/any-health.js';
import { emptyReport, sampleReport } from '../support/health.js';

const on = (width: number): Style => ({ ...plainStyle, width, interactive: true, columnsOf: stringWidth });
const calm = {
  models: 2,
  versions: 3,
  serving: 1,
  zombies: 0,
  firedTriggers: 0,
  overdue: 0,
  openIncidents: 0,
};

describe('on a terminal', () => {
  test('totals, then zombies, then fired triggers, then what is overdue', () => {
    const text = healthView(sampleReport(), on(100));
    const heads = [
      '✗ 4 zombies, 3 triggers fired, 6 overdue, 1 open incident',
      'Zombies',
      'Triggers fired',
      'Overdue',
    ];
    const places = heads.map((head) => text.indexOf(`\n${head}\n`));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('sixty columns hold everything but commands, which stay whole to be copied', () => {
    for (const line of healthView(sampleReport(), on(60)).split('\n'))
      if (!line.startsWith('    mlc ')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
  });

  test('a fired trigger shows the series in breach', () => {
    expect(healthView(sampleReport(), on(100))).toMatch(
      /^ {4}[▁▂▃▄▅▆▇█·]{16} {2}psi tenure_months 0\.\d+ > 0\.2$/mu,
    );
  });

  test('zombies with live traffic come first, then by kind and age', () => {
    const report = sampleReport();
    for (const { versions } of report.owners)
      for (const version of versions) if (version.model === 'churn') version.serving = [];
    const zombies = healthView(report, on(100)).split('Triggers fired')[0] ?? '';
    expect(zombies.match(/✗ \S+@\S+/g)).toEqual([
      '✗ credit-limits@2.4.0',
      '✗ support-summaries-1@3.3.0',
      '✗ churn-1@1.1.0',
      '✗ churn@1.0.0',
    ]);
  });

  test('of zombies of one kind the oldest comes first', () => {
    const report = sampleReport();
    const all = report.owners.flatMap(({ versions }) => versions.flatMap(({ zombies }) => zombies));
    for (const [index, zombie] of all.entries()) zombie.since = `2026-0${9 - index}-01`;
    expect(
      healthView(report, on(100))
        .match(/since \S+/g)
        ?.slice(0, 4),
      // The last is of another kind.
    ).toEqual(['since 2026-06-01', 'since 2026-08-01', 'since 2026-09-01', 'since 2026-07-01']);
  });

  test('a healthy registry says so', () => {
    expect(healthView({ ...emptyReport(), totals: calm }, on(80))).toBe(
      'model-registry  2026-10-01 to 2026-10-31\n2 models, 3 versions, 1 serving\n✓ no zombies, no trigger fired, nothing overdue',
    );
  });

  test('long lists are cut, and say by how much', () => {
    const text = healthView(
      sampleReport({ owners: 40, versionsPerOwner: 10, seriesPerVersion: 0, points: 0 }),
      on(80),
    );
    expect(text.match(/and \d+ more: mlc health --json/g)).toHaveLength(3);
    expect(text.split('\n').length).toBeLessThan(600);
  });
});

describe('off a terminal', () => {
  test('one line each: kind, address, owner, since, message, next', () => {
    const lines = healthView(sampleReport(), plainStyle).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[0]).toBe(
      'zombie/past-target\tchurn@1.0.0\tPayments ML <payments-ml@example.com>\t2026-07-01\tthe deprecation target passed 122 days ago, and it still takes 100 % of production\tmlc deprecate churn@1.0.0 --successor churn@1.1.0 -m REASON',
    );
    expect(lines.map((line) => line.split('\t')[0])).toContain('trigger/drift-threshold');
    expect(lines.at(-1)).toMatch(/^overdue\t/);
    expect(lines[2]).toMatch(/^zombie\/past-target\tsupport-summaries-1@3\.3\.0\t-\t/);
    expect(lines[4]).toMatch(/^trigger\/drift-threshold\t\S+\t[^\t]+\t-\t/);
  });

  test('nothing to say is nothing', () => {
    expect(healthView(emptyReport(), plainStyle)).toBe('');
  });

  test('any report: six values a line, and nothing that drives a terminal, on it or off it', () => {
    fc.assert(
      fc.property(anyHealthReport, (report) => {
        const lines = healthView(report, plainStyle);
        if (lines !== '') for (const line of lines.split('\n')) expect(line.split('\t')).toHaveLength(6);
        // eslint-disable-next-line no-control-regex
        const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
        expect(lines).not.toMatch(driving);
        expect(healthView(report, on(60))).not.toMatch(driving);
      }),
      { numRuns: 100 },
    );
  });
});
