// The tables of the comparison with other tools.
import type { PeerRow } from '../peers/findings.js';
import type { Results } from '../results.js';
import { origin } from './origin.js';
import { count, medianOrLimit, table } from './text.js';

function ratio({ mlc, peerTiming }: PeerRow): string {
  if ('limit' in mlc) return '';
  return 'limit' in peerTiming
    ? `< ${(mlc.median / peerTiming.limit).toFixed(3)}`
    : (mlc.median / peerTiming.median).toFixed(2);
}

/** What was measured beside other tools, and in what those tools do less or more. */
export function peersOf(part: Results['peers']): string[] {
  if (!part || part.rows.length === 0) return [];
  const versions = Object.entries(part.versions).map(([name, version]) => `${name} ${version}`);
  const lines = part.rows.map((row) => [
    row.job,
    count(row.records),
    `\`${row.mlcCommand}\``,
    medianOrLimit(row.mlc),
    `${row.peer}: \`${row.peerCommand}\``,
    medianOrLimit(row.peerTiming),
    row.inside ? medianOrLimit(row.inside) : '',
    ratio(row),
  ]);
  const differences = new Map(part.rows.map((row) => [`${row.job}, ${row.peer}`, row.difference]));
  const head = [
    ...['job', 'records', 'mlc', 'median', 'the other tool', 'median'],
    ...['without starting and loading', 'mlc / other'],
  ];
  return [
    '### Beside other tools',
    `${origin(part)} ${versions.join(', ')}.`,
    table(head, lines),
    'What the other tool does less or more:',
    [...differences].map(([job, difference]) => `- ${job}: ${difference}`).join('\n'),
  ];
}
