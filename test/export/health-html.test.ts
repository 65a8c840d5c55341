// The health report as HTML: one sound document that holds everything, and nothing of it can run, load or break out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { healthHtml } from '../../src/export/health-html.js';
import { anyHealthReport, attacks } from '../support/any-health.js';
import { emptyReport, reportWith, sampleReport, withTexts } from '../support/health.js';
import { seriesWith } from '../support/health-series.js';
import { type ReadHtml, readHtml } from '../support/html-reader.js';

const elementsWeWrite = new Set(
  'html head meta title style body header main section nav article h1 h2 h3 p div span strong small code a ul li dl dt dd figure figcaption details summary table thead tbody tr th td svg desc path text'.split(
    ' ',
  ),
);
const attributesWeWrite = new Set(
  'lang charset http-equiv content name id class href viewBox role d x y aria-label aria-labelledby aria-describedby aria-hidden'.split(
    ' ',
  ),
);

/** Holds a document to what we write at all, and answers what it holds. */
function sound(html: string): ReadHtml {
  const read = readHtml(html);
  const ids = new Set<string>();
  for (const { name, attributes } of read.elements) {
    expect(elementsWeWrite).toContain(name);
    for (const key of Object.keys(attributes)) expect(attributesWeWrite).toContain(key);
    const { id, href, class: kind } = attributes;
    if (id !== undefined) {
      expect(id).toMatch(/^(?:zombies|triggers|[ov]\d+|v\d+c\d+[td])$/);
      expect(ids).not.toContain(id);
      ids.add(id);
    }
    if (href !== undefined) expect(href).toMatch(/^#[ov]\d+$/);
    if (kind !== undefined) expect(kind).toMatch(/^[a-z]+(?: [a-z]+)?$/);
    for (const key of ['d', 'x', 'y'] as const) expect(attributes[key] ?? '').toMatch(/^[\d. MLHhvlz-]*$/);
  }
  for (const { attributes } of read.elements)
    for (const key of ['aria-labelledby', 'aria-describedby'] as const)
      if (attributes[key] !== undefined) expect(ids).toContain(attributes[key]);
  for (const { attributes } of read.elements)
    if (attributes.href !== undefined) expect(ids).toContain(attributes.href.slice(1));
  return read;
}

function charts({ elements }: ReadHtml): number {
  return elements.filter(({ name, attributes }) => name === 'svg' && attributes.role === 'img').length;
}

describe('what it holds', () => {
  test('every owner, version, zombie, trigger and next command', () => {
    const report = sampleReport();
    const texts = sound(healthHtml(report)).texts.join('');
    for (const { owner, versions, due } of report.owners) {
      expect(texts).toContain(owner);
      for (const one of [...versions.flatMap(({ zombies }) => zombies), ...due])
        expect(texts).toContain(one.next);
      for (const { model, version, triggers, series } of versions) {
        expect(texts).toContain(`${model}@${version}`);
        for (const { message } of triggers) expect(texts).toContain(message);
        for (const { name } of series) expect(texts).toContain(name);
      }
    }
  });

  test('zombies stand above owners', () => {
    const html = healthHtml(sampleReport());
    expect(html.indexOf('id="zombies"')).toBeGreaterThan(0);
    expect(html.indexOf('id="zombies"')).toBeLessThan(html.indexOf('id="o0"'));
  });

  test('an empty report says so', () => {
    expect(sound(healthHtml(emptyReport())).texts.join('')).toContain('No versions to report on.');
  });

  test('every chart has a name and a description with its numbers', () => {
    const html = healthHtml(reportWith(seriesWith([0.1, null, 0.31])));
    expect(html).toContain('<title id="v0c0t">psi tenure_months (input-drift) over time</title>');
    expect(sound(html).texts).toContain(
      '3 reports from 2026-10-17 to 2026-10-31; lowest 0.1, highest 0.31; latest 0.31 > 0.2; 1 breached; 1 unmeasured',
    );
  });

  test.each([
    ['one point', [0.1]],
    ['nothing measured', [null, null, null]],
    ['no report', []],
    ['a constant', [0.1, 0.1, 0.1]],
    ['numbers at the ends', [1e-300, 1e300, -1e300]],
    ['the largest numbers', [-Number.MAX_VALUE, Number.MAX_VALUE]],
    ['no numbers', [Number.NaN, Number.POSITIVE_INFINITY]],
  ])('%s is a chart', (_name, values) => {
    expect(charts(sound(healthHtml(reportWith(seriesWith(values)))))).toBe(1);
    expect(charts(sound(healthHtml(reportWith(seriesWith(values, null, null)))))).toBe(1);
  });
});

describe('which series are drawn', () => {
  test('six of each version and what ever breached; the rest is in a table, and the report says so', () => {
    const quiet = Array.from({ length: 9 }, () => seriesWith([0.1, 0.1]));
    const read = sound(healthHtml(reportWith(...quiet, seriesWith([0.3, 0.1]))));
    expect(charts(read)).toBe(7);
    expect(read.texts).toContain('3 more series');
    expect(read.texts.join('')).toContain('the first 6 of each version');
  });

  test('all of them, and nothing to say, where there are few', () => {
    const read = sound(healthHtml(reportWith(seriesWith([0.1]), seriesWith([0.2]))));
    expect(charts(read)).toBe(2);
    expect(read.texts.join('')).not.toContain('every other series');
  });

  test('a report of a thousand versions stays below four megabytes, and no breach is out of sight', () => {
    const report = sampleReport({ owners: 100, versionsPerOwner: 10, seriesPerVersion: 6, points: 52 });
    const html = healthHtml(report);
    expect(html.length).toBeLessThan(4_000_000);
    const breached = report.owners
      .flatMap(({ versions }) => versions.flatMap(({ series }) => series))
      .filter(({ points }) => points.some(({ verdict }) => verdict === 'breached'));
    const read = readHtml(html);
    expect(charts(read)).toBe(Math.min(600, breached.length));
    expect(read.texts.join('')).toContain(`the ${breached.length} that ever breached`);
  });

  test('where even breaches are too many, what breaches now comes first', () => {
    const past = Array.from({ length: 700 }, () => seriesWith([0.3, 0.3, 0.1]));
    const now = { ...seriesWith([0.1, 0.3]), name: 'breaches_now' };
    const read = sound(healthHtml(reportWith(...past, now)));
    expect(charts(read)).toBe(600);
    expect(read.texts.join('')).toContain('psi breaches_now (input-drift) over time');
  });
});

describe('hostile values', () => {
  const small = sampleReport({ owners: 2, versionsPerOwner: 1, seriesPerVersion: 8, points: 5 });

  test('the policy forbids everything but the style sheet, which loads nothing', () => {
    const html = healthHtml(sampleReport());
    const policies = readHtml(html).elements.filter(
      ({ attributes }) => attributes['http-equiv'] !== undefined,
    );
    expect(policies.map(({ attributes }) => attributes.content)).toEqual([
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    ]);
    // What a policy in the document does not cover has to come after it.
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(html).not.toMatch(/url\(|@import|https?:|src=/);
  });

  test.each(attacks)('%j in every text is text', (attack) => {
    const written = (added: string): ReadHtml =>
      sound(healthHtml(withTexts(small, (text) => `${added}${text}${added}`)));
    const names = ({ elements }: ReadHtml): string[] =>
      // A command has a span for each of its words.
      elements.map(({ name }) => name).filter((name) => name !== 'span');
    expect(names(written(attack))).toEqual(names(written('x'.repeat(attack.length))));
  });

  test('any report at all is a sound document without a number that is none', () => {
    fc.assert(
      fc.property(anyHealthReport, (report) => {
        const html = healthHtml(report);
        sound(html);
        // eslint-disable-next-line no-control-regex
        expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\p{Surrogate}/u);
      }),
      { numRuns: 60 },
    );
  });
});
