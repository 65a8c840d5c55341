// The health report as one HTML file that loads nothing and runs nothing: what is urgent, then everything by owner.
import { chosenSeries } from './charts/choose.js';
import { type Ids, contents, totals, urgent } from './health-html-overview.js';
import { healthStyle } from './health-style.js';
import { versionArticle } from './health-html-version.js';
import { type Markup, command, element, markup, nothing } from './html.js';
import { addressOf, ownerName } from '../lifecycle/health/reading.js';
import type { HealthDue, HealthOwner, HealthReport, HealthVersion } from '../lifecycle/health/report.js';

// Nothing may be fetched, run, sent or framed; the style sheet in the file is all that counts.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function dueTable(due: readonly HealthDue[]): Markup {
  if (due.length === 0) return nothing;
  const rows = due.map((item) =>
    element(
      'tr',
      {},
      element(
        'td',
        {},
        item.date ?? 'now',
        item.overdue ? element('small', { class: 'bad' }, '◆ overdue') : nothing,
      ),
      element('td', {}, element('strong', {}, addressOf(item)), ` ${item.what}`, command(item.next)),
    ),
  );
  return markup(
    element('h3', {}, 'Due'),
    element(
      'table',
      { class: 'due' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { class: 'day' }, 'Day'),
          element('th', {}, 'What, and the next command'),
        ),
      ),
      element('tbody', {}, rows),
    ),
  );
}

function key(said: string | undefined): Markup {
  const middle = 8;
  const sign = (kind: string, d: string, name: string): Markup =>
    element(
      'span',
      {},
      element('svg', { viewBox: '0 0 28 16', 'aria-hidden': 'true' }, element('path', { class: kind, d })),
      name,
    );
  return markup(
    element(
      'p',
      { class: 'key quiet' },
      sign('d', `M14 ${middle}h0`, 'measured'),
      sign('b', `M14 ${middle - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5z`, 'breached'),
      sign('t', `M0 ${middle}H28`, 'threshold'),
      sign('u', `M14 ${middle - 3}v7`, 'unmeasured'),
    ),
    said === undefined ? nothing : element('p', { class: 'quiet' }, said),
  );
}

function ownerSection(
  { owner, versions, due }: HealthOwner,
  id: string,
  article: (version: HealthVersion) => Markup,
): Markup {
  return element(
    'section',
    { id },
    element('h2', {}, ownerName(owner)),
    dueTable(due),
    versions.map(article),
  );
}

/** The whole report as HTML. Every text of the report is escaped, and the file's own policy forbids scripts and requests. */
export function healthHtml(report: HealthReport): string {
  const { drawn, said } = chosenSeries(report);
  const versions = report.owners.flatMap((owner) => owner.versions);
  const ids: Ids = new Map(versions.map((version, index) => [version, `v${index}`]));
  const title = `Model health of ${report.registry}, ${report.from} to ${report.to}`;
  const body = markup(
    element(
      'header',
      {},
      element('h1', {}, 'Model health'),
      element('p', {}, `${report.registry}, ${report.from} to ${report.to}`),
      element(
        'p',
        { class: 'quiet' },
        `Made ${report.generatedAt} from commit ${report.commit.slice(0, 12)}`,
      ),
    ),
    element(
      'main',
      {},
      totals(report),
      urgent(report, ids),
      report.owners.length === 0 ? element('p', {}, 'No versions to report on.') : contents(report),
      drawn.size === 0 ? nothing : key(said),
      report.owners.map((owner, index) =>
        ownerSection(owner, `o${index}`, (version) => versionArticle(version, ids.get(version) ?? '', drawn)),
      ),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${element('title', {}, title).html}
<style>${healthStyle}</style>
</head>
<body>
${body.html}
</body>
</html>
`;
}
